import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Monitors

@Suite("The courier, on his own thread")
struct CourierTests {
  private let store = MemoryStore()
  private let time = LiveTime()

  private static let quick: DeliveryPace = {
    var pace = DeliveryPace()
    pace.groupWait = 0.05
    pace.emergencyWait = 0.05
    pace.groupInterval = 0.2
    pace.floodInterval = 0.2
    pace.firstRetry = 0.2
    pace.longestRetry = 0.5
    return pace
  }()

  private func courier(_ owner: String = "one", send: Courier.Sender? = nil) -> Courier {
    let (store, host) = (store, Host.live())
    let deliverer = Deliverer(host: host, program: BuiltProgram.deliver)
    return Courier(
      host: host, owner: owner, pace: Self.quick, open: { store },
      send: send ?? { deliverer.send($0, by: $1) })
  }

  private static let nowhere = Deliveries.hook("http://127.0.0.1:1/")

  private func add(_ ids: [String], to channel: ChannelSettings = nowhere) {
    for id in ids { store.add(Deliveries.one(id, channel.key), at: time.now()) }
  }

  private func waits(_ seconds: Double = 20, until isSo: () -> Bool) -> Bool {
    let end = time.now().later(by: seconds * Patience.factor)
    while !isSo() {
      guard time.now() < end else { return false }
      time.wait(nanoseconds: 10_000_000)
    }
    return true
  }

  /// The ids that a receiver took, as one that de-duplicates would see them.
  private func ids(_ receiver: Receiver) throws -> [String] {
    try receiver.log.filter { $0["mode"]?.string == "ok" }.flatMap { entry in
      let body = try JSONReader.object(entry["body"]?.string ?? "")
      return body["alerts"]?.elements?.compactMap { $0["id"]?.string } ?? []
    }
  }

  @Test(
    "H1: while an endpoint hangs, resets or fails, ticks go on; then all arrives, once for each id",
    .enabled(if: Receiver.isAvailable), arguments: ["silent", "500", "reset"])
  func recovers(_ mode: String) throws {
    let receiver = try #require(Receiver(.http))
    receiver.behave(mode)
    let courier = courier()
    let channel = Deliveries.hook("http://127.0.0.1:\(receiver.port)/", timeout: 1)
    let all = (1...25).map { "\(mode)-\($0)" }
    add(Array(all.prefix(20)), to: channel)
    #expect(courier.begin([channel]))
    let machine = FakeMachine()
    let sampler = Sampler(host: machine.host, config: Config(), targets: [], inlineWorkers: true)
    var engine = Engine(source: sampler, host: machine.host, config: Config())
    var slowest = 0.0
    let end = time.now().later(by: getenv("PERFTOP_LONG") == nil ? 3 : 20)
    while time.now() < end {
      let begin = time.now()
      machine.time.advance(by: 1)
      _ = engine.tick(at: machine.time.now(), late: 0)
      courier.look()
      slowest = max(slowest, time.now().seconds(since: begin))
      time.wait(nanoseconds: 20_000_000)
    }
    // A tick that waited for the other side would take as long as that one's deadline.
    #expect(slowest < 0.8 * Patience.factor)
    #expect(store.sent == 0)
    receiver.behave("ok")
    add(Array(all.suffix(5)), to: channel)
    courier.look()
    #expect(waits { store.sent == 25 })
    #expect(try ids(receiver).sorted() == all.sorted())
    courier.stop()
  }

  @Test(
    "H1: a channel that hangs keeps no other one waiting", .enabled(if: Receiver.isAvailable))
  func apart() throws {
    let hanging = try #require(Receiver(.http))
    let well = try #require(Receiver(.http))
    hanging.behave("silent")
    let courier = courier()
    let channels = [
      Deliveries.hook("http://127.0.0.1:\(hanging.port)/", "hanging", timeout: 10),
      Deliveries.hook("http://127.0.0.1:\(well.port)/", "well"),
    ]
    add(["a"], to: channels[0])
    #expect(courier.begin(channels))
    add(["b"], to: channels[1])
    courier.look()
    #expect(waits(8) { store.sent == 1 })
    #expect(try ids(well) == ["b"])
    courier.stop()
  }

