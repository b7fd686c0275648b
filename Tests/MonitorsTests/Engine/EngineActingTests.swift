import TestSupport
import Testing

@testable import Monitors

@Suite("Orders go out by the engine, receipts come back by it")
struct EngineActingTests {
  private func engine(_ acting: Acting) throws -> Engine {
    acting.files.setClock(newest: 42)
    let held = try TargetFinder(host: acting.host).attach(Acting.pid, scratch: Scratch())
    let sampler = Sampler(
      host: acting.host, config: Config(), targets: [WatchedTarget(.pid(42), first: held)],
      inlineWorkers: true)
    var engine = Engine(source: sampler, host: acting.host, config: Config())
    engine.actions = ActionPort()
    _ = engine.tick(at: acting.time.now(), late: 0)
    return engine
  }

  private func receipt(_ outcome: Printable, order: UInt64 = 5) -> Receipt {
    var receipt = Receipt(at: Moment(nanoseconds: 1), who: "pi", outcome: outcome)
    receipt.order = order
    receipt.road = "link"
    return receipt
  }

  @Test("an order reaches the port with what is known of the target")
  func sends() throws {
    let acting = Acting()
    var engine = try engine(acting)
    let order = Order(id: 5, action: .collect, target: Acting.key)
    let snapshots = engine.perform(.act(order), by: "pi", at: acting.time.now())
    #expect(snapshots[0].receipts == [])
    guard case .act(let sent, let context)? = engine.actions?.requests.takeAll().first else {
      return #expect(Bool(false))
    }
    #expect(sent == order)
    #expect(context.who == "pi")
    _ = engine.perform(.survey(Acting.key), by: "pi", at: acting.time.now())
    #expect(engine.actions?.requests.takeAll().count == 1)
  }

  @Test("a receipt is shown, marked once, and the later one takes its place")
  func notes() throws {
    var engine = try engine(Acting())
    let first = engine.note([.receipt(receipt("collected: a"), Acting.key)])
    #expect(first[0].receipts.map(\.outcome) == ["collected: a"])
    #expect(first[0].marks.map(\.kind) == [.action])
    let second = engine.note([.receipt(receipt("collected: b"), Acting.key)])
    #expect(second[0].receipts.map(\.outcome) == ["collected: b"])
    #expect(second[0].marks.count == 1)
    var refusal = receipt("refused: c", order: 6)
    refusal.road = nil
    let third = engine.note([.receipt(refusal, Acting.key)])
    #expect(third[0].receipts.count == 2)
    #expect(third[0].marks.count == 1)
  }

  @Test("what could be evicted stays on the screen until it is asked again")
  func surveyed() throws {
    let acting = Acting()
    var engine = try engine(acting)
    let found = [Evictable(id: "pages", title: "pages", size: .fresh(Bytes(5)))]
    #expect(engine.note([.surveyed(Acting.key, found)])[0].evictables == found)
    acting.time.advance(by: 1)
    #expect(engine.tick(at: acting.time.now(), late: 0)[0].evictables == found)
    let other = ProcessKey(pid: 99, startTicks: 1)
    #expect(engine.note([.surveyed(other, [])])[0].evictables == found)
  }

  @Test("D17: more orders than there is room for are refused as busy, and nothing waits")
  func busy() throws {
    let acting = Acting()
    var engine = try engine(acting)
    for number in 0..<70 {
      let order = Order(id: UInt64(number + 1), action: .batch(1), target: Acting.key)
      _ = engine.perform(.act(order), by: "pi", at: acting.time.now())
    }
    let receipts = engine.note([])[0].receipts
    #expect(receipts.count == 6)
    #expect(receipts.allSatisfy { $0.outcome == "refused: busy: 64 orders wait already" })
  }

  @Test(
    "an order sent while the engine runs leads to a receipt in a snapshot, and the engine goes on")
  func whole() throws {
    let process = try #require(Reachable(["sh", "-c", "echo 1 >{}/ready; exec sleep 100"]))
    let host = process.host
    let (commands, snapshots) = (BoundedQueue<Command>(), Mailbox<[Snapshot]>())
    let port = TargetController.port(host: host)
    var config = Config()
    config.interval = 0.1
    let settled = config
    let held = try TargetFinder(host: host).attach(process.key.pid, scratch: Scratch())
    let isRunning = EngineThread.start(
      host: host, commands: commands, settings: Mailbox(), operator: "pi",
      offer: { snapshots.offer($0) },
      make: {
        let targets = [WatchedTarget(.pid(held.pid), first: held)]
        var engine = Engine(
          source: Sampler(host: host, config: settled, targets: targets), host: host,
          config: settled)
        engine.actions = port
        return engine
      })
    #expect(isRunning)
    let order = Order(id: 9, action: .nice(3), target: process.key)
    commands.offer(.act(order))
    commands.offer(.survey(process.key))
    let limit = host.time.now().later(by: 5 * Patience.factor)
    var last: Snapshot?
    while host.time.now() < limit, last?.receipts.isEmpty ?? true || last?.evictables == nil {
      host.time.wait(nanoseconds: 10_000_000)
      last = snapshots.take()?.first ?? last
    }
    #expect(last?.receipts.first?.outcome.text.hasPrefix("set: niceness ") == true)
    #expect(last?.receipts.first?.order == 9)
    #expect(last?.marks.contains { $0.kind == .action } == true)
    #expect(last?.evictables?.map(\.id) == ["pages", "cold", "group"])
    commands.offer(.interval(86400))
  }
}
