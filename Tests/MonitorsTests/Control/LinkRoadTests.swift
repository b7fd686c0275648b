import Synchronization
import TestSupport
import Testing

@testable import Monitors

@Suite("By the program's own link")
struct LinkRoadTests {
  private final class Program: Sendable {
    let said = Mutex<[[JSONValue.Field]]>([])
    let reply: @Sendable (JSONValue) -> JSONValue

    init(_ reply: @escaping @Sendable (JSONValue) -> JSONValue) { self.reply = reply }

    var exchange: LinkExchange {
      { _, members, _ in
        self.said.withLock { $0.append(members) }
        return self.reply(.object(members))
      }
    }

    var lastAction: JSONValue? {
      said.withLock { said in said.last { $0.first?.value == .text("do") } }.map { .object($0) }
    }
  }

  private static let offers: JSONValue = .list(
    ["gc", "evict", "quality", "batch"].map { .text($0) })

  private func program(_ done: JSONValue, heaps: [Int64] = [400, 40]) -> Program {
    let left = Mutex(heaps)
    return Program { request in
      guard request["op"] == .text("poll") else { return done }
      let used = left.withLock { $0.isEmpty ? 0 : $0.removeFirst() }
      return .object([
        .init("offers", Self.offers), .init("heap", .object([.init("used_bytes", .integer(used))])),
        .init("quality", .object([.init("level", .text("high"))])),
      ])
    }
  }

  private static let ok: JSONValue = .object([
    .init("ok", .bool(true)), .init("seconds", .number(0.06)),
  ])

