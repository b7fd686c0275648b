import TestSupport
import Testing

@testable import Monitors

@Suite("Judging memory")
struct MemoryMonitorTests {
  private func sample(
    _ second: Double, _ change: (inout Sample, inout TargetSample) -> Void = { _, _ in }
  )
    -> Sample
  {
    var sample = Sample(moment: Moment(nanoseconds: Int64(second * 1e9)), place: Int(second))
    var target = TargetSample(pid: 42, root: MemoryMonitorTests.process(42, anonymous: 100e6))
    change(&sample, &target)
    sample.target = .fresh(target)
    return sample
  }

  private static func process(_ pid: Int32, anonymous: Double, file: Double = 0) -> ProcessSample {
    var process = ProcessSample(pid: pid)
    process.startTicks = 5000
    process.anonymous = .fresh(Bytes(Int64(anonymous)))
    process.file = .fresh(Bytes(Int64(file)))
    process.shared = .fresh(.zero)
    process.swapped = .fresh(.zero)
    process.resident = .fresh(Bytes(Int64(anonymous + file)))
    return process
  }

  private func judged(
    _ seconds: Int, settings: MemoryConfig = MemoryConfig(),
    _ change: (Double, inout Sample, inout TargetSample) -> Void
  ) -> MemoryReading {
    var monitor = MemoryMonitor(settings)
    var reading = MemoryReading()
    for second in 0...seconds {
      reading = monitor.judge(sample(Double(second)) { change(Double(second), &$0, &$1) })
    }
    return reading
  }

  private func mappings(_ second: Double, _ owned: [(Printable, Double)]) -> MappingsSample {
    MappingsSample(
      at: Moment(nanoseconds: Int64((second / 10).rounded(.down) * 10e9)), cost: 0.001,
      mappings: owned.map { name, bytes in
        var mapping = Mapping(name: name)
        mapping.owned = Bytes(Int64(bytes))
        mapping.resident = mapping.owned
        return mapping
      })
  }

  @Test("2 MB a second in anonymous memory is told within 5 % after 40 s, with the mapping's name")
  func growing() throws {
    let reading = judged(40) { second, _, target in
      target.root = MemoryMonitorTests.process(42, anonymous: 100e6 + second * 2e6)
      let read = (second / 10).rounded(.down) * 10
      target.mappings = .fresh(
        mappings(second, [("[anonymous] 7f00", 50e6 + read * 2e6), ("[heap]", 9e6)]))
    }
    let growth = try #require(reading.growth.value?.value)
    #expect(abs(growth / 2e6 - 1) < 0.05)
    #expect(reading.growing.map(\.name) == ["[anonymous] 7f00"])
    #expect(reading.headline.text.contains("growing +120 MB/min in [anonymous] 7f00"))
    #expect(reading.severity == .info)
  }

  @Test("a process that maps a file and reads through it is not called growing")
  func fileReader() {
    let reading = judged(40) { second, _, target in
      target.root = MemoryMonitorTests.process(42, anonymous: 100e6, file: second * 50e6)
    }
    #expect(reading.growth == .fresh(BytesPerSecond(0)))
    #expect(reading.growing.isEmpty)
    #expect(reading.headline.text.contains("steady"))
    #expect(reading.severity == .ok)
  }

  @Test("many pieces of which each is new grow together as anonymous memory")
  func pieces() {
    let reading = judged(40) { second, _, target in
      let reads = Int(second / 10)
      target.mappings = .fresh(
        mappings(second, (0...reads).map { ("[anonymous] \(String($0))", 20e6) }))
    }
    #expect(reading.growing.map(\.name) == ["[anonymous]"])
    #expect(reading.growing.first?.growth == BytesPerSecond(2e6))
  }

  @Test("forked children that share their parent's memory are no growth")
  func forked() throws {
    let reading = judged(40) { second, _, target in
      guard second >= 30 else { return }
      target.children = (1...4).map { MemoryMonitorTests.process(42 + $0, anonymous: 100e6) }
      var read = mappings(30, [])
      read.shareOnce = 0.2
      target.mappings = .fresh(read)
    }
    #expect(reading.growth == .fresh(BytesPerSecond(0)))
    #expect(reading.owned == .fresh(Bytes(100_000_000)))
    #expect(reading.processes == 5)
  }

