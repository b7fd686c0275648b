/// Something that happened to an alert in one tick, or was done to it since the tick before.
public struct AlertTransition: Sendable, Equatable {
  /// What happened.
  public enum Kind: String, Sendable, CaseIterable {
    case fired, reopened, escalated, repeated, resolved
    case acknowledged, shelved, undone, noted
    /// What it was about is gone.
    case ended
  }

  /// What happened.
  public var kind: Kind
  /// When.
  public var at: Moment
  /// The alert, as it stood after that.
  public var alert: Alert
  /// Who did it; `nil` where time did.
  public var by: Printable?
  /// Counts what this program had to tell a journal; 0 while nobody was told.
  public var serial: UInt64 = 0
  /// The channels that its rule names; `nil` leaves that to each channel.
  public var channels: [String]?
  /// Whether this program knows of the trouble only from others, and saw none of it.
  public var isHearsay = false
  /// Channels that hear of it whatever they usually hear of, because nobody attended to it.
  public var widened: [String] = []
  /// The channels that were owed a message about the alert before, by their keys; `nil` where that is not known.
  public var told: Set<String>?
  /// Whether it was learned from a journal: it is written down already, and may be news to channels of this program.
  public var isLearned = false

  /// Makes one.
  public init(_ kind: Kind, at: Moment, alert: Alert, by: Printable? = nil) {
    self.kind = kind
    self.at = at
    self.alert = alert
    self.by = by
  }

  /// `fired: memory 83 % of 8.00 GB`: one line for a mark or a journal.
  public var line: Printable {
    let who = by.map { " (by \($0))" } ?? ""
    return "\(kind.rawValue): \(alert.message)\(who)"
  }
}

extension AlertMachine.Notice {
  /// The same, among all that can happen.
  var kind: AlertTransition.Kind {
    switch self {
    case .fired: .fired
    case .reopened: .reopened
    case .escalated: .escalated
    case .repeated: .repeated
    case .resolved: .resolved
    }
  }
}
