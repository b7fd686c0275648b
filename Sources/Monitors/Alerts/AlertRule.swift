/// When to speak up about one thing: what is measured, against what, for how long, and what to say.
public struct AlertRule: Sendable {
  /// Which side of which value is trouble.
  public enum Bound: Sendable, Equatable {
    case above(Double)
    case below(Double)

    /// The value itself.
    public var value: Double {
      switch self {
      case .above(let value), .below(let value): value
      }
    }

    /// Whether one value is further into trouble than another.
    func isWorse(_ value: Double, than other: Double) -> Bool {
      switch self {
      case .above: value > other
      case .below: value < other
      }
    }
  }

  /// What it is about; what is about the target ends with the target.
  public enum Subject: Sendable { case machine, target }

  /// What one tick says: a value, whether other conditions are met, and a threshold where it is not the rule's own.
  public struct Evidence: Sendable, Equatable {
    /// The value that is held against the threshold.
    public var value: Double
    /// Whether all other conditions are met; if not, all is well.
    public var isArmed: Bool
    /// A threshold that replaces the rule's.
    public var threshold: Double?
    /// Whether something that belongs to it could not be read: bad news is news, and good news proves nothing.
    public var isPartial = false
    /// The place of the word that the value stands for, among those of its metric; -1 where it is none.
    public var word = -1

    /// Makes one.
    public init(_ value: Double, isArmed: Bool = true, threshold: Double? = nil) {
      self.value = value
      self.isArmed = isArmed
      self.threshold = threshold
    }
  }

  /// How far back beyond its threshold a value must be before all is well, as a share of the threshold.
  public static let clearance = 0.06

  /// Reads the evidence; `nil` is "can't be read", which neither fires nor clears.
  public typealias Reader = @Sendable (AlertsInput, AlertFacts) -> Evidence?
  /// Reads the evidence of each of several things with names.
  public typealias EachReader =
    @Sendable (AlertsInput, (Printable, Evidence?) -> Void) -> Void
  /// Puts it into words.
  public typealias Teller = @Sendable (AlertsInput, AlertFacts, Evidence) -> Printable

  /// Puts it into words with the name of the thing that it is about.
  public typealias OwnTeller = @Sendable (Evidence, Printable) -> Printable

  /// `memory-high`: unique, and the beginning of every alert's id.
  public var name: String
  /// How bad.
  public var severity: Severity
  /// What about.
  public var category: Alert.Category
  /// Whether it ends with the target.
  public var subject: Subject
  /// Beyond this is trouble.
  public var bound: Bound
  /// How many seconds of trouble it takes.
  public var holds: Double
  /// How many seconds all must be well before it is over.
  public var keepsFiring: Double
  /// Whether its durations are its own, and not those of its severity.
  public var hasOwnDurations = false
  /// Whether its sentence is of something that has happened, and stays true.
  public var tellsOfEvent = false
  /// Whether something else tells of it where what it goes by can't be read any more.
  public var isSilentWithoutData = false
  /// Rules that are silent while this one fires, because it says more.
  public var inhibits: [String] = []
  /// The resource that it is about: what has the same one belongs together.
  public var group: String
  /// The path of what a person chose to watch; empty where the rule reads by itself.
  public var metric = ""
  /// The words that are trouble, for a sentence; empty for numbers.
  var wordsOfTrouble = ""
  /// Back to here all is well; `nil` is 6 % back from the threshold.
  public var clear: Double?
  /// Whether its threshold is a person's, whatever the evidence says.
  public var hasOwnThreshold = false
  /// Whether it stays until a person has accepted it; `nil` leaves that to severity and category.
  public var latches: Bool?
  /// After how many seconds without attention it becomes worse or is told to more; `nil` is the usual.
  public var escalatesAfter: Double?
  /// What it becomes then; `nil` is the usual.
  public var escalatesTo: Severity?
  /// The channels that hear of it then, too.
  public var widen: [String] = []
  /// The channels that hear of it; `nil` leaves that to each channel.
  public var notify: [String]?
  /// Whether it watches.
  public var isEnabled = true
  /// What a person can do, a line each.
  public var actions: [Printable] = []
  /// Reads the evidence.
  public var read: Reader
  /// Reads the evidence of each of several things; `nil` where there is one.
  public var readEach: EachReader?
  /// Says it.
  public var tell: Teller
  /// Says it of one of several things, where the rule is a person's own; `nil` where it is not.
  public var tellOwn: OwnTeller?

  /// Makes a rule with the durations that its severity calls for.
  public init(
    _ name: String, _ severity: Severity, _ category: Alert.Category, about subject: Subject,
    _ bound: Bound, read: @escaping Reader, tell: @escaping Teller
  ) {
    self.name = name
    self.severity = severity
    self.category = category
    self.subject = subject
    self.bound = bound
    self.read = read
    self.tell = tell
    group = AlertRules.group(of: name)
    (holds, keepsFiring) = AlertRule.durations(severity)
  }

  /// `memory high`: the name as a person would say it.
  public var title: Printable { Printable(String(name.map { $0 == "-" ? " " : $0 })) }

  /// The louder an alert, the sooner it speaks and the sooner it may be over.
  public static func durations(_ severity: Severity) -> (holds: Double, keepsFiring: Double) {
    switch severity {
    case .emergency: (5, 120)
    case .critical: (20, 180)
    case .warning: (60, 300)
    case .ok, .info, .stale: (120, 300)
    }
  }

  /// Whether it stays until a person has accepted it.
  public var isLatching: Bool { latches ?? (severity == .emergency || category == .safety) }

  /// What the evidence is held against.
  func threshold(_ evidence: Evidence) -> Double {
    hasOwnThreshold ? bound.value : evidence.threshold ?? bound.value
  }

  /// What the evidence means to this rule.
  func verdict(_ evidence: Evidence?) -> AlertMachine.Verdict {
    guard let evidence, evidence.value.isFinite else { return .missing }
    let verdict = verdictOfWhole(evidence)
    return evidence.isPartial && verdict != .bad ? .missing : verdict
  }

  private func verdictOfWhole(_ evidence: Evidence) -> AlertMachine.Verdict {
    guard evidence.isArmed else { return .good }
    let limit = threshold(evidence)
    let beyond: Double
    switch bound {
    case .above: beyond = evidence.value - limit
    case .below: beyond = limit - evidence.value
    }
    if beyond > 0 { return .bad }
    if let clear {
      let isClear =
        if case .above = bound { evidence.value <= clear } else { evidence.value >= clear }
      return isClear ? .good : .between
    }
    return beyond <= -AlertRule.clearance * abs(limit) ? .good : .between
  }

  /// The same rule with other durations.
  func lasting(_ holds: Double, keeps keepsFiring: Double) -> AlertRule {
    var rule = self
    rule.holds = holds
    rule.keepsFiring = keepsFiring
    rule.hasOwnDurations = true
    return rule
  }

  /// The same rule that silences others.
  func silencing(_ names: String...) -> AlertRule {
    var rule = self
    rule.inhibits = names
    return rule
  }

  /// The same rule, whose sentence is of something that has happened.
  func tellingOfEvent() -> AlertRule {
    var rule = self
    rule.tellsOfEvent = true
    return rule
  }

  /// The same rule, without which something else tells that there is no data.
  func silentWithoutData() -> AlertRule {
    var rule = self
    rule.isSilentWithoutData = true
    return rule
  }

  /// The same rule with advice.
  func advising(_ lines: Printable...) -> AlertRule {
    var rule = self
    rule.actions = lines
    return rule
  }
}
