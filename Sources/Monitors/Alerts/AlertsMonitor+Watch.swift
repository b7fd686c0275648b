extension AlertsMonitor {
  /// One alert of a rule: where it stands and what was last said of it.
  struct Watch: Sendable {
    var machine: AlertMachine
    /// The one of several things that it is about; empty where there is only one.
    var label: Printable = ""
    var id = ""
    var formerID: String?
    /// The episode that the id is of.
    var episode = 0
    var isMuted = false
    var value = 0.0
    var threshold: Double
    var message: Printable = ""
    /// What was said of the worst moment, which is what remains when the trouble is over.
    var worst: (value: Double, message: Printable)?
    /// Its values since it began.
    var trace = AlertTrace()
    /// What a person wrote to it.
    var note: Printable?
    /// Ticks in a row without evidence, after there had been some.
    var missing = 0
    var wasSeen = false
    /// Since when its thing is not there any more.
    var goneSince: Moment?
    /// The tick in which its thing was there.
    var tick: UInt64 = 0
    /// The serial of the last of its transitions that has one.
    var lastSerial: UInt64 = 0
    /// Whether it has transitions that have none yet.
    var isUntold = false

    init(_ rule: AlertRule, pace: AlertMachine.Pace, label: Printable = "") {
      threshold = rule.bound.value
      machine = AlertMachine(
        severity: rule.severity, holds: rule.holds, keepsFiring: rule.keepsFiring)
      machine.pace = pace
      self.label = label
    }

    /// In the present tense only while it is true.
    func sentence(_ rule: AlertRule) -> Printable {
      guard !rule.tellsOfEvent, let over = machine.clearingSince, let worst else {
        return message
      }
      return "was: \(worst.message), until \(Units.clock(wall: over.wall))"
    }
  }

  /// A rule and its alerts: one, or one for each of several things that are or were in trouble.
  struct Post: Sendable {
    var rule: AlertRule
    var watches: [Watch] = []
    /// Places of the rules that silence this one.
    var inhibitors: [Int] = []
    var pace: AlertMachine.Pace
    /// The number of its last alert.
    var number = 0
    /// Things in trouble for which there is no room.
    var dropped = 0

    init(_ rule: AlertRule, _ settings: AlertsConfig?) {
      self.rule = rule
      pace = AlertMachine.Pace(rule, settings)
      if rule.readEach == nil { watches = [Watch(rule, pace: pace)] }
    }

    var isEnabled: Bool { rule.isEnabled }

    /// Whether any of its alerts is not well, or there is something else to tell of it.
    var isAwake: Bool {
      if dropped > 0 { return true }
      for place in watches.indices where watches[place].machine.phase != .well { return true }
      return false
    }

    /// The watch of one of several things.
    func place(of label: Printable) -> Int? { watches.firstIndex { $0.label == label } }
  }

  /// Where a watch stands.
  struct Spot: Sendable, Equatable {
    var post: Int
    var watch: Int
  }

  /// All watches whose alert is not well, in no order that means anything.
  var spots: [Spot] {
    var found: [Spot] = []
    for post in posts.indices {
      for watch in posts[post].watches.indices
      where posts[post].watches[watch].machine.phase != .well {
        found.append(Spot(post: post, watch: watch))
      }
    }
    return found
  }

  subscript(spot: Spot) -> Watch {
    get { posts[spot.post].watches[spot.watch] }
    _modify { yield &posts[spot.post].watches[spot.watch] }
  }

  func rule(_ spot: Spot) -> AlertRule { posts[spot.post].rule }

  /// The watch that a key means here; `nil` where there is none.
  func spot(of key: AlertKey) -> Spot? {
    guard let post = places[key.rule], subject(of: post) == key.subject,
      let watch = posts[post].place(of: Printable(key.label))
    else { return nil }
    return Spot(post: post, watch: watch)
  }

  /// What alerts of a rule are about now.
  func subject(of post: Int) -> AlertSubject {
    let rule = posts[post].rule
    guard !rule.isOfMachineAlone else { return .machine }
    return subject ?? .process(pid: 0, startTicks: 0)
  }
}

extension AlertRule {
  /// Whether it says the same whichever process is watched; how a target ended is told while the machine is all there is.
  var isOfMachineAlone: Bool {
    subject == .machine && (category != .component || !metric.isEmpty)
  }
}

extension AlertMachine.Pace {
  /// What a rule and the settings say together.
  init(_ rule: AlertRule, _ settings: AlertsConfig?) {
    self.init(holds: rule.holds, keepsFiring: rule.keepsFiring)
    escalatesTo = rule.escalatesTo ?? (rule.severity == .warning ? .critical : nil)
    widens = !rule.widen.isEmpty
    escalatesAfter = rule.escalatesAfter ?? (settings?.escalateMinutes ?? 15) * 60
    repeatsAfter = rule.escalatesAfter ?? repeatsAfter
    acknowledgementLasts = (settings?.acknowledgedMinutes ?? 30) * 60
    isLatching = rule.isLatching
  }
}
