import TestSupport
import Testing

@testable import Monitors

@Suite("Leaks of a program that is watched")
struct LeakWatchTests {
  private typealias Program = LeakProgram

  @Test(
    "20 MB a minute in one mapping, beside a cache that fills and a saw-tooth, is named in six minutes",
    arguments: [10.0, 15, 25])
  func demo(scan: Double) throws {
    let leaking: Printable = "[anonymous] 7fa9686f2000"
    var program = LeakProgram(mappings: [
      (leaking, { 5e6 + Program.perMinute(20)($0) }),
      (Program.heap, { 10e6 + Program.fill(80e6, tau: 60)($0) }),
      ("[anonymous] 7fa9e9e65000", { 4e6 + Program.saw(30e6, period: 25)($0) }),
    ])
    program.scan = scan
    let outcome = program.watched(minutes: 20)
    let alarm = try #require(outcome.alarm)
    #expect(alarm <= 360 && alarm >= 240, "\(alarm)")
    #expect(outcome.alarmPlace == leaking)
    #expect(outcome.places == [leaking])
    let leak = outcome.last.leak
    #expect(leak.place?.kind == .anonymous)
    #expect(abs((leak.slope?.value ?? 0) * 60 / 20e6 - 1) < 0.1)
    #expect(outcome.last.headline.text.hasPrefix("leaking 2"))
    #expect(outcome.last.headline.text.contains("in [anonymous] 7fa9686f2000 since "))
    #expect(outcome.last.headline.text.contains(", limit in "))
    #expect(leak.evidence.text.contains("rose by "))
  }

  @Test("its forecast goes by the leak alone, not by the cache that filled beside it")
  func forecastBesideCache() throws {
    let leaking: Printable = "[shared anonymous]"
    let program = LeakProgram(mappings: [
      (leaking, { 5e6 + Program.perMinute(20)($0) }),
      (Program.heap, { 10e6 + min(100e6, Program.perMinute(30)($0)) }),
      ("[anonymous] 7fa9e9e65000", { 4e6 + Program.saw(30e6, period: 25)($0) }),
    ])
    let alarm = try #require(program.watched(minutes: 20).alarm)
    let reading = try #require(program.watched(minutes: 20, keeping: [alarm]).readings[alarm])
    guard case .expected(let expected) = reading.exhaustion else {
      Issue.record("no forecast: \(reading.exhaustion)")
      return
    }
    let owned = try #require(reading.owned.value)
    let left = Double(program.limit.count - owned.count)
    let truth = left / (20e6 / 60)
    #expect((expected.low...expected.high).contains(truth), "\(expected) \(truth)")
  }

  @Test("a cache that fills up to its cap is never called a leak", arguments: [60.0, 150, 300])
  func cache(tau: Double) {
    let program = LeakProgram(mappings: [
      (Program.heap, { 20e6 + Program.fill(200e6, tau: tau)($0) }),
      (Program.arena, { 5e6 + Program.saw(2e6, period: 7)($0) }),
    ])
    let outcome = program.watched(minutes: 45)
    #expect(outcome.alarm == nil)
    #expect(outcome.last.leak.verdict == .none)
    #expect(outcome.last.exhaustion == .steady)
  }

  @Test("a cache that fills by the clock for eight minutes is none either")
  func evenCache() {
    let program = LeakProgram(mappings: [
      (Program.heap, { 20e6 + min(160e6, Program.perMinute(20)($0)) }),
      (Program.arena, { _ in 5e6 }),
    ])
    #expect(program.watched(minutes: 45).alarm == nil)
  }

  @Test("nor one in the heap beside mappings that have settled")
  func heapCache() {
    let program = LeakProgram(mappings: [
      (Program.heap, { 20e6 + min(160e6, Program.perMinute(20)($0)) }),
      (Program.arena, { 5e6 + Program.fill(20e6, tau: 20)($0) }),
    ])
    #expect(program.watched(minutes: 45).alarm == nil)
  }

