/// The life of one alert: well, pending, firing, and what people did about it.
///
/// Knows only monotonic time. Each tick is one verdict and the seconds it stands for; a tick that follows a gap
/// says nothing and forgets the trouble that was only pending, because nobody saw whether it lasted.
public struct AlertMachine: Sendable, Equatable {
  /// What one tick means.
  public enum Verdict: Sendable, CaseIterable { case good, between, bad, missing }

  /// Where it stands.
  public enum Phase: Sendable, Equatable { case well, pending, firing }

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
    /// After how long a warning that nobody accepts becomes critical.
    public var escalatesAfter = 900.0
    /// How long an acceptance holds.
    public var acknowledgementLasts = 1800.0

    /// Makes one.
    public init(holds: Double, keepsFiring: Double) {
      self.holds = holds
      self.keepsFiring = keepsFiring
    }
  }

  static let repeatsAfter = 600.0
  static let soonRepeats = 2
  static let repeatsLater = 14_400.0
  static let mostPatience = 8.0
  static let quietHour = 3600.0

  private let severityAtFirst: Severity
  /// Can be changed while it fires; what has begun goes on.
  public var pace: Pace

  /// Where it stands.
  public private(set) var phase = Phase.well
  /// Its severity now, which age can raise.
  public private(set) var severity: Severity
  /// When the condition began.
  public private(set) var since = Moment(nanoseconds: 0)
  /// When it began to fire; `nil` while it does not.
  public private(set) var firedAt: Moment?
  /// Since when all has been well while it is only kept firing; `nil` while it is not.
  public private(set) var clearingSince: Moment?
  /// Counts the alerts of this rule.
  public private(set) var number = 1
  /// Who accepted it.
  public private(set) var acknowledgement: Acknowledgement?
  /// Who put it aside.
  public private(set) var shelf: Shelf?
  /// By how much the time it takes to fire is stretched, because it flaps.
  public private(set) var patience = 1.0

  private var badFor = 0.0
  private var goodFor = 0.0
  private var owesNotice = false
  private var wasAnnounced = false
  private var unattendedSince = Moment(nanoseconds: 0)
  private var repeats = 0
  private var firings: [Moment] = []
  private var quietSince = Moment(nanoseconds: 0)

  /// Starts well.
  public init(severity: Severity, holds: Double, keepsFiring: Double) {
    severityAtFirst = severity
    self.severity = severity
    pace = Pace(holds: holds, keepsFiring: keepsFiring)
  }

  /// Whether it is put aside.
  public var isShelved: Bool { shelf != nil }
  /// Whether anyone should see it as firing.
  public var isFiring: Bool { phase == .firing }
  /// Seconds that all must still be well before it is over; `nil` while it is not.
  public var clearsIn: Double? { clearingSince.map { _ in max(0, pace.keepsFiring - goodFor) } }

  /// Takes one tick; `elapsed` is 0 after a gap. A muted alert lives on and says nothing.
  public mutating func update(
    _ verdict: Verdict, at now: Moment, elapsed: Double, isGap: Bool = false, isMuted: Bool = false
  ) -> Notice? {
    expire(at: now)
    if isGap {
      forgetPending()
    } else if step(verdict, at: now, elapsed: elapsed) {
      return resolve()
    }
    guard phase == .firing, !isMuted, shelf == nil else { return nil }
    return speak(at: now)
  }

  /// Ends it without a word, because what it was about is gone.
  public mutating func reset() {
    if phase == .firing { number += 1 }
    phase = .well
    badFor = 0
    firedAt = nil
    staysBad()
    acknowledgement = nil
    owesNotice = false
    wasAnnounced = false
    severity = severityAtFirst
  }
}

extension AlertMachine {
  /// Accepts it.
  mutating func acknowledge(by: Printable, at now: Moment) {
    acknowledgement = Acknowledgement(by: by, at: now)
    owesNotice = false
    wasAnnounced = true
  }

  /// Takes the acceptance back.
  mutating func withdrawAcknowledgement(at now: Moment) {
    acknowledgement = nil
    attend(at: now)
  }

  /// Puts it aside, or takes that back with `nil`.
  mutating func shelve(_ shelf: Shelf?, at now: Moment) {
    self.shelf = shelf
    if shelf == nil { attend(at: now) }
  }

  /// Restarts the clock after which nobody's attention raises its voice.
  private mutating func attend(at now: Moment) {
    unattendedSince = now
    repeats = 0
  }

  private mutating func expire(at now: Moment) {
    if let aside = shelf, now >= aside.until {
      shelf = nil
      reopen(at: now)
    }
    if let accepted = acknowledgement,
      now.seconds(since: accepted.at) >= pace.acknowledgementLasts
    {
      acknowledgement = nil
      reopen(at: now)
    }
    if patience > 1, now.seconds(since: quietSince) >= AlertMachine.quietHour {
      patience /= 2
      quietSince = now
    }
  }

  private mutating func reopen(at now: Moment) {
    attend(at: now)
    owesNotice = phase == .firing && acknowledgement == nil
  }

  private mutating func forgetPending() {
    if phase == .pending { phase = .well }
    badFor = 0
    goodFor = 0
  }

  private mutating func staysBad() {
    goodFor = 0
    clearingSince = nil
  }

  /// Whether the alert is over with this tick.
  private mutating func step(_ verdict: Verdict, at now: Moment, elapsed: Double) -> Bool {
    switch (phase, verdict) {
    case (_, .missing), (.well, .good), (.well, .between): break
    case (.pending, .good), (.pending, .between): phase = .well
    case (.well, .bad):
      phase = .pending
      since = now
      badFor = 0
      fireIfLong(at: now)
    case (.pending, .bad):
      badFor += elapsed
      fireIfLong(at: now)
    case (.firing, .bad), (.firing, .between): staysBad()
    case (.firing, .good):
      if clearingSince == nil { clearingSince = now }
      goodFor += elapsed
      return goodFor >= pace.keepsFiring
    }
    return false
  }

  private mutating func fireIfLong(at now: Moment) {
    guard badFor >= pace.holds * patience else { return }
    phase = .firing
    firedAt = now
    staysBad()
    severity = severityAtFirst
    owesNotice = true
    wasAnnounced = false
    attend(at: now)
    noteFlapping(at: now)
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

  private mutating func resolve() -> Notice? {
    let wasHeard = wasAnnounced
    reset()
    return wasHeard ? .resolved : nil
  }

  private mutating func speak(at now: Moment) -> Notice? {
    if owesNotice {
      owesNotice = false
      defer { wasAnnounced = true }
      return wasAnnounced ? .reopened : .fired
    }
    guard acknowledgement == nil else { return nil }
    let unattended = now.seconds(since: unattendedSince)
    if severity == .warning, unattended >= pace.escalatesAfter {
      severity = .critical
      attend(at: now)
      return .escalated
    }
    let isLoud = severity >= .critical && repeats < AlertMachine.soonRepeats
    guard unattended >= (isLoud ? AlertMachine.repeatsAfter : AlertMachine.repeatsLater) else {
      return nil
    }
    repeats += 1
    unattendedSince = now
    return .repeated
  }
}
