import TestSupport
import Testing

@testable import Monitors

/// An office with one channel, and a clock that is moved.
private struct Day {
  var office = DeliveryOffice()
  let time = FakeTime()
  var batches: [DeliveryBatch] = []
  var outcomes: [String: DeliveryOutcome] = [:]
  var answer = DeliveryAnswer(.sent, "ok")

  init(perHour: Int = 3600) {
    var channel = Deliveries.team
    channel.perHour = perHour
    _ = office.obey([channel])
  }

  mutating func take(
    _ id: String, _ severity: Severity = .warning, _ kind: AlertTransition.Kind = .fired,
    pid: Int32 = 1, attempts: Int = 0, failure: Printable? = nil
  ) {
    var alert = Deliveries.alert("\(id)-1", severity, pid: pid)
    alert.since = time.now()
    var delivery = Deliveries.one(id, Deliveries.team.key, kind, alert, attempts: attempts)
    delivery.lastFailure = failure
    office.take([delivery], at: time.now())
  }

  /// Seconds go by; what is sent is answered at once.
  mutating func run(_ seconds: Int) {
    for _ in 0..<seconds {
      time.advance(by: 1)
      let (next, put) = office.next(at: time.now())
      outcomes.merge(put) { $1 }
      for batch in next {
        batches.append(batch)
        outcomes.merge(office.settle(batch, answer, chance: 0.5, at: time.now())) { $1 }
      }
    }
  }

  var ids: [[String]] { batches.map { $0.deliveries.map(\.id) } }
}

@Suite("What goes out together, and when")
struct DeliveryOfficeTests {
  @Test("the first of a group waits five seconds for others, and they go as one")
  func groups() {
    var day = Day()
    day.take("a")
    day.run(3)
    day.take("b")
    day.take("other", pid: 2)
    day.run(1)
    #expect(day.ids == [])
    day.run(1)
    #expect(day.ids == [["a", "b"]])
    day.run(3)
    #expect(day.ids == [["a", "b"], ["other"]])
    #expect(day.outcomes["a"] == .sent && day.outcomes["other"] == .sent)
  }

  @Test("who leaves waits for no company, but keeps to the hour's share")
  func last() {
    var day = Day(perHour: 1)
    day.take("a")
    day.take("other", pid: 2)
    #expect(day.office.next(at: day.time.now()).batches.isEmpty)
    let (batches, _) = day.office.next(at: day.time.now(), isLast: true)
    #expect(batches.map { $0.deliveries.map(\.id) } == [["a", "other"]])
    #expect(day.office.isSending)
    _ = day.office.settle(batches[0], day.answer, chance: 0.5, at: day.time.now())
    #expect(!day.office.isSending)
    day.take("b")
    #expect(day.office.next(at: day.time.now(), isLast: true).batches.isEmpty)
  }

  @Test("a group speaks again after a minute, and at once where it gets worse")
  func interval() {
    var day = Day()
    day.take("a")
    day.run(6)
    day.take("b")
    day.run(20)
    #expect(day.batches.count == 1)
    day.take("worse", .critical)
    day.run(6)
    #expect(day.ids.last == ["b", "worse"])
    day.take("c", .critical)
    day.run(50)
    #expect(day.batches.count == 2)
    day.run(10)
    #expect(day.ids.last == ["c"])
  }

  @Test("a warning's wait never hides what is critical, nor an emergency")
  func urgent() {
    var day = Day()
    day.take("a")
    day.run(10)
    day.take("b", .emergency)
    day.run(2)
    #expect(day.ids.last == ["b"])
  }

  @Test("H3: more than ten new ones in ten minutes are a flood: one message with their number")
  func flood() {
    var day = Day()
    for number in 1...200 { day.take("a\(number)", pid: Int32(number)) }
    day.run(6)
    #expect(day.batches.count == 1)
    #expect(day.batches.first?.kind == .flood)
    #expect(day.batches.first?.deliveries.count == 200)
    let title = DeliveryText(batch: day.batches[0]).title
    #expect(title.text.hasPrefix("200 alerts (flood) on robot-7, worst WARNING: memory 83 %"))
    day.take("late", pid: 300)
    day.run(200)
    #expect(day.batches.count == 1)
    day.take("bad", .critical, pid: 301)
    day.run(6)
    #expect(day.ids.last == ["late", "bad"])
    #expect(day.outcomes.count == 202 && day.outcomes.values.allSatisfy { $0 == .sent })
  }

  @Test("once the hour's share is spent the rest goes as a digest, but for an emergency")
  func digest() {
    var day = Day(perHour: 2)
    day.take("a", pid: 1)
    day.run(6)
    day.take("b", pid: 2)
    day.run(6)
    day.take("c", pid: 3)
    day.take("d", pid: 4)
    day.run(6)
    #expect(day.batches.count == 2)
    guard case .retry(let moment, let why) = day.outcomes["c"] else {
      Issue.record("not put off: \(String(describing: day.outcomes["c"]))")
      return
    }
    #expect(why.text.contains("share"))
    let wait = moment.seconds(since: day.time.now())
    #expect(wait > 3500 && wait < 3600)
    day.take("e", .emergency, pid: 5)
    day.run(60)
    #expect(day.ids.last == ["e"])
    day.time.advance(by: wait)
    day.take("c", pid: 3, attempts: 1, failure: why)
    day.take("d", pid: 4, attempts: 1, failure: why)
    day.run(1)
    #expect(day.ids.last == ["c", "d"])
    #expect(day.batches.last?.kind == .digest)
  }