  @Test("growth in a child counts, and goes when the child does")
  func child() throws {
    let reading = judged(40) { second, _, target in
      target.children = [MemoryMonitorTests.process(43, anonymous: 50e6 + second * 1e6)]
    }
    #expect(abs((reading.growth.value?.value ?? 0) / 1e6 - 1) < 0.05)
  }

  @Test("the limit that leaves least room is the one that is shown")
  func limits() {
    let reading = judged(1) { _, sample, target in
      var group = CgroupSample()
      group.memoryLimit = Bytes(300_000_000)
      group.memoryUsed = .fresh(Bytes(290_000_000))
      group.workingSet = .fresh(Bytes(150_000_000))
      target.cgroup = .fresh(group)
      sample.system.memoryTotal = .fresh(Bytes(16_000_000_000))
      sample.system.memoryAvailable = .fresh(Bytes(9_000_000_000))
    }
    #expect(reading.limit == MemoryLimit(bytes: Bytes(300_000_000), origin: "cgroup"))
    #expect(reading.left == Bytes(150_000_000))
    #expect(reading.used == Ratio(0.5))
  }

  @Test("an address space limit counts against what is mapped")
  func addressSpace() {
    let reading = judged(1) { _, _, target in
      target.addressSpaceLimit = .fresh(Bytes(1_000_000_000))
      target.root.virtual = .fresh(Bytes(990_000_000))
    }
    #expect(reading.limit?.origin == "address space limit")
    #expect(reading.severity == .critical)
  }

  @Test("much used and steady is quiet, much used and growing warns, nearly all used is critical")
  func severities() {
    var settings = MemoryConfig()
    settings.maximum = Bytes(1_000_000_000)
    let steady = judged(20, settings: settings) { _, _, target in
      target.root = MemoryMonitorTests.process(42, anonymous: 850e6)
    }
    #expect(steady.severity == .ok)
    let growing = judged(20, settings: settings) { second, _, target in
      target.root = MemoryMonitorTests.process(42, anonymous: 850e6 + second * 1e5)
    }
    #expect(growing.severity == .warning)
    let full = judged(1, settings: settings) { _, _, target in
      target.root = MemoryMonitorTests.process(42, anonymous: 960e6)
    }
    #expect(full.severity == .critical)
  }

  @Test("another process, another generation and an exec begin the slope anew")
  func restart() {
    for change in [
      { (target: inout TargetSample) in target.generation = 2 },
      { (target: inout TargetSample) in target.execs = 1 },
      { (target: inout TargetSample) in target.root.startTicks = 9 },
    ] {
      let reading = judged(35) { second, _, target in
        target.root = MemoryMonitorTests.process(42, anonymous: second < 30 ? 500e6 : 10e6)
        if second >= 30 { change(&target) }
      }
      #expect(reading.growth == .missing(.notYet))
    }
  }

  @Test("kills are counted from when watching began")
  func kills() {
    let reading = judged(3) { second, _, target in
      var group = CgroupSample()
      group.oomKills = .fresh(second < 2 ? 7 : 8)
      target.cgroup = .fresh(group)
    }
    #expect(reading.oomKills == 1)
    #expect(reading.headline.text.contains("killed"))
  }

  @Test("without a target everything is missing, with the reason, and nothing is zero")
  func absent() {
    var monitor = MemoryMonitor(MemoryConfig())
    var empty = Sample(moment: Moment(nanoseconds: 1))
    empty.target = .missing(.gone)
    let reading = monitor.judge(empty)
    #expect(reading.owned == .missing(.gone))
    #expect(reading.severity == .stale)
    #expect(reading.history.total == 1)
    #expect(reading.history.last == nil)
  }

  @Test("C9: memory that may not be read is missing, not zero")
  func notPermitted() {
    let absence = Absence.notPermitted(needs: "root")
    let reading = judged(20) { _, _, target in
      target.root.anonymous = .missing(absence)
      target.pss = .missing(absence)
    }
    #expect(reading.owned == .missing(absence))
    #expect(reading.growth == .missing(absence))
    #expect(reading.proportional == .missing(absence))
  }
}