  @Test(
    "nor one that an allocator moves elsewhere once it is full",
    arguments: [LeakProgram.heap, "[anonymous] 7f66"])
  func movedCache(destination: Printable) {
    let filled: (Double) -> Double = { min(150e6, Program.perMinute(30)($0)) }
    let moved: (Double) -> Double = { min(150e6, max(0, Program.perMinute(30)($0 - 300))) }
    let program = LeakProgram(mappings: [
      (destination, { 10e6 + moved($0) }),
      (Program.arena, { 5e6 + filled($0) - moved($0) }),
    ])
    let outcome = program.watched(minutes: 30)
    #expect(outcome.alarm == nil)
    #expect(outcome.last.leak.verdict == .none)
  }

  @Test("nor is a model that is loaded, at once or in parts")
  func model() {
    let program = LeakProgram(mappings: [
      (Program.heap, { _ in 30e6 }),
      (Program.arena, { $0 < 100 ? 0 : min(900e6, ($0 - 100) * 9e6) }),
      ("[anonymous] 7f55", { $0 < 400 ? 0 : 150e6 }),
    ])
    #expect(program.watched(minutes: 45).alarm == nil)
  }

  @Test("nor a JVM that saws, and touches more of its heap for a while")
  func jvm() {
    var program = LeakProgram(mappings: [
      (
        Program.arena,
        { 120e6 + Program.saw(90e6, period: 31)($0) + Program.fill(120e6, tau: 200)($0) }
      ),
      ("[anonymous] 7f77", { 40e6 + Program.fill(15e6, tau: 240)($0) }),
      ("[anonymous] 7f78", { 6e6 + Program.saw(5e6, period: 9)($0) }),
    ])
    program.runtime = "jvm"
    #expect(program.watched(minutes: 45).alarm == nil)
  }

  @Test("while one that leaks 1 MB a minute is called one, and its forecast keeps what it says")
  func slow() throws {
    var program = LeakProgram(mappings: [
      (Program.heap, { 40e6 + Program.perMinute(1)($0) + Program.saw(1e6, period: 17)($0) }),
      (Program.arena, { 10e6 + Program.fill(30e6, tau: 40)($0) }),
    ])
    program.noise = 50_000
    let outcome = program.watched(minutes: 45)
    let alarm = try #require(outcome.alarm)
    #expect(alarm < 25 * 60, "\(alarm)")
    #expect(outcome.places.isSubset(of: [Program.heap]))
    let expected = try #require(outcome.last.exhaustion.expected)
    let truth = (8e9 - 115e6) / (1e6 / 60)
    #expect(expected.low <= truth && truth <= expected.high)
    #expect(expected.limit == "memory.max_gb")
  }

  @Test("a leak of many small pieces is one of anonymous memory")
  func pieces() throws {
    var program = LeakProgram(mappings: [
      (Program.heap, { 30e6 + Program.saw(9e6, period: 21)($0) })
    ])
    for piece in 0..<40 {
      program.mappings.append(
        (
          "[anonymous] \(String(piece))",
          { max(0, min(10e6, Program.perMinute(20)($0) - 10e6 * Double(piece))) }
        ))
    }
    let outcome = program.watched(minutes: 18)
    #expect(outcome.alarm != nil)
    #expect(outcome.alarmPlace == "[anonymous]")
  }

  @Test("memory that caches hold by the program's own word is no leak")
  func cacheByName() {
    let filled = Program.perMinute(20)
    var program = LeakProgram(mappings: [(Program.heap, { 30e6 + filled($0) })])
    program.runtime = "node"
    program.link = { time in
      var link = LinkSample()
      var cache = CacheSample(name: "frames")
      cache.bytes = Bytes(Int64(filled(time)))
      link.caches = [cache]
      return link
    }
    #expect(program.watched(minutes: 14).alarm == nil)
  }

