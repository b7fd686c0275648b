/// One number for how well the target is, and what it lost points for.
public struct Score: Sendable, Equatable {
  /// One reason for which points are lost.
  public struct Loss: Sendable, Equatable {
    /// How many, at least 1.
    public var points: Int
    /// Why.
    public var why: Printable
  }

  /// 0 to 100; `nil` where nothing is known at all.
  public var value: Int?
  /// What it lost points for, the most first.
  public var losses: [Loss] = []
  /// What could not be judged, and lost nothing.
  public var unknown: [Printable] = []

  /// Knows nothing yet.
  public init() {}

  /// 100 less the points that each fact costs: each costs the more the worse it is, so that a machine that is worse in
  /// any respect, and better in none, never scores higher.
  init(_ facts: ScoreFacts) {
    var known = 0
    for item in ScoreItem.allCases {
      guard let fact = item.read(facts) else {
        unknown.append(item.name)
        continue
      }
      known += 1
      let points = Int(item.cost(fact).rounded())
      if points > 0 { losses.append(Loss(points: points, why: item.why(fact, facts))) }
    }
    losses.sort { $0.points > $1.points }
    value = known == 0 ? nil : max(0, 100 - losses.reduce(0) { $0 + $1.points })
  }
}

/// What a score is made of; `nil` is unknown. Each is the worse the greater it is, but for those that say otherwise.
struct ScoreFacts: Sendable, Equatable {
  /// The place of the machine's level of pressure, 0 to 4.
  var machine: Double?
  /// The place of the target's.
  var target: Double?
  /// The strongest bottleneck that is named, 0 to 100; 0 where none is.
  var bottleneck: Double?
  /// All that are named, the strongest first.
  var bottlenecks: [Bottleneck.Kind] = []
  /// Share of its memory limit that is used.
  var used: Double?
  /// How sure it is that it leaks, 0 to 1.
  var leak: Double?
  /// Seconds until something runs out, infinite where nothing does: the worse the less.
  var runsOut: Double?
  var resource: Printable = ""
  /// Share of the time in which the machine is slowed down.
  var throttled: Double?
  /// Degrees above what is worth a warning; negative below.
  var heat: Double?
  /// Share of operations or batches that fail.
  var failures: Double?
  /// Seconds for which storage has held it up.
  var stalled: Double?
  /// What parts get done of what they could: the worse the less.
  var efficiency: Double?
  /// By which share operations have become slower for good.
  var regression: Double?
}

/// One reason for which a score loses points.
enum ScoreItem: CaseIterable, Sendable {
  case machine, target, bottleneck, memory, leak, runsOut, throttled, heat, failures, stalled
  case efficiency, regression

  /// What it is about, for the list of what is unknown.
  var name: Printable {
    switch self {
    case .machine: "pressure on the machine"
    case .target: "pressure on the target"
    case .bottleneck: "bottlenecks"
    case .memory: "memory limit"
    case .leak: "leaks"
    case .runsOut: "what runs out"
    case .throttled: "throttling"
    case .heat: "temperature"
    case .failures: "failures"
    case .stalled: "storage stalls"
    case .efficiency: "efficiency of components"
    case .regression: "regressions"
    }
  }

  func read(_ facts: ScoreFacts) -> Double? {
    switch self {
    case .machine: facts.machine
    case .target: facts.target
    case .bottleneck: facts.bottleneck
    case .memory: facts.used
    case .leak: facts.leak
    case .runsOut: facts.runsOut
    case .throttled: facts.throttled
    case .heat: facts.heat
    case .failures: facts.failures
    case .stalled: facts.stalled
    case .efficiency: facts.efficiency
    case .regression: facts.regression
    }
  }

  /// Points that it costs; never fewer for what is worse.
  func cost(_ fact: Double) -> Double {
    switch self {
    case .machine: [0, 2, 6, 12, 20][ScoreItem.place(fact)]
    case .target: [0, 3, 8, 16, 25][ScoreItem.place(fact)]
    case .bottleneck: 20 * fact.ramp(30, 100)
    case .memory: 10 * fact.ramp(0.75, 1)
    case .leak: 15 * fact.ramp(0, 1)
    case .runsOut: 25 * ScoreItem.urgency(fact)
    case .throttled: 15 * fact.ramp(0, 0.5)
    case .heat: 8 * fact.ramp(0, 15)
    case .failures: 20 * fact.ramp(0, 0.25)
    case .stalled: 15 * fact.ramp(1, 20)
    case .efficiency: 12 * (1 - fact).ramp(0.05, 0.8)
    case .regression: 12 * fact.ramp(0, 1)
    }
  }

  private static func place(_ level: Double) -> Int {
    level.isFinite ? Int(min(4, max(0, level))) : 0
  }

  /// From nothing at a day to all at five minutes, by the order of magnitude.
  private static func urgency(_ seconds: Double) -> Double {
    let (soon, far) = (300.0, 86400.0)
    guard seconds < far else { return 0 }
    return (far / max(soon, seconds)).logarithm / (far / soon).logarithm
  }

  /// `storage holds it back`, `storage, queue depth hold it back`
  private static func holding(_ kinds: [Bottleneck.Kind]) -> Printable {
    guard !kinds.isEmpty else { return "something holds it back" }
    let names = kinds.map(\.title.text).joined(separator: ", ")
    return Printable("\(names) \(kinds.count == 1 ? "holds" : "hold") it back")
  }

  func why(_ fact: Double, _ facts: ScoreFacts) -> Printable {
    let percent = { (share: Double) in Units.fixed(share * 100, digits: 0) + " %" }
    return switch self {
    case .machine: "the machine is under \(PressureLevel(rank: Int(fact)).rawValue) pressure"
    case .target: "the target is under \(PressureLevel(rank: Int(fact)).rawValue) pressure"
    case .bottleneck: ScoreItem.holding(facts.bottlenecks)
    case .memory: "\(percent(fact)) of its memory limit is used"
    case .leak: "its memory leaks, \(percent(fact)) sure"
    case .runsOut:
      fact > 0 ? "\(facts.resource) in \(Forecast.Span.rough(fact))" : facts.resource
    case .throttled: "the machine is slowed down \(percent(fact)) of the time"
    case .heat: "\(Units.fixed(fact, digits: 0)) degrees warmer than it should be"
    case .failures: "\(percent(fact)) of what it does fails"
    case .stalled: "storage has held it up for \(Units.span(seconds: fact))"
    case .efficiency: "its parts get \(percent(fact)) done of what they could"
    case .regression: "operations have become \(percent(fact)) slower"
    }
  }
}