  @Test("what fails is tried again later and later, spread by chance, and given up after a day")
  func retries() {
    let pace = DeliveryPace()
    #expect(
      (1...10).map { pace.retry(after: $0, chance: 0.5) }
        == [10, 20, 40, 80, 160, 320, 640, 1280, 1800, 1800])
    #expect(pace.retry(after: 3, chance: 0) == 30 && pace.retry(after: 3, chance: 1) == 50)
    #expect(pace.retry(after: .max, chance: .nan).isFinite)
    var day = Day()
    day.answer = DeliveryAnswer(.later, "refused")
    day.take("a")
    day.run(6)
    guard case .retry(let moment, "refused") = day.outcomes["a"] else {
      Issue.record("not tried again")
      return
    }
    #expect(abs(moment.seconds(since: day.time.now()) - 9) < 2)
    #expect(day.office.open(at: day.time.now()) == [])
    #expect(day.office.open(at: moment) == [Deliveries.team.key])
    day.take("b")
    day.time.advance(by: 90000)
    day.run(6)
    #expect(day.outcomes["b"] == .givenUp(why: "refused"))
  }

  @Test("what the server asks to wait is waited, within reason")
  func asked() {
    var day = Day()
    day.answer = DeliveryAnswer(.later, "busy", wait: 300)
    day.take("a")
    day.run(6)
    #expect(day.office.open(at: day.time.now().later(by: 290)) == [])
    #expect(day.office.open(at: day.time.now().later(by: 301)) == [Deliveries.team.key])
  }

  @Test("what is never taken is given up, and the next may still be")
  func refused() {
    var day = Day()
    day.answer = DeliveryAnswer(.refused, "the server answered 404")
    day.take("a")
    day.run(6)
    #expect(day.outcomes["a"] == .givenUp(why: "the server answered 404"))
    #expect(day.office.standing([:]).channels.first?.isFailing == true)
    day.answer = DeliveryAnswer(.sent, "ok")
    day.take("b", .critical)
    day.run(6)
    #expect(day.outcomes["b"] == .sent)
    #expect(day.office.standing([:]).channels.first?.isFailing == false)
  }

  @Test(
    "while one is on its way nothing else goes by that channel, and a failure gives the rest back")
  func oneByOne() {
    var day = Day()
    day.take("a", pid: 1)
    day.time.advance(by: 6)
    let (first, _) = day.office.next(at: day.time.now())
    day.take("b", pid: 2)
    day.time.advance(by: 6)
    #expect(day.office.next(at: day.time.now()).batches == [])
    let outcomes = day.office.settle(
      first[0], DeliveryAnswer(.later, "no"), chance: 0, at: day.time.now())
    #expect(outcomes["b"] == .released)
  }

  @Test("a channel that is gone gives back what it held; one that changed begins anew")
  func changed() {
    var day = Day()
    day.take("a")
    #expect(day.office.obey([]) == ["a"])
    #expect(day.office.open(at: day.time.now()) == [])
  }

  @Test("a batch is known by its messages: the same for the same ones, another for others")
  func identity() {
    let (a, b, c) = (Deliveries.one("a"), Deliveries.one("b"), Deliveries.one("c"))
    #expect(Deliveries.batch(a).id == "a")
    #expect(Deliveries.batch(a, b).id == Deliveries.batch(a, b).id)
    #expect(Deliveries.batch(a, b).id != Deliveries.batch(a, c).id)
    #expect(Deliveries.batch(a, b).id.hasPrefix("a+1."))
  }

  @Test("how it goes is one line, what fails first")
  func standing() {
    var tally = DeliveryTally()
    tally.sent = 3
    var failing = DeliveryTally()
    failing.pending = 2
    failing.lastFailure = "the server answered 503"
    let channels = [
      ChannelSettings(name: "log", means: .command(["/bin/true"])),
      ChannelSettings(name: "cry", means: .command(["/bin/true"])),
    ]
    let well = DeliveryStanding([channels[0]], tallies: [channels[0].key: tally])
    #expect(well.line == "log: 3 sent")
    let ill = DeliveryStanding(channels, tallies: [channels[0].key: tally, channels[1].key: failing])
    #expect(ill.line == "cry: 0 sent, 2 waiting; failing: the server answered 503")
    #expect(DeliveryStanding([], tallies: [:]).line == "")
    let hook = Deliveries.hook("https://example.org")
    #expect(
      Deliverer.lack(of: [hook], program: nil)
        == "mail and webhooks need perftop-deliver beside perftop")
    #expect(Deliverer.lack(of: channels, program: nil) == nil)
  }
}
