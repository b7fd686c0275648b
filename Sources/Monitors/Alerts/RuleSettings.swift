/// A rule as a person writes it: what is left out is that of the rule with this name, or the usual.
public struct RuleSettings: Sendable, Equatable {
  /// What is trouble.
  public enum Test: Sendable, Equatable {
    case above(Double)
    case below(Double)
    /// One of these words.
    case isOne(of: [String])
    /// None of these words.
    case isNone(of: [String])

    /// The value that is trouble beyond; `nil` for words.
    var bound: AlertRule.Bound? {
      switch self {
      case .above(let value): .above(value)
      case .below(let value): .below(value)
      case .isOne, .isNone: nil
      }
    }
  }

  /// What it is called; that of a rule there is changes it.
  public var name: String
  /// The path of what it watches, as in the snapshot.
  public var metric: String?
  /// What is trouble.
  public var test: Test?
  /// How many seconds of trouble it takes.
  public var holds: Double?
  /// Back to here all is well.
  public var clear: Double?
  /// How many seconds all must be well.
  public var keepsFiring: Double?
  /// How bad.
  public var severity: Severity?
  /// What about.
  public var category: Alert.Category?
  /// What to say, with placeholders.
  public var message: RuleMessage?
  /// What a person can do, a line each.
  public var actions: [Printable]?
  /// After how many minutes without anybody's attention it becomes worse, or is told to more people.
  public var escalateMinutes: Double?
  /// What it becomes then.
  public var escalateTo: Severity?
  /// The channels that hear of it then, too.
  public var widen: [String]?
  /// Rules that are silent while this one fires.
  public var inhibits: [String]?
  /// What it belongs together with.
  public var group: String?
  /// The channels that hear of it; `nil` leaves that to each channel.
  public var notify: [String]?
  /// Whether it watches.
  public var isEnabled: Bool?
  /// Whether it stays until a person has accepted it.
  public var isLatching: Bool?
  /// Where it stands in its file.
  public var line = 0

  /// One that changes nothing.
  public init(_ name: String) { self.name = name }

  /// The names of the channels that it mentions.
  public var channels: [String] { (notify ?? []) + (widen ?? []) }

  /// How many rules a person can write.
  public static let most = 10_000
}