  @Test("H3: what was claimed by one who died is sent by the next, under the same id")
  func crash() {
    let dead = Mutex<[String]>([])
    let first = store.claimDeliveries(
      channels: [Self.nowhere.key], owner: "dead", lease: 0.3, at: time.now(), limit: 500)
    #expect(first == [])
    let all = (1...200).map { "d\($0)" }
    add(all)
    // The one who is about to die has claimed all, sent some, and never tells.
    let claimed = store.claimDeliveries(
      channels: [Self.nowhere.key], owner: "dead", lease: 0.3, at: time.now(), limit: 500)
    dead.withLock { $0 = claimed.prefix(50).map(\.id) }
    let heard = Mutex<[String]>([])
    let courier = courier("two") { batch, _ in
      heard.withLock { $0 += batch.deliveries.map(\.id) }
      return DeliveryAnswer(.sent, "ok")
    }
    #expect(courier.begin([Self.nowhere]))
    #expect(waits { store.sent == 200 })
    courier.stop()
    let taken = heard.withLock { $0 }
    #expect(taken.sorted() == all.sorted())
    #expect(Set(dead.withLock { $0 } + taken) == Set(all))
  }

  @Test("H3: a sender that is killed has not sent: the same goes out again")
  func killed() {
    let tries = Mutex(0)
    let courier = courier { _, _ in
      tries.withLock { $0 += 1 }
      return tries.withLock { $0 } < 3
        ? DeliveryAnswer(.later, "perftop-deliver killed by SIGKILL without an answer")
        : DeliveryAnswer(.sent, "ok")
    }
    add(["a"])
    #expect(courier.begin([Self.nowhere]))
    #expect(waits { store.sent == 1 })
    #expect(tries.withLock { $0 } == 3)
    courier.stop()
  }

  private static let slow: DeliveryPace = {
    var pace = DeliveryPace()
    pace.groupWait = 100
    return pace
  }()

  private func leaving(_ send: @escaping Courier.Sender) -> Courier {
    let store = store
    return Courier(host: .live(), owner: "one", pace: Self.slow, open: { store }, send: send)
  }

  @Test("who leaves sends first what waits for company, and what came in just now")
  func finishing() {
    let courier = leaving { _, _ in DeliveryAnswer(.sent, "ok") }
    add(["a"])
    #expect(courier.begin([Self.nowhere]))
    #expect(waits { courier.standings.isWaiting })
    add(["b"])
    #expect(courier.finish(within: 20))
    #expect(store.sent == 2)
  }

  @Test("who leaves waits no longer than he said, and gives back what was not tried")
  func giving() {
    let courier = leaving { [time] _, _ in
      time.wait(nanoseconds: 3_000_000_000)
      return DeliveryAnswer(.sent, "too late")
    }
    add(["a"])
    add(["b"], to: Deliveries.hook("http://127.0.0.1:1/", "elsewhere"))
    #expect(courier.begin([Self.nowhere]))
    #expect(waits { courier.standings.isWaiting })
    let begin = time.now()
    #expect(!courier.finish(within: 0.5))
    #expect(time.now().seconds(since: begin) < 2 * Patience.factor)
    #expect(store.sent == 0)
  }

  @Test("two couriers of one store send each message once")
  func two() {
    let heard = Mutex<[String]>([])
    let send: Courier.Sender = { batch, _ in
      heard.withLock { $0 += batch.deliveries.map(\.id) }
      return DeliveryAnswer(.sent, "ok")
    }
    let couriers = [courier("one", send: send), courier("two", send: send)]
    add((1...100).map { "d\($0)" })
    for courier in couriers { #expect(courier.begin([Self.nowhere])) }
    #expect(waits { store.sent == 100 })
    for courier in couriers { courier.stop() }
    #expect(heard.withLock { $0 }.count == 100)
  }

  @Test("how it goes is told whenever it changes")
  func standings() throws {
    let courier = courier { _, _ in DeliveryAnswer(.refused, "the server answered 410") }
    add(["a"])
    #expect(courier.begin([Self.nowhere]))
    var last: DeliveryStanding?
    #expect(
      waits {
        if let next = courier.standings.take() { last = next }
        return last?.channels.first?.givenUp == 1
      })
    #expect(last?.channels.first?.why == "the server answered 410")
    #expect(last?.channels.first?.failingSince != nil)
    courier.stop()
  }

  @Test(
    "the store's own bell is enough to wake him, and a store that can't be written is not besieged")
  func bell() {
    let (store, bell) = (store, Mailbox<Bool>())
    let opened = Mailbox<Bool>()
    let courier = Courier(
      host: .live(), owner: "one", pace: Self.quick, waiting: bell,
      open: {
        opened.offer(true)
        return store
      }, send: { _, _ in DeliveryAnswer(.sent, "ok") })
    #expect(courier.begin([Self.nowhere]))
    #expect(waits { opened.isWaiting })
    add(["a"])
    bell.offer(true)
    #expect(waits(8) { store.sent == 1 })
    store.freeze()
    add(["b"])
    courier.look()
    #expect(waits(5) { store.claims > 0 })
    let before = store.claims
    time.wait(nanoseconds: 1_000_000_000)
    #expect(store.claims - before <= 3)
    courier.stop()
  }
}