  @Test("garbage is collected, and the heap told before and after")
  func collects() {
    let program = program(Self.ok, heaps: [404_000_000, 3_000_000])
    let outcome = Acting().perform(.collect, link: program.exchange)
    #expect(
      outcome.receipt.outcome
        == "collected: heap 404 MB → 3.0 MB, RSS 27 → 27 MB in 60 ms (link)")
    #expect(program.lastAction?["action"] == .text("gc"))
  }

  @Test("a cache is asked for where it is: in a child that is linked too")
  func cacheOfChild() {
    let child = ProcessKey(pid: 43, startTicks: 6000)
    let asked = Mutex<[(Int32, JSONValue)]>([])
    let exchange: LinkExchange = { key, members, _ in
      let request = JSONValue.object(members)
      guard request["op"] == .text("poll") else {
        asked.withLock { $0.append((key.pid, request)) }
        return .object([.init("ok", .bool(true)), .init("bytes", .integer(1_000_000))])
      }
      let cache: JSONValue = .object([.init("name", .text(key == child ? "frames" : "index"))])
      return .object([
        .init("offers", .list([.text("evict")])), .init("caches", .list([cache])),
      ])
    }
    var link = LinkSample()
    link.offers = [.evict]
    link.processes = [Acting.key, child]
    var context = ActionContext()
    context.link = link
    let one = Acting().perform(.evict(["cache:frames"]), context, link: exchange)
    #expect(one.receipt.outcome.text.hasPrefix("evicted: cache frames, 1.0 MB freed"))
    #expect(asked.withLock { $0.map(\.0) } == [43])
    let both = Acting().perform(.evict(["cache:frames", "cache:index"]), context, link: exchange)
    #expect(both.receipt.outcome.text.contains("2.0 MB freed"))
    let names = asked.withLock { $0.suffix(2).map { $0.1["names"] } }
    #expect(names == [.list([.text("index")]), .list([.text("frames")])])
  }

  @Test("a level is stepped from the one it runs at, with what the new one means")
  func quality() {
    let program = program(Self.ok)
    let outcome = Acting().perform(.quality(.down), link: program.exchange)
    #expect(outcome.receipt.outcome == "set: quality high → medium in 60 ms (link)")
    #expect(program.lastAction?["level"] == .text("medium"))
    #expect(program.lastAction?["mode"] == .text("manual"))
    #expect(program.lastAction?["settings"]?["resolution_scale"] == .number(0.7))
  }

  @Test("automatic means the level that the pressure calls for")
  func automatic() {
    let program = program(Self.ok)
    var context = ActionContext()
    context.suggested = .low
    let outcome = Acting().perform(.quality(.automatic), context, link: program.exchange)
    #expect(outcome.receipt.outcome == "set: quality high → low, automatic in 60 ms (link)")
    #expect(program.lastAction?["mode"] == .text("auto"))
  }

  @Test("at the end of the levels there is no further step")
  func end() {
    var context = ActionContext()
    context.quality.offered = [.high, .ultraHigh]
    let outcome = Acting().perform(.quality(.down), context, link: program(Self.ok).exchange)
    #expect(outcome.standing == .refused)
    #expect(outcome.receipt.outcome.text.contains("it runs at the lowest level already"))
  }

  @Test("a step is counted from where the program is now, not from what it said when it was polled")
  func step() {
    var context = ActionContext()
    context.level = .ultraHigh
    let outcome = Acting().perform(.quality(.down), context, link: program(Self.ok).exchange)
    #expect(outcome.receipt.outcome == "set: quality high → medium in 60 ms (link)")
  }

  @Test("what a level is taken from is where the program is now, automatic too")
  func automaticFromNow() {
    var polled = LinkSample()
    polled.offers = [.quality]
    polled.quality = LinkedQualitySample(level: "ultra_low", isManual: true)
    var context = ActionContext()
    context.link = polled
    context.suggested = .low
    let outcome = Acting().perform(
      .quality(.automatic), context, link: program(Self.ok).exchange)
    #expect(outcome.receipt.outcome == "set: quality high → low, automatic in 60 ms (link)")
  }

  @Test("a batch size and a cache are named as they were asked for")
  func others() {
    let program = program(Self.ok)
    #expect(
      Acting().perform(.batch(32), link: program.exchange).receipt.outcome
        == "applied: batch size 32 in 60 ms (link)")
    #expect(program.lastAction?["size"] == .integer(32))
    let evicted = Acting().perform(.evict(["cache:frames"]), link: program.exchange)
    #expect(evicted.receipt.outcome.text.hasPrefix("evicted: cache frames, heap "))
    #expect(program.lastAction?["names"] == .list([.text("frames")]))
  }

  @Test(
    "D17: what a program answers is shown clean and short, and is never a success unless it says so"
  )
  func hostile() {
    let long = String(repeating: "\u{1b}[2J\u{202e}x", count: 5000)
    for reply: JSONValue in [
      .object([.init("ok", .bool(false)), .init("error", .text(long))]), .null, .list([]),
      .object([.init("ok", .text("true"))]), .object([.init("ok", .integer(1))]),
    ] {
      let outcome = Acting().perform(.batch(3), link: program(reply).exchange)
      #expect(outcome.standing == .failed)
      #expect(outcome.receipt.outcome.text.count < 250)
      #expect(
        !outcome.receipt.outcome.text.unicodeScalars.contains {
          $0.value < 32 || $0.value == 0x202e
        })
    }
  }

  @Test("D17: numbers that no clock and no heap can have are left out")
  func numbers() {
    let reply: JSONValue = .object([
      .init("ok", .bool(true)), .init("seconds", .number(-.infinity)),
      .init("bytes", .number(1e300)),
    ])
    let outcome = Acting().perform(.evict(["a"]), link: program(reply, heaps: [-5, .min]).exchange)
    #expect(outcome.standing == .done)
    #expect(outcome.receipt.before?.heap == nil)
    #expect(outcome.receipt.seconds ?? -1 >= 0)
  }

  @Test("a change that pressure made says so, and why")
  func byItself() {
    var order = Order(
      id: Order.firstAutomatic, action: .quality(.level("medium")), target: Acting.key)
    order.isAutomatic = true
    order.reason = "temperature 88 %"
    let outcome = Acting().runner(program(Self.ok).exchange).perform(order, ActionContext())
    #expect(
      outcome.receipt.outcome == "quality high → medium by itself: temperature 88 % (link)")
  }

  @Test("a cache that can not be emptied names the road that failed")
  func signed() {
    let refusal: JSONValue = .object([
      .init("ok", .bool(false)), .init("error", .text("no cache of that name")),
    ])
    let outcome = Acting().perform(.evict(["frames"]), link: program(refusal).exchange)
    #expect(
      outcome.receipt.outcome == "failed: the program says: no cache of that name (link)")
  }

  @Test("what the program does not offer, and a link that is not there, lead to the next road")
  func next() {
    let silent = Program { _ in .object([]) }
    let refused = Acting().perform(.collect, link: silent.exchange)
    #expect(
      refused.receipt.outcome.text.contains("link: the program is linked but does not offer gc"))
    #expect(refused.receipt.outcome.text.contains("no gc: command under targets:"))
    let none = Acting().perform(.collect) { _, _, _ throws(LinkFailure) in
      throw .notLinked(LinkFailure.nothingThere)
    }
    #expect(none.receipt.outcome.text.hasPrefix("refused: not linked, no JVM, "))
    let broken = Acting().perform(.collect) { _, _, _ throws(LinkFailure) in throw .noAnswer }
    #expect(broken.standing == .failed)
    #expect(broken.receipt.outcome == "failed: no answer in time (link)")
  }
}
