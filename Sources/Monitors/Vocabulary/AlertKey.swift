/// What an alert is about.
public enum AlertSubject: Sendable, Hashable {
  /// The machine, whoever is watched.
  case machine
  /// One process of this boot.
  case process(pid: Int32, startTicks: UInt64)
}

/// Which alert it is, whoever watches: two that see the same trouble speak of the same one.
public struct AlertKey: Sendable, Hashable {
  /// The rule that raised it.
  public var rule: String
  /// The one of several things that the rule is about: `/data`; empty where there is only one.
  public var label: String
  /// The machine or the process.
  public var subject: AlertSubject

  /// Names one.
  public init(rule: String, label: String = "", subject: AlertSubject) {
    self.rule = rule
    self.label = label
    self.subject = subject
  }
}
