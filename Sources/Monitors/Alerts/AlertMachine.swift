/// The life of one alert: well, pending, firing, latched, and what people did about it.
///
/// Knows only monotonic time. Each tick is one verdict and the seconds it stands for; a tick that follows a gap
/// says nothing and forgets the trouble that was only pending, because nobody saw whether it lasted.
public struct AlertMachine: Sendable, Equatable {
  /// What one tick means.
  public enum Verdict: Sendable, CaseIterable { case good, between, bad, missing }

  /// Where it stands; what is latched is well again, and waits for a person.
  public enum Phase: Sendable, Equatable { case well, pending, firing, latched }

  /// What a tick changed that somebody should hear of.
  public enum Notice: String, Sendable, CaseIterable {
    case fired, reopened, escalated, repeated, resolved
  }

  /// Who accepted it, and when.
  public struct Acknowledgement: Sendable, Equatable {
    var by: Printable
    var at: Moment
  }

  /// Who put it aside, and until when.
  public struct Shelf: Sendable, Equatable {
    var by: Printable
    var until: Moment
  }

  /// What a person can set about the life of an alert, in seconds.
  public struct Pace: Sendable, Equatable {
    /// How long trouble must last before it fires.
    public var holds: Double
    /// How long all must be well before it is over.
    public var keepsFiring: Double
    /// After how long one that nobody accepts becomes worse.
    public var escalatesAfter = 900.0
    /// What it becomes then; `nil` leaves it as it is.
    public var escalatesTo: Severity?
    /// Whether more people hear of it then.
    public var widens = false
    /// After how long one that is critical and that nobody accepts is told again, to more people.
    public var repeatsAfter = 600.0
    /// How long an acceptance holds.
    public var acknowledgementLasts = 1800.0
    /// Whether it stays until a person has accepted it.
    public var isLatching = false

    /// Makes one.
    public init(holds: Double, keepsFiring: Double) {
      self.holds = holds
      self.keepsFiring = keepsFiring
    }
  }

  static let soonRepeats = 2
  static let repeatsLater = 14_400.0
  static let mostPatience = 8.0
  static let quietHour = 3600.0
  /// What is back so soon after its end is the same alert.
  static let soon = 60.0
  /// What others have closed and is still bad after so many seconds is open again.
  static let insists = 5.0
  static let mostDoubts = 6

  /// The severity it begins with; what has begun goes on.
  public var severityAtFirst: Severity
  /// Can be changed while it fires; what has begun goes on.
  public var pace: Pace

  /// Where it stands.
  public internal(set) var phase = Phase.well
  /// Its severity now, which age can raise.
  public internal(set) var severity: Severity
  /// When the condition began.
  public internal(set) var since = Moment(nanoseconds: 0)
  /// When it began to fire; `nil` while it does not.
  public internal(set) var firedAt: Moment?
  /// Since when all has been well while it is only kept firing; `nil` while it is not.
  public internal(set) var clearingSince: Moment?
  /// Counts the troubles that are an alert of their own, those that never fired too.
  public internal(set) var episode = 0
  /// How often this alert has fired.
  public internal(set) var count = 1
  /// Who accepted it.
  public internal(set) var acknowledgement: Acknowledgement?
  /// Who put it aside.
  public internal(set) var shelf: Shelf?
  /// By how much the time it takes to fire is stretched, because it flaps.
  public internal(set) var patience = 1.0
  /// Whether more people than at first should hear of it.
  public internal(set) var isWidened = false
  /// Whether somebody was told of it.
  public internal(set) var wasAnnounced = false

  /// Whether this alert has fired at all.
  var hasFired = false
  var badFor = 0.0
  var goodFor = 0.0
  var owesNotice = false
  /// Others have closed it: what is left of it here is not told, unless it lasts.
  var isHushed = false
  /// Whether all that is known of it is what others told.
  public internal(set) var isHearsay = false
  /// How often others went on with it when it was over by what is seen here.
  var doubts = 0
  /// When it had fired that was over by what is seen here, on hearsay alone.
  var doubted: Moment?
  private var endedAt: Moment?
  private var isFolding = false
  var unattendedSince = Moment(nanoseconds: 0)
  var repeats = 0
  private var firings: [Moment] = []
  var quietSince = Moment(nanoseconds: 0)

  /// Starts well.
  public init(severity: Severity, holds: Double, keepsFiring: Double) {
    severityAtFirst = severity
    self.severity = severity
    pace = Pace(holds: holds, keepsFiring: keepsFiring)
    pace.escalatesTo = severity == .warning ? .critical : nil
  }

  /// Whether it is put aside.
  public var isShelved: Bool { shelf != nil }
  /// Whether anyone should see it: it fires, or waits for a person.
  public var isFiring: Bool { phase == .firing || phase == .latched }
  /// Whether a tick that is not bad changes nothing at all.
  var isAtRest: Bool { phase == .well && shelf == nil && patience == 1 }
  /// Seconds that all must still be well before it is over; `nil` while it is not.
  public var clearsIn: Double? {
    guard phase == .firing, clearingSince != nil else { return nil }
    return max(0, keepsFiring - goodFor)
  }

