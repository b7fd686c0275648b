/// What a journal has to tell those who watch.
public struct AlertNews: Sendable, Equatable {
  /// The serial of the last transition of this program that the journal knows.
  public var through: UInt64 = 0
  /// Alerts that are new or changed there since the last news, each as it stands; those that are over, too.
  public var alerts: [Alert] = []
  /// What happened lately, by anyone, newest first.
  public var history: [AlertTransition] = []
  /// What became of the journal itself that a person should know: it was damaged, removed or replaced.
  public var remark: Printable?
  /// Where the journal is and how it does.
  public var standing = JournalStanding.none

  /// Tells of nothing.
  public init() {}
}

/// Where the list of alerts is kept, and who shares it.
public enum JournalStanding: Sendable, Equatable {
  /// Nothing had to be kept yet.
  case none
  /// All of the machine's operators see it.
  case shared(path: Printable)
  /// One person's alone.
  case isPrivate(path: Printable, owner: Printable)
  /// It can't be written; what happens is remembered here until it can.
  case failing(why: Printable, since: Moment)
}
