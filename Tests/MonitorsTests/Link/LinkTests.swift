import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("A linked program", .serialized)
struct LinkTests {
  private func wait(until isDone: () -> Bool) -> Bool {
    let end = ContinuousClock.now.advanced(by: .seconds(5 * Patience.factor))
    while ContinuousClock.now < end {
      if isDone() { return true }
      poll(nil, 0, 5)
    }
    return false
  }

  @Test("it greets with what it is")
  func greeting() throws {
    let test = try LinkedTest("collector")
    defer { test.link.stop() }
    #expect(test.link.problem == nil)
    let reply = try #require(try test.call().answer(#"{"op":"hello","protocol":1,"id":"x"}"#))
    #expect(reply["id"] == .text("x"))
    #expect(reply["name"] == .text("collector"))
    #expect(reply["pid"] == .integer(Int64(getpid())))
    #expect(reply["memory_limit_bytes"] == .integer(8_000_000_000))
    #expect(reply["offers"] == .list([.text("gc")]))
    #expect(reply["started"]?.whole != nil)
  }

  @Test("each viewer gets all that was recorded, once, whenever it asks")
  func sums() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let (early, late) = (try test.call(), try test.call())
    var sums: [UInt64] = [0, 0]
    for round in 0..<5 {
      for _ in 0..<10 {
        test.link.operation("work", kind: "health_check") { $0.items(3) }
        test.link.wrote("parquet", bytes: 100, seconds: 0.001)
      }
      struct Failure: Error {}
      try? test.link.operation("work") { _ throws(Failure) in throw Failure() }
      for (place, caller) in [early, late].enumerated() where place == 0 || round > 2 {
        let reply = LinkReply(try #require(caller.answer(#"{"op":"poll"}"#)))
        let told = try #require(reply.operations.first)
        sums[place] += told.count
        #expect(told.kind == "health_check")
        #expect(told.latencies.entries.reduce(0) { $0 + $1.count } == told.count)
        #expect(told.items == Double(told.count - told.errors) * 3)
        #expect(reply.writes.first?.bytes == (told.count - told.errors) * 100)
      }
    }
    #expect(sums == [55, 55])
    let rest = LinkReply(try #require(early.answer(#"{"op":"poll"}"#)))
    #expect(rest.operations.isEmpty && rest.writes.isEmpty)
  }

  @Test("what is under way is told, with its age, until it is over; an end counts once")
  func active() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let caller = try test.call()
    let operations = (0..<3).map { _ in test.link.begin("slow") }
    var told = LinkReply(try #require(caller.answer(#"{"op":"poll"}"#))).operations.first
    #expect(told?.active == 3 && told?.count == 0)
    #expect(told?.oldest.map { $0 >= 0 } == true)
    told = LinkReply(try #require(caller.answer(#"{"op":"poll"}"#))).operations.first
    #expect(told?.active == 3)
    for operation in operations { for _ in 0..<2 { operation.end() } }
    told = LinkReply(try #require(caller.answer(#"{"op":"poll"}"#))).operations.first
    #expect(told?.active == 0 && told?.count == 3)
  }

  @Test("batches are added up, and the newest are told one by one")
  func batches() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    for number in 1...300 {
      test.link.batch(
        size: number, seconds: 0.5, items: number, memory: Bytes(1000), isDone: number % 2 == 0)
    }
    let reply = try #require(try test.call().answer(#"{"op":"poll"}"#))
    #expect(reply["batches"]?["count"] == .integer(300))
    #expect(reply["batches"]?["failed"] == .integer(150))
    let recent = try #require(reply["batches"]?["recent"]?.elements)
    #expect(recent.count == 256)
    #expect(recent.first?["size"]?.real == 45 && recent.last?["size"]?.real == 300)
  }

  @Test("gauges, components, caches and pools are told as of now")
  func state() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    test.link.gauge("episodes", 11)
    test.link.gauge("episodes", 12)
    test.link.gauge("broken", .nan)
    test.link.component("lane_detector", priority: 1, fps: 28, latencyMilliseconds: 35, queue: 2)
    test.link.cache("frames", size: { 500 }, entries: { 5 }, hits: { (9, 1) }, evict: { 500 })
    test.link.pool("buffers", size: { 4096 }, entries: { 4 }, inUse: { 3 })
    let caller = try test.call()
    let reply = LinkReply(try #require(caller.answer(#"{"op":"poll"}"#)))
    #expect(reply.gauges == [GaugeSample(name: "episodes", value: 12)])
    #expect(reply.components.first?.latency == 0.035)
    #expect(reply.caches.map(\.isEvictable) == [true, false])
    #expect(reply.caches.map(\.inUse) == [nil, 3])
    #expect(reply.caches.first?.hits == 9)
    #expect(reply.offers == [.collect, .evict])
    #expect(LinkReply(try #require(caller.answer(#"{"op":"poll"}"#))).gauges.isEmpty)
  }

  @Test("actions are done, one after the other, and viewers are told of them")
  func actions() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let applied = Mailbox<LinkQuality>()
    test.link.cache("frames", size: { 500 }, evict: { 500 })
    test.link.quality(level: "high") { applied.offer($0) }
    #expect(test.link.batchSize(default: 10) == 10)
    let caller = try test.call()
    let order = { (members: String) in caller.answer("{\"op\":\"do\",\"id\":1,\(members)}") }
    #expect(order(#""action":"gc""#)?["ok"] == .bool(true))
    #expect(order(#""action":"evict","names":["frames"]"#)?["bytes"] == .integer(500))
    #expect(order(#""action":"evict","names":["x"]"#)?["error"] == .text("no cache of that name"))
    #expect(
      order(#""action":"quality","level":"low","settings":{"resolution_scale":0.5,"roi":true}"#)?[
        "ok"] == .bool(true))
    let quality = applied.take()
    #expect(quality?.level == "low" && quality?.resolutionScale == 0.5 && quality?.isManual == true)
    #expect(order(#""action":"quality","level":"best""#)?["error"] == .text("no such level"))
    #expect(order(#""action":"batch","size":32"#)?["ok"] == .bool(true))
    #expect(test.link.batchSize(default: 10) == 32)
    #expect(order(#""action":"batch","size":0"#)?["ok"] == .bool(false))
    #expect(order(#""action":"batch","size":null"#)?["ok"] == .bool(true))
    #expect(test.link.batchSize(default: 10) == 10)
    #expect(order(#""action":"format_disk""#)?["error"] == .text("unknown action"))
    let events = try #require(try test.call().answer(#"{"op":"poll","events":true}"#))["events"]
    #expect(
      events?.elements?.map { $0["action"]?.string } == [
        "gc", "evict", "quality", "batch", "batch",
      ])
  }

  @Test("D17: of waiting levels only the newest is done, and more than 64 orders are too many")
  func overtaken() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let gate = Mailbox<Bool>()
    let begun = Mailbox<Bool>()
    test.link.cache(
      "slow", size: { 0 },
      evict: {
        begun.offer(true)
        var wanted = [pollfd(fd: gate.descriptor, events: Int16(POLLIN), revents: 0)]
        LocalSocket.wait(&wanted, milliseconds: 5000)
        return 0
      })
    test.link.quality { _ in }
    let caller = try test.call()
    caller.ask(#"{"op":"do","id":0,"action":"evict"}"#)
    #expect(wait { begun.take() != nil })
    for number in 1...3 {
      caller.ask(#"{"op":"do","id":\#(number),"action":"quality","level":"low"}"#)
    }
    #expect(caller.reply()?["error"] == .text("overtaken"))
    #expect(caller.reply()?["error"] == .text("overtaken"))
    for _ in 0..<63 { caller.ask(#"{"op":"do","action":"gc"}"#) }
    caller.ask(#"{"op":"do","id":"more","action":"gc"}"#)
    let busy = caller.reply()
    #expect(busy?["error"] == .text("busy") && busy?["id"] == .text("more"))
    // A poll is answered while an action runs.
    #expect(caller.answer(#"{"op":"poll","id":5}"#)?["id"] == .integer(5))
    gate.offer(true)
    #expect(caller.reply()?["id"] == .integer(0))
    #expect(caller.reply()?["id"] == .integer(3))
  }

  @Test("who asked is told when an action begins, and again when it is done")
  func started() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let collected = Mailbox<Bool>()
    test.link.collector { collected.offer(true) }
    let caller = try test.call()
    caller.wantsStarts = true
    let begun = try #require(caller.answer(#"{"op":"do","id":"a-1","action":"gc"}"#))
    #expect(begun == .object([.init("id", .text("a-1")), .init("started", .bool(true))]))
    #expect(caller.reply()?["ok"] == .bool(true))
    #expect(collected.take() == true)
    let event = caller.answer(#"{"op":"poll","events":true}"#)?["events"]?.elements?.first
    #expect(event?["id"] == .text("a-1"), "by which who asked knows it again")
  }

  @Test("an action that does not end within 30 s is given up, and the next has its turn")
  func givenUp() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let (gate, time) = (Mailbox<Bool>(), FakeTime())
    test.link.collector {
      var wanted = [pollfd(fd: gate.descriptor, events: Int16(POLLIN), revents: 0)]
      LocalSocket.wait(&wanted, milliseconds: 5000)
    }
    #expect(test.link.batchSize(default: 3) == 3)
    var orders = LinkOrders(test.link, time: time)
    #expect(orders.add(try JSONReader.object(#"{"action":"gc"}"#), from: 1) == nil)
    #expect(orders.add(try JSONReader.object(#"{"action":"batch","size":9}"#), from: 2) == nil)
    orders.advance()
    #expect(orders.takeAnswers().map(\.viewer) == [1])
    time.advance(by: 29)
    #expect(orders.takeAnswers().isEmpty)
    time.advance(by: 1)
    #expect(orders.takeAnswers().first?.line["error"] == .text("not done within 30 s"))
    var ends: [UInt64] = []
    #expect(
      wait {
        ends += orders.takeAnswers().filter { $0.line["ok"]?.truth == true }.map(\.viewer)
        return ends == [2]
      })
    gate.offer(true)
    #expect(test.link.batchSize(default: 3) == 9)
  }

  @Test("a cache that is slow to tell its size keeps nobody waiting, and is told as last known")
  func slowCache() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let (gate, isSlow) = (Mailbox<Bool>(), ForkSafe(false))
    test.link.cache(
      "slow",
      size: {
        if isSlow.withLock({ $0 }) {
          var wanted = [pollfd(fd: gate.descriptor, events: Int16(POLLIN), revents: 0)]
          LocalSocket.wait(&wanted, milliseconds: 10_000)
        }
        return 500
      })
    let callers = [try test.call(), try test.call()]
    let ask = { (caller: Caller) in
      caller.answer(#"{"op":"poll"}"#)?["caches"]?.elements?.first
    }
    #expect(ask(callers[0])?["bytes"] == .integer(500))
    isSlow.withLock { $0 = true }
    let begun = ContinuousClock.now
    for _ in 0..<5 {
      for caller in callers { #expect(ask(caller)?["bytes"] == .integer(500)) }
    }
    #expect(begun.duration(to: .now) < .seconds(3 * Patience.factor))
    gate.offer(true)
  }

  @Test("D6: a name with control characters is a name with dots, and what it counts is counted")
  func controlCharacters() throws {
    let control = "a\u{0}b\u{1b}[2J"
    let test = try LinkedTest()
    defer { test.link.stop() }
    for _ in 0..<3 { test.link.operation(control) { _ in } }
    test.link.wrote(control, bytes: 5)
    test.link.cache(control, size: { 7 }, evict: { 7 })
    let caller = try test.call()
    let reply = LinkReply(try #require(caller.answer(#"{"op":"poll"}"#)))
    #expect(reply.operations.map(\.name) == ["a·b·[2J"] && reply.operations.first?.count == 3)
    #expect(reply.writes.map(\.format) == ["a·b·[2J"])
    #expect(reply.caches.map(\.name) == ["a·b·[2J"])
    #expect(
      caller.answer(#"{"op":"do","id":1,"action":"evict","names":["a·b·[2J"]}"#)?["bytes"]
        == .integer(7))
    #expect(LinkBook.cut(String(repeating: "é", count: 100)) == String(repeating: "é", count: 64))
  }

  @Test("D7: a million names are counted under 2000 and one, and no more memory is held")
  func names() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    for number in 0..<20_000 {
      test.link.wrote("f\(number)", bytes: 1)
      test.link.gauge("g\(number)", 1)
    }
    let caller = try test.call()
    var formats: Set<Printable> = []
    var bytes: UInt64 = 0
    var gauges = 0
    var overflow: UInt64 = 0
    while true {
      let reply = LinkReply(try #require(caller.answer(#"{"op":"poll"}"#)))
      formats.formUnion(reply.writes.map(\.format))
      bytes += reply.writes.reduce(0) { $0 + $1.bytes }
      gauges += reply.gauges.count
      overflow += reply.overflow
      if !reply.hasMore { break }
    }
    #expect(formats.count + gauges == 2001)
    #expect(formats.contains("…"))
    #expect(bytes == 20_000)
    #expect(overflow > 0)
  }

  @Test("a reply of more than 1 MiB comes in pieces that add up")
  func pieces() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let padding = String(repeating: "\"", count: 100)
    for number in 0..<1900 {
      for _ in 0..<2 { test.link.operation("\(padding)\(number)") { _ in } }
    }
    let caller = try test.call()
    var count: UInt64 = 0
    var pieces = 0
    while true {
      let line = try #require(caller.answer(#"{"op":"poll"}"#))
      #expect(line.text(indented: false).utf8.count < 1 << 20)
      let reply = LinkReply(line)
      count += reply.operations.reduce(0) { $0 + $1.count }
      pieces += 1
      if !reply.hasMore { break }
    }
    #expect(count == 3800)
    #expect(pieces > 1)
  }
}