  /// What others see and this one does not is theirs to end, once they have said so.
  private var keepsFiring: Double { pace.keepsFiring * Double(1 << doubts) }

  /// Takes one tick; `elapsed` is 0 after a gap. A muted alert lives on and says nothing.
  public mutating func update(
    _ verdict: Verdict, at now: Moment, elapsed: Double, isGap: Bool = false, isMuted: Bool = false
  ) -> Notice? {
    if advance(verdict, at: now, elapsed: elapsed, isGap: isGap) { return close(at: now) }
    return speak(at: now, isMuted: isMuted)
  }

  /// Goes one tick further, and says whether the alert is over with it.
  mutating func advance(
    _ verdict: Verdict, at now: Moment, elapsed: Double, isGap: Bool
  ) -> Bool {
    expire(at: now)
    guard isGap else { return step(verdict, at: now, elapsed: elapsed) }
    forgetPending()
    return false
  }

  private mutating func forgetPending() {
    if phase == .pending { giveUp() }
    badFor = 0
    goodFor = 0
  }

  /// It never fired; what was put aside was this trouble and not the next.
  private mutating func giveUp() {
    phase = .well
    shelf = nil
  }

  private mutating func staysBad() {
    goodFor = 0
    clearingSince = nil
  }

  private mutating func step(_ verdict: Verdict, at now: Moment, elapsed: Double) -> Bool {
    if verdict == .bad { (isHearsay, doubts) = (false, 0) }
    switch (phase, verdict) {
    case (_, .missing), (.well, .good), (.well, .between): break
    case (.pending, .good), (.pending, .between): giveUp()
    case (.latched, .good), (.latched, .between): badFor = 0
    case (.well, .bad):
      begin(at: now)
      fireIfLong(at: now)
    case (.pending, .bad), (.latched, .bad):
      badFor += elapsed
      fireIfLong(at: now)
    case (.firing, .bad):
      staysBad()
      insist(at: now, elapsed: elapsed)
    case (.firing, .between): staysBad()
    case (.firing, .good): return clears(at: now, elapsed: elapsed)
    }
    return false
  }

  /// What is back soon after its end is no new alert; one that flaps may take longer for that.
  private mutating func begin(at now: Moment) {
    let window = patience > 1 ? flappingPeriod : AlertMachine.soon
    isFolding = endedAt.map { now.seconds(since: $0) <= window } ?? false
    phase = .pending
    since = now
    badFor = 0
    guard !isFolding else { return }
    episode += 1
    count = 1
    hasFired = false
    wasAnnounced = false
    isHushed = false
    isWidened = false
    severity = severityAtFirst
  }

  /// What others have closed is news where it lasts here as long as it takes to fire.
  private mutating func insist(at now: Moment, elapsed: Double) {
    guard isHushed else { return }
    badFor += elapsed
    guard badFor >= max(pace.holds, AlertMachine.insists) else { return }
    isHushed = false
    owesNotice = true
    attend(at: now)
  }

  private mutating func clears(at now: Moment, elapsed: Double) -> Bool {
    if clearingSince == nil { clearingSince = now }
    goodFor += elapsed
    guard goodFor >= keepsFiring else { return false }
    guard pace.isLatching, acknowledgement == nil, wasAnnounced, !isHushed else { return true }
    phase = .latched
    badFor = 0
    return false
  }

  private mutating func fireIfLong(at now: Moment) {
    guard badFor >= pace.holds * patience else { return }
    let isBack = phase == .latched
    phase = .firing
    staysBad()
    if isFolding || isBack { count += 1 }
    if !isBack { comeOut(at: now) }
    noteFlapping(at: now)
  }

  private mutating func comeOut(at now: Moment) {
    isFolding = false
    endedAt = nil
    hasFired = true
    firedAt = now
    severity = severityAtFirst
    owesNotice = !isHushed
    attend(at: now)
  }

  private var flappingPeriod: Double {
    max(AlertMachine.soon, pace.holds * patience + pace.keepsFiring)
  }

  /// Three alerts about as fast as the durations allow are one that flaps.
  private mutating func noteFlapping(at now: Moment) {
    if firings.count == 3 { firings.removeFirst() }
    firings.append(now)
    quietSince = now
    let window = max(60, 3 * (pace.holds * patience + pace.keepsFiring))
    guard firings.count == 3, now.seconds(since: firings[0]) <= window else { return }
    patience = min(AlertMachine.mostPatience, patience * 2)
    firings = [now]
  }

  /// Ends it, and says so where somebody was told that it began.
  mutating func close(at now: Moment) -> Notice? {
    let isHeard = wasAnnounced && !isHushed
    // What others have closed, and comes back, is news.
    endedAt = isHushed ? nil : now
    doubted = isHearsay ? firedAt : nil
    end()
    return isHeard ? .resolved : nil
  }

  /// Ends it without a word, because what it was about is gone.
  public mutating func reset() {
    end()
    endedAt = nil
    wasAnnounced = false
    isHushed = false
    (isHearsay, doubts) = (false, 0)
    severity = severityAtFirst
  }

  private mutating func end() {
    phase = .well
    badFor = 0
    firedAt = nil
    staysBad()
    acknowledgement = nil
    shelf = nil
    owesNotice = false
    isFolding = false
  }
}