  @Test("what is left after collecting tells of a leak that the process's memory does not show")
  func heap() throws {
    var program = LeakProgram(mappings: [(Program.arena, { _ in 900e6 })])
    program.runtime = "jvm"
    program.uptime = 7200
    program.link = { time in
      var link = LinkSample()
      var heap = HeapSample()
      let collection = (time / 8).rounded(.down)
      heap.collections = .fresh(UInt64(collection))
      heap.usedAfterCollection = .fresh(Bytes(Int64(100e6 + Program.perMinute(20)(collection * 8))))
      link.heap = heap
      return link
    }
    let outcome = program.watched(minutes: 12)
    #expect(try #require(outcome.alarm) < 420)
    #expect(outcome.last.leak.evidence.text.contains("the heap"))
  }

  @Test("it is learning at first, then there is none; nothing is made up meanwhile")
  func learning() {
    let program = LeakProgram(mappings: [(Program.heap, { _ in 40e6 })])
    let early = program.watched(minutes: 2).last
    #expect(early.leak.verdict == .learning && early.exhaustion == .unknown)
    #expect(early.leak.slope == nil && early.leak.since == nil)
    #expect(early.leak.evidence == "not enough data: watched for 2 min 0 s")
    let later = program.watched(minutes: 8).last
    #expect(later.leak.verdict == .none && later.exhaustion == .steady)
  }

  @Test("a leak is suspected before it is one, with a doubt in its words")
  func suspected() throws {
    let program = LeakProgram(mappings: [(Program.heap, { 60e6 + Program.perMinute(20)($0) })])
    let outcome = program.watched(minutes: 7)
    #expect(outcome.alarm == nil)
    #expect(try #require(outcome.suspicion) < 400)
    #expect(outcome.last.leak.words.text.hasPrefix("may be leaking "))
    #expect(outcome.last.exhaustion.expected?.isSuspected == true)
    #expect(outcome.last.severity == .info)
  }

  @Test("descriptors and threads have verdicts of their own")
  func counts() throws {
    var program = LeakProgram(mappings: [(Program.heap, { _ in 40e6 })])
    program.descriptors = { 20 + ($0 / 10).rounded(.down) }
    program.threads = { 4 + ($0 / 20).rounded(.down) }
    let reading = program.watched(minutes: 25).last
    #expect(reading.descriptorLeak.verdict == .leak)
    #expect(abs(try #require(reading.descriptorLeak.perMinute) - 6) < 0.5)
    #expect(reading.threadLeak.verdict == .leak)
    #expect(reading.leak.verdict == .none)
    #expect(
      reading.threadLeak.words(of: "threads")?.text.hasPrefix("leaking threads: 3.0 more") == true)
  }

  @Test("a pool of threads that starts, and files that come and go, leak nothing")
  func steadyCounts() {
    var program = LeakProgram(mappings: [(Program.heap, { _ in 40e6 })])
    program.descriptors = { 20 + Program.saw(40, period: 60)($0).rounded() }
    program.threads = { min(32, 4 + ($0 / 10).rounded(.down)) }
    let reading = program.watched(minutes: 45).last
    #expect(reading.descriptorLeak.verdict == .none)
    #expect(reading.threadLeak.verdict == .none)
  }

  @Test("another process begins with a clean record")
  func restart() {
    var monitor = MemoryMonitor(MemoryConfig())
    var reading = MemoryReading()
    for second in 0..<2000 {
      var root = ProcessSample(pid: 42)
      root.startTicks = second < 1900 ? 1 : 2
      root.anonymous = .fresh(Bytes(Int64(50e6 + 0.5e6 * Double(second))))
      var sample = Sample(moment: Moment(nanoseconds: Int64(second) * 1_000_000_000))
      sample.target = .fresh(TargetSample(pid: 42, root: root))
      reading = monitor.judge(sample)
      if second == 1890 { #expect(reading.leak.verdict == .leak) }
    }
    #expect(reading.leak.verdict == .learning)
  }
}
