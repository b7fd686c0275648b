/// What is alarming now.
public struct AlertsReading: Reading {
  /// How bad the worst of it is.
  public var severity: Severity = .ok
  /// One sentence.
  public var headline: Printable = ""
  /// Alerts that are not over: worst first, then oldest.
  public var active: [Alert] = []
  /// Alerts that ended lately, newest first.
  public var resolved: [Alert] = []
  /// How many rules watch.
  public var rules = 0
  /// Number of active alerts over time.
  public var history = Series()
  /// Latched alerts that nobody accepted and that no rule here is about, such as those of a process that has ended; they are among the active ones.
  public var elsewhere: [Alert] = []
  /// How many began to fire in the last ten minutes.
  public var newLately = 0
  /// What rules would watch if it were not too much, a line each.
  public var unwatched: [Printable] = []
  /// Where the journal is, and how it does.
  public var standing = JournalStanding.none
  /// How the delivery of alerts goes; empty where nobody is told.
  public var delivery: Printable = ""
  /// Whether something could not be delivered.
  public var isDeliveryFailing = false
  /// What happened lately, by anyone, newest first, as the journal has it.
  public var journal: [AlertTransition] = []

  /// Knows nothing yet.
  public init() {}
}

/// One alert from its beginning to its end.
public struct Alert: Sendable, Equatable {
  /// Where it stands in its life.
  public enum State: String, Sendable, CaseIterable {
    case pending, firing, acknowledged, shelved, resolved
  }

  /// What kind of trouble it is.
  public enum Category: String, Sendable, CaseIterable {
    case performance, resource, thermal, component, system, safety
  }

  /// Unique within this run: `memory-high-3`.
  public var id: String
  /// The rule that raised it: `memory-high`.
  public var rule: String
  /// How bad.
  public var severity: Severity
  /// What about.
  public var category: Category
  /// Where it stands.
  public var state: State
  /// When the condition began.
  public var since: Moment
  /// When it began to fire; `nil` while it is pending.
  public var firedAt: Moment?
  /// Since when all has been well and it is only kept firing; `nil` while the trouble is there.
  public var clearingSince: Moment?
  /// In how many seconds it is over if all stays well; `nil` while the trouble is there.
  public var clearsIn: Double?
  /// When it ended, for a resolved one.
  public var ended: Moment?
  /// The value that matters, now.
  public var value: Double
  /// The value furthest beyond the threshold since the condition began.
  public var worst: Double
  /// What it is held against.
  public var threshold: Double
  /// The sentence on the screen: of now while the trouble is there, of its worst moment afterwards.
  public var message: Printable
  /// What was said of its worst moment, in the present tense; `nil` where that is not known.
  public var worstMessage: Printable?
  /// What a person can do, a line each.
  public var actions: [Printable]
  /// Who accepted it.
  public var acknowledgedBy: Printable?
  /// When they did.
  public var acknowledgedAt: Moment?
  /// Until when it is shelved.
  public var shelvedUntil: Moment?
  /// Who shelved it.
  public var shelvedBy: Printable?
  /// Its values since it began, where this program has seen them.
  public var trace = AlertTrace()
  /// What a person wrote to it.
  public var note: Printable?
  /// The one of several things that its rule is about: `/data`; empty where there is only one.
  public var label = ""
  /// The machine, or the process.
  public var subject = AlertSubject.machine
  /// How often it has fired under this id: more than once where it flaps.
  public var count = 1
  /// Whether it stays until a person has accepted it, even when all is well.
  public var isLatched = false
  /// The resource that it is about: alerts of one subject and group belong together.
  public var group = ""
  /// The id under which it stood before a journal counted it.
  public var formerID: String?

  /// Makes one.
  public init(
    id: String, rule: String, severity: Severity, category: Category, state: State, since: Moment,
    value: Double, threshold: Double, message: Printable, actions: [Printable] = []
  ) {
    self.id = id
    self.rule = rule
    self.severity = severity
    self.category = category
    self.state = state
    self.since = since
    self.value = value
    self.worst = value
    self.threshold = threshold
    self.message = message
    self.actions = actions
  }

  /// Whether its value is a measure and not only "yes".
  public var isMeasured: Bool { threshold != 0 }

  /// When it began to be what it is now: the moment that its age counts from.
  public var began: Moment { ended ?? firedAt ?? since }

  /// Whether all is well again, and it only waits for a person.
  public var waitsForPerson: Bool {
    isLatched && state == .firing && clearingSince != nil && clearsIn == nil
  }

  /// Its state in a word, `clearing` while it is only kept firing, `latched` while it waits for a person.
  public var stateWord: Printable {
    if waitsForPerson { return "latched" }
    let isKept = clearingSince != nil && (state == .firing || state == .acknowledged)
    return isKept ? "clearing" : Printable(state.rawValue)
  }
}
