/// How much alerts ask of people: what came in the last day, held against what people bear.
///
/// Times are those of the wall clock, for a day may be longer than a boot.
public struct AlertFigures: Sendable, Equatable {
  /// A rule that speaks much.
  public struct Offender: Sendable, Equatable {
    /// The rule.
    public var rule: String
    /// How many alerts it raised.
    public var count: Int
    /// Its share of all.
    public var share: Ratio
  }

  /// One figure against what is held to be bearable.
  public struct Limit: Sendable, Equatable {
    /// What is counted: `average_per_10_min`.
    public var name: String
    /// The figure.
    public var value: Double
    /// The most it should be.
    public var most: Double
    /// Whether it is no more than that.
    public var isKept: Bool { value <= most }
  }

  /// The seconds in which alerts are counted as coming at once.
  public static let window = 600.0
  /// The seconds that they look back.
  public static let day = 86_400.0
  private static let hour = 3600.0
  /// Activations of one alert within a minute that make it chatter.
  static let chattering = 3
  private static let mostOffenders = 10

  /// Seconds that the figures are about: a day, or less where less is known.
  public private(set) var span = AlertFigures.day
  /// Alerts that began to fire.
  public private(set) var total = 0
  /// Those of the last ten minutes.
  public private(set) var lately = 0
  /// The most within any ten minutes, and when these ended.
  public private(set) var peak: (count: Int, at: Int64?) {
    get { (peakCount, peakAt) }
    set { (peakCount, peakAt) = newValue }
  }
  private var peakCount = 0
  private var peakAt: Int64?
  /// Seconds of the day in which there were more than ten in ten minutes.
  public private(set) var floodSeconds = 0.0
  /// How long those that nobody accepted have been firing, longest first, in seconds.
  public private(set) var waiting: [Double] = []
  /// The rules that spoke most.
  public private(set) var offenders: [Offender] = []
  /// Alerts that came and went three times within a minute, or were folded that often.
  public private(set) var flapping: [String] = []
  /// Alerts that have been firing for more than a day.
  public private(set) var standing: [String] = []
  /// How many are put aside.
  public private(set) var shelved = 0

  /// Counts what happened in the last day, and how the alerts that are active stand.
  public init(_ events: [AlertTransition], active: [Alert], now: Moment, since: Moment? = nil) {
    let recent = events.filter { now.wall &- $0.at.wall < Int64(AlertFigures.day * 1e9) }
    let fired = recent.filter { $0.kind == .fired }.map(\.at.wall).sorted()
    let first = min(since?.wall ?? .max, events.map(\.at.wall).min() ?? .max)
    let known = first == .max ? AlertFigures.day : Double(now.wall &- first) / 1e9
    span = min(AlertFigures.day, max(AlertFigures.hour, known))
    total = fired.count
    lately = fired.count { now.wall &- $0 < Int64(AlertFigures.window * 1e9) }
    measure(fired)
    blame(recent.filter { $0.kind == .fired })
    flapping = AlertFigures.flapping(recent)
    stand(active, at: now)
  }

  /// Slides ten minutes over the day.
  private mutating func measure(_ fired: [Int64]) {
    let window = Int64(AlertFigures.window * 1e9)
    var first = 0
    var floodedUntil = Int64.min
    for (place, time) in fired.enumerated() {
      while time &- fired[first] >= window { first += 1 }
      let count = place - first + 1
      if count > peak.count { peak = (count, time) }
      guard count > AlertFigures.mostAtOnce else { continue }
      // A flood lasts until so many are ten minutes old that ten are left.
      let end = fired[place - AlertFigures.mostAtOnce] &+ window
      floodSeconds += Double(max(0, end &- max(time, floodedUntil))) / 1e9
      floodedUntil = max(floodedUntil, end)
    }
  }

  private mutating func blame(_ fired: [AlertTransition]) {
    let counts = Dictionary(fired.map { ($0.alert.rule, 1) }, uniquingKeysWith: +)
    let sorted = counts.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
    offenders = sorted.prefix(AlertFigures.mostOffenders).map {
      Offender(
        rule: $0.key, count: $0.value, share: Ratio(Double($0.value) / Double(max(1, total))))
    }
  }

  private static func flapping(_ events: [AlertTransition]) -> [String] {
    var times: [AlertKey: [Int64]] = [:]
    var found: Set<String> = []
    for event in events where event.kind == .fired || event.kind == .reopened {
      if event.alert.count >= chattering { found.insert(event.alert.rule) }
      times[event.alert.key, default: []].append(event.at.wall)
    }
    for (key, unsorted) in times where unsorted.count >= chattering {
      let sorted = unsorted.sorted()
      let isFast = zip(sorted, sorted.dropFirst(chattering - 1)).contains { $1 &- $0 <= minute }
      if isFast { found.insert(key.rule) }
    }
    return found.sorted()
  }

  private static let minute: Int64 = 60_000_000_000

  private mutating func stand(_ active: [Alert], at now: Moment) {
    for alert in active {
      guard alert.state != .shelved else {
        shelved += 1
        continue
      }
      guard let fired = alert.firedAt, alert.state != .pending else { continue }
      let age = Double(now.wall &- fired.wall) / 1e9
      if age > AlertFigures.day { standing.append(alert.id) }
      if alert.state == .firing { waiting.append(max(0, age)) }
    }
    waiting.sort(by: >)
    standing.sort()
  }

  /// How long the oldest that nobody accepted has been firing.
  public var oldestWaiting: Double? { waiting.first }
  /// How long the one in the middle has.
  public var medianWaiting: Double? { waiting.isEmpty ? nil : waiting[waiting.count / 2] }
  /// Alerts an hour, on the mean.
  public var perHour: Double { Double(total) / (span / AlertFigures.hour) }
  /// Alerts in ten minutes, on the mean.
  public var perTenMinutes: Double { Double(total) / (span / AlertFigures.window) }
}

extension AlertFigures {
  static let mostAtOnce = 10
  /// One rule alone can't have less than all of a few alerts.
  private static let fewest = 10

  /// The figures against what ISA-18.2 and EEMUA 191 hold to be bearable for one operator.
  public var limits: [Limit] {
    let top = total >= AlertFigures.fewest ? offenders.first : nil
    let share = top.map { Limit(name: "top_rule_share", value: $0.share.value, most: 0.3) }
    return [
      Limit(name: "average_per_10_min", value: perTenMinutes, most: 1),
      Limit(
        name: "peak_per_10_min", value: Double(peak.count), most: Double(AlertFigures.mostAtOnce)),
      Limit(name: "flood_share", value: floodSeconds / span, most: 0.01),
      Limit(name: "flapping", value: Double(flapping.count), most: 0),
      Limit(name: "standing_over_24_h", value: Double(standing.count), most: 4),
    ] + (share.map { [$0] } ?? [])
  }

  /// Whether all of it can be borne.
  public var isBearable: Bool { limits.allSatisfy(\.isKept) }
}
