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
    pid: Int32 = 1, attempts: Int = 0, isPutOff: Bool = false, since: Moment? = nil
  ) {
    var alert = Deliveries.alert("\(id)-1", severity, pid: pid)
    alert.since = since ?? time.now()
    var delivery = Deliveries.one(id, Deliveries.team.key, kind, alert, attempts: attempts)
    delivery.isPutOff = isPutOff
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
    guard case .putOff(let moment) = day.outcomes["c"] else {
      Issue.record("not put off: \(String(describing: day.outcomes["c"]))")
      return
    }
    let wait = moment.seconds(since: day.time.now())
    #expect(wait > 3500 && wait < 3600)
    day.take("e", .emergency, pid: 5)
    day.run(1)
    #expect(day.ids.last == ["e"])
    // One after another, they go no faster than those of a group.
    day.take("f", .emergency, pid: 6)
    day.run(50)
    #expect(day.ids.last == ["e"])
    day.run(10)
    #expect(day.ids.last == ["f"])
    day.time.advance(by: wait)
    day.take("c", pid: 3, isPutOff: true)
    day.take("d", pid: 4, isPutOff: true)
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
    let begin = day.time.now()
    day.time.advance(by: 90000)
    day.take("b", since: begin)
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

  @Test("H3: two who share a list send each message of a flood once, however long it is held")
  func leases() throws {
    let test = try JournalCase()
    let journals = [try test.journal("one"), try test.journal("two")]
    var offices = [DeliveryOffice(), DeliveryOffice()]
    for side in 0...1 { _ = offices[side].obey([Deliveries.team]) }
    let fire = { (names: [String]) in
      _ = try journals[0].record(names.map { test.fired($0) }) { _ in [Deliveries.team.key] }
    }
    try fire((1...12).map { "a\($0)" })
    var sent: [String] = []
    for second in 0..<400 {
      test.time.advance(by: 1)
      if second == 20 { try fire((1...5).map { "late\($0)" }) }
      for side in 0...1 {
        let owner = "office \(side)"
        let open = offices[side].open(at: test.now)
        let claimed = journals[side].claimDeliveries(
          channels: open, owner: owner, lease: offices[side].lease, at: test.now, limit: 200)
        offices[side].take(claimed, at: test.now)
        let (batches, put) = offices[side].next(at: test.now)
        journals[side].settleDeliveries(put, by: owner, at: test.now)
        for batch in batches {
          sent += batch.deliveries.map(\.id)
          let outcomes = offices[side].settle(
            batch, DeliveryAnswer(.sent, "ok"), chance: 0.5, at: test.now)
          journals[side].settleDeliveries(outcomes, by: owner, at: test.now)
        }
      }
    }
    #expect(sent.count == 17 && Set(sent).count == 17)
  }

  @Test("H3: what was held longer than it was claimed for is let go of, and not sent")
  func stopped() {
    var day = Day()
    day.take("a")
    // As after a SIGSTOP.
    day.time.advance(by: day.office.lease)
    day.run(6)
    #expect(day.ids == [] && day.outcomes == [:])
    day.take("a")
    day.run(6)
    #expect(day.ids == [["a"]])
  }

  @Test("what is claimed again while it is held or on its way is sent once")
  func claimedAgain() {
    var day = Day()
    day.take("a")
    day.run(2)
    day.take("a")
    day.time.advance(by: 6)
    let (first, _) = day.office.next(at: day.time.now())
    #expect(first.map { $0.deliveries.map(\.id) } == [["a"]])
    day.take("a")
    _ = day.office.settle(first[0], day.answer, chance: 0.5, at: day.time.now())
    day.run(10)
    #expect(day.ids == [])
  }

  @Test("who did not get a mail that others got is tried again alone, and keeps nobody waiting")
  func partly() {
    var day = Day()
    day.answer = DeliveryAnswer(.later, "450 try again")
    day.answer.isPartly = true
    day.answer.recipients = ["late@example.org"]
    day.take("a")
    day.run(6)
    guard case .retry(let moment, "450 try again") = day.outcomes["a"] else {
      Issue.record("not tried again: \(day.outcomes)")
      return
    }
    #expect(day.office.standing([:]).channels.first?.isFailing == true)
    day.answer = DeliveryAnswer(.sent, "ok")
    day.take("b", .critical, pid: 2)
    day.run(5)
    #expect(day.ids.last == ["b"] && day.batches.last?.recipients == nil)
    day.time.advance(by: max(0, moment.seconds(since: day.time.now())))
    day.take("a", attempts: 1)
    day.take("c", pid: 3, attempts: 1)
    day.run(2)
    #expect(day.ids.suffix(2) == [["a"], ["c"]])
    #expect(day.batches.suffix(2).map(\.recipients) == [["late@example.org"], nil])
    #expect(day.outcomes["a"] == .sent)
  }

  @Test("whom a server refused for ever is told of, though the mail was sent")
  func refusedRecipient() {
    var day = Day()
    day.answer.isPartly = true
    day.answer.words = "the server took it, but not for everybody: 550 no such user"
    day.take("a")
    day.run(6)
    #expect(day.outcomes["a"] == .sent)
    let standing = day.office.standing([:])
    #expect(standing.line.text.hasSuffix("not for everybody: 550 no such user"))
    day.answer = DeliveryAnswer(.sent, "ok")
    day.take("b", .critical)
    day.run(6)
    #expect(day.office.standing([:]).line == "team: 0 sent")
  }

  private static let lines: [(line: Printable, verdict: DeliveryAnswer.Verdict, left: [String])] = [
    ("partly 0 1,0,7 450 later", .later, ["b", "a"]), ("partly 0 - 550 never", .sent, []),
    ("partly 0 9", .sent, []), ("later 30 the server answered 503", .later, []),
  ]

  @Test("an answer names those who may get it another time by their places")
  func answers() {
    for (line, verdict, left) in Self.lines {
      let answer = DeliveryAnswer(line: line, to: ["a", "b"])
      #expect(answer?.verdict == verdict && answer?.recipients == left, "\(line)")
    }
    #expect(DeliveryAnswer(line: "partly 0 1,0 450 later", to: ["a", "b"])?.words == "450 later")
    #expect(DeliveryAnswer(line: "partly") == nil)
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
    let ill = DeliveryStanding(
      channels, tallies: [channels[0].key: tally, channels[1].key: failing])
    #expect(ill.line == "cry: 0 sent, 2 waiting; failing: the server answered 503")
    #expect(DeliveryStanding([], tallies: [:]).line == "")
    let hook = Deliveries.hook("https://example.org")
    #expect(
      Deliverer.lack(of: [hook], program: nil)
        == "mail and webhooks need perftop-deliver beside perftop")
    #expect(Deliverer.lack(of: channels, program: nil) == nil)
  }
}
