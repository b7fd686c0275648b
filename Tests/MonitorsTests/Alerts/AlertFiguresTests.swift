import Testing

@testable import Monitors

@Suite("How much alerts ask of people") struct AlertFiguresTests {
  static let day: Int64 = 86_400
  static let now = moment(10 * day)

  static func moment(_ seconds: Int64) -> Moment {
    Moment(nanoseconds: seconds * 1_000_000_000, wall: seconds * 1_000_000_000)
  }

  static func event(
    _ kind: AlertTransition.Kind = .fired, _ rule: String = "a", ago: Int64, count: Int = 1
  ) -> AlertTransition {
    AlertTransition(kind, at: moment(10 * day - ago), alert: alert(rule, ago: ago, count: count))
  }

  static func alert(
    _ rule: String = "a", _ state: Alert.State = .firing, ago: Int64, count: Int = 1
  ) -> Alert {
    var alert = Alert(
      id: "\(rule)-1", rule: rule, severity: .warning, category: .system, state: state,
      since: moment(10 * day - ago), value: 1, threshold: 1, message: "x")
    alert.firedAt = moment(10 * day - ago)
    alert.count = count
    return alert
  }

  static func figures(_ events: [AlertTransition], _ active: [Alert] = []) -> AlertFigures {
    AlertFigures(events, active: active, now: now)
  }

  @Test("nothing is nothing")
  func none() {
    let figures = Self.figures([])
    #expect(figures.isBearable)
    #expect(figures.line == "no alerts in 24 h")
    #expect(figures.perHour == 0)
    #expect(figures.oldestWaiting == nil)
  }

  @Test("means are over what is known, at least an hour, at most a day")
  func means() {
    let hourly = (0..<24).map { Self.event(ago: Int64($0) * 3600 + 1) }
    let figures = Self.figures(hourly + [Self.event(ago: 2 * Self.day)])
    #expect(figures.total == 24)
    #expect(figures.perHour == 1)
    let quiet = Self.event(.resolved, ago: 23 * 3600)
    let late = Self.figures([quiet] + (0..<7).map { Self.event(ago: 600 - $0 * 60) })
    #expect(abs(late.perTenMinutes - 7 / (23.0 * 6)) < 1e-9)
    #expect(late.isBearable)
    let few = Self.figures([Self.event(ago: 60), Self.event(ago: 30)])
    #expect(few.perHour == 2)
    #expect(few.lately == 2)
    #expect(few.isBearable)
  }

  @Test("a flood is more than ten in ten minutes, and is counted while it lasts")
  func flood() {
    let ten = Self.figures((0..<10).map { Self.event(ago: 5000 - $0 * 60) })
    #expect(ten.peak.count == 10)
    #expect(ten.floodSeconds == 0)
    let twelve = Self.figures((0..<12).map { Self.event(ago: 50_000 - $0 * 50) })
    #expect(twelve.peak.count == 12)
    // From the eleventh on, until the second is ten minutes old.
    #expect(twelve.floodSeconds == 150)
    #expect(twelve.limits.first { $0.name == "peak_per_10_min" }?.isKept == false)
    #expect(!twelve.isBearable)
    #expect(twelve.line.text.contains("too many: most alerts in 10 min 12"))
  }

  @Test("who speaks most, once there are enough to say so")
  func offenders() {
    let one = Self.figures([Self.event(ago: 9)])
    #expect(one.offenders.map(\.rule) == ["a"])
    #expect(one.isBearable)
    var events = (0..<6).map { Self.event(ago: 1000 * $0 + 1) }
    events += (0..<6).map { Self.event(.fired, "b\($0)", ago: 1500 * $0 + 2) }
    let many = Self.figures(events)
    #expect(many.offenders.first == .init(rule: "a", count: 6, share: Ratio(0.5)))
    #expect(many.limits.first { $0.name == "top_rule_share" }?.isKept == false)
  }

  @Test("flapping is three within a minute, or an alert that was folded so often")
  func flapping() {
    let fast = [
      Self.event(ago: 100), Self.event(.reopened, ago: 70), Self.event(.reopened, ago: 41),
    ]
    #expect(Self.figures(fast).flapping == ["a"])
    #expect(Self.figures(fast).total == 1)
    let slow = [
      Self.event(ago: 200), Self.event(.reopened, ago: 70), Self.event(.reopened, ago: 41),
    ]
    #expect(Self.figures(slow).flapping == [])
    #expect(Self.figures([Self.event(.reopened, ago: 5, count: 3)]).flapping == ["a"])
  }

  @Test("what waits for a person, what stands for days, and what was put aside")
  func waiting() throws {
    let figures = Self.figures(
      [],
      [
        Self.alert("a", ago: 100), Self.alert("b", ago: 300), Self.alert("c", ago: 90_000),
        Self.alert("d", .acknowledged, ago: 200_000), Self.alert("e", .shelved, ago: 5),
        Self.alert("f", .pending, ago: 5),
      ])
    #expect(figures.waiting == [90_000, 300, 100])
    #expect(figures.medianWaiting == 300)
    #expect(figures.standing == ["c-1", "d-1"])
    #expect(figures.shelved == 1)
    #expect(
      figures.lines.contains { $0.text.hasPrefix("unacknowledged: 3, the oldest for 1 d 1 h") })
  }

  @Test("the document has every figure, and a verdict for every limit")
  func document() {
    let document = Self.figures([Self.event(ago: 5)]).document
    #expect(document["alerts"] == .integer(1))
    guard case .list(let limits)? = document["limits"] else {
      Issue.record("no limits")
      return
    }
    // Of a few alerts one rule can't have less than its share.
    #expect(limits.count == 5)
    #expect(limits.allSatisfy { $0["verdict"] == .text("ok") })
  }

  @Test("a wall clock that jumped back leaves no nonsense")
  func jumps() {
    let figures = Self.figures([Self.event(ago: -3600)], [Self.alert(ago: -3600)])
    #expect(figures.total == 1)
    #expect(figures.oldestWaiting == 0)
    #expect(figures.perHour.isFinite)
  }
}
