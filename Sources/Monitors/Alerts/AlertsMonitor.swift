/// Turns readings into alerts: a state machine for each rule, what silences what, and what people did.
///
/// All time is monotonic; a wall clock that jumps changes nothing.
public struct AlertsMonitor: Monitor {
  /// Its word.
  public static var word: Word { .alerts }

  private static let longestGap = 5.0
  private static let leastGap = 1.0
  private static let keptResolved = 50

  /// One rule, where its alert stands and what it last said.
  struct Watch: Sendable {
    var rule: AlertRule
    var machine: AlertMachine
    /// Places of the rules that silence this one.
    var inhibitors: [Int] = []
    /// Whether it watches at all.
    var isEnabled = true
    var isMuted = false
    var value = 0.0
    var threshold: Double
    var message: Printable = ""
    /// What was said of the worst moment, which is what remains when the trouble is over.
    var worst: (value: Double, message: Printable)?
    /// Ticks in a row without evidence, after there had been some.
    var missing = 0
    var wasSeen = false

    init(_ rule: AlertRule) {
      self.rule = rule
      threshold = rule.bound.value
      machine = AlertMachine(
        severity: rule.severity, holds: rule.holds, keepsFiring: rule.keepsFiring)
    }

    /// In the present tense only while it is true.
    var sentence: Printable {
      guard !rule.tellsOfEvent, let over = machine.clearingSince, let worst else {
        return message
      }
      return "was: \(worst.message), until \(Units.clock(wall: over.wall))"
    }
  }

  var watches: [Watch]
  var undoable: [Undo] = []
  var owed: [AlertTransition] = []
  private var facts = AlertFacts()
  private var last: Moment?
  private var lastInterval = 0.0
  private var process: (pid: Int32, startTicks: UInt64, generation: Int)?
  private var resolved: [Alert] = []
  private var history = Series()

  /// What happened in the last call of `judge`, and what people did since the one before.
  public private(set) var transitions: [AlertTransition] = []

  /// Starts with the default rules.
  public init(_ settings: AlertsConfig) {
    self.init(rules: AlertRules.defaults(settings))
    apply(settings)
  }

  /// Starts with any rules; those that silence others must stand before them.
  public init(rules: [AlertRule]) {
    watches = rules.map(Watch.init)
    for index in watches.indices {
      let name = watches[index].rule.name
      watches[index].inhibitors = rules.indices.filter { rules[$0].inhibits.contains(name) }
    }
  }

  /// Goes by other settings from now on: alerts that fire live on, but for those of rules that watch no longer.
  public mutating func configure(_ settings: AlertsConfig) {
    let rules = AlertRules.defaults(settings)
    guard rules.map(\.name) == watches.map(\.rule.name) else { return }
    for (index, rule) in rules.enumerated() { watches[index].rule = rule }
    apply(settings)
  }

  private mutating func apply(_ settings: AlertsConfig) {
    for index in watches.indices {
      let rule = watches[index].rule
      var pace = AlertMachine.Pace(holds: rule.holds, keepsFiring: rule.keepsFiring)
      pace.escalatesAfter = settings.escalateMinutes * 60
      pace.acknowledgementLasts = settings.acknowledgedMinutes * 60
      watches[index].machine.pace = pace
      watches[index].isEnabled = !settings.disabled.contains(rule.name)
      guard !watches[index].isEnabled else { continue }
      if watches[index].machine.isFiring, let last { retire(index, at: last) }
      clear(index)
    }
  }

  /// Forgets the target and the graph, and of what is over all but some.
  mutating func beginRecord(keeping isKept: (Alert) -> Bool) {
    facts.forgetTarget()
    process = nil
    resolved.removeAll { !isKept($0) }
    history = Series()
  }

  private mutating func clear(_ index: Int) {
    watches[index].machine.reset()
    watches[index].missing = 0
    watches[index].wasSeen = false
    watches[index].worst = nil
  }

  /// Takes one tick in.
  public mutating func judge(_ input: AlertsInput) -> AlertsReading {
    transitions = owed
    owed.removeAll(keepingCapacity: true)
    let now = input.sample.moment
    let (elapsed, isGap) = pass(to: now, interval: input.interval)
    follow(input)
    if isGap { facts.forgetGap() } else { facts.update(input, elapsed: elapsed) }
    facts.missingTicks = watches.reduce(0) { max($0, $1.missing) }
    for index in watches.indices { step(index, input, elapsed: elapsed, isGap: isGap) }
    history.append(
      Double(
        watches.count { !$0.isMuted && !$0.machine.state.isQuiet && $0.machine.phase != .well }))
    return reading()
  }

  /// Seconds since the last tick, and whether nobody was looking for longer than a slow tick explains.
  private mutating func pass(to now: Moment, interval: Double) -> (Double, Bool) {
    defer {
      last = now
      lastInterval = interval
    }
    guard let last else { return (0, false) }
    let elapsed = now.seconds(since: last)
    let period = max(interval, lastInterval)
    let longest = max(AlertsMonitor.leastGap, AlertsMonitor.longestGap * period)
    guard elapsed >= 0, elapsed <= longest else { return (0, true) }
    return (elapsed, false)
  }

  /// What was said about a target ends with it, and a new generation begins with a clean record.
  private mutating func follow(_ input: AlertsInput) {
    let isThere = input.target == .watched
    if isThere, input.sample.target.value == nil { return }
    let root = input.sample.target.value?.root
    let generation = input.sample.target.value?.generation
    if isThere, root?.pid == process?.pid, root?.startTicks == process?.startTicks,
      generation == process?.generation
    {
      return
    }
    if !isThere, process == nil { return }
    process = isThere ? root.map { ($0.pid, $0.startTicks, generation ?? 0) } : nil
    facts.forgetTarget()
    for index in watches.indices where watches[index].rule.subject == .target {
      if watches[index].machine.isFiring { retire(index, at: input.sample.moment) }
      clear(index)
    }
  }

  /// Rules are read in place: to copy one costs more than to judge it.
  private mutating func step(_ index: Int, _ input: AlertsInput, elapsed: Double, isGap: Bool) {
    guard watches[index].isEnabled else { return }
    if watches[index].rule.subject == .target, input.target != .watched { return }
    let now = input.sample.moment
    let evidence = watches[index].rule.read(input, facts)
    if !isGap { note(evidence, index) }
    let isMuted = watches[index].inhibitors.contains { watches[$0].machine.isFiring }
    watches[index].isMuted = isMuted
    let before = watches[index].machine.isFiring ? alert(index) : nil
    let notice = watches[index].machine.update(
      watches[index].rule.verdict(evidence), at: now, elapsed: elapsed, isGap: isGap,
      isMuted: isMuted)
    let isWell = watches[index].machine.phase == .well
    if !isWell, let evidence { tell(evidence, index, input) }
    if let notice { announce(notice, index, before: before, at: now) }
    if isWell { watches[index].worst = nil }
  }

  private mutating func tell(
    _ evidence: AlertRule.Evidence, _ index: Int, _ input: AlertsInput
  ) {
    watches[index].value = evidence.value
    guard watches[index].machine.clearingSince == nil else { return }
    watches[index].threshold = evidence.threshold ?? watches[index].rule.bound.value
    let message = watches[index].rule.tell(input, facts, evidence)
    watches[index].message = message
    let worst = watches[index].worst?.value
    if worst.map({ watches[index].rule.bound.isWorse($0, than: evidence.value) }) != true {
      watches[index].worst = (evidence.value, message)
    }
  }

  private mutating func note(_ evidence: AlertRule.Evidence?, _ index: Int) {
    if evidence != nil {
      watches[index].wasSeen = true
      watches[index].missing = 0
    } else if watches[index].wasSeen {
      watches[index].missing += 1
    }
  }

  private mutating func announce(
    _ notice: AlertMachine.Notice, _ index: Int, before: Alert?, at now: Moment
  ) {
    guard notice == .resolved, let before else {
      transitions.append(AlertTransition(notice.kind, at: now, alert: alert(index)))
      return
    }
    let ended = ended(index, before, at: now)
    remember(ended)
    transitions.append(AlertTransition(.resolved, at: now, alert: ended))
  }

  private mutating func retire(_ index: Int, at now: Moment) {
    remember(ended(index, alert(index), at: now))
  }

  private mutating func remember(_ alert: Alert) {
    if resolved.count == AlertsMonitor.keptResolved { resolved.removeLast() }
    resolved.insert(alert, at: 0)
  }
}

extension AlertsMonitor {
  /// The alert of a rule as it stands.
  func alert(_ index: Int) -> Alert {
    let watch = watches[index]
    let machine = watch.machine
    var alert = Alert(
      id: "\(watch.rule.name)-\(machine.number)", rule: watch.rule.name,
      severity: machine.severity, category: watch.rule.category, state: machine.state,
      since: machine.since, value: watch.value, threshold: watch.threshold,
      message: watch.sentence, actions: watch.rule.actions)
    alert.acknowledgedBy = machine.acknowledgement?.by
    alert.shelvedUntil = machine.shelf?.until
    alert.firedAt = machine.firedAt
    alert.clearingSince = machine.clearingSince
    alert.clearsIn = machine.clearsIn
    alert.worst = watch.worst?.value ?? watch.value
    return alert
  }

  /// What is left of an alert: its worst moment.
  private func ended(_ index: Int, _ alert: Alert, at now: Moment) -> Alert {
    var ended = alert
    ended.state = .resolved
    ended.ended = now
    ended.clearingSince = nil
    ended.clearsIn = nil
    guard let worst = watches[index].worst else { return ended }
    ended.value = worst.value
    ended.message = worst.message
    return ended
  }

  /// What is alarming now; asked for between ticks when an operator has done something.
  public func reading() -> AlertsReading {
    var reading = AlertsReading()
    for index in watches.indices
    where watches[index].machine.phase != .well && !watches[index].isMuted {
      reading.active.append(alert(index))
    }
    reading.active.sort(by: AlertsMonitor.isBefore)
    reading.resolved = resolved
    reading.rules = watches.count { $0.isEnabled }
    let loud = reading.active.filter { $0.state == .firing || $0.state == .acknowledged }
    reading.severity = loud.map(\.severity).max() ?? .ok
    reading.headline = AlertsMonitor.headline(reading.active, loud: loud, rules: reading.rules)
    reading.history = history
    return reading
  }

  /// What speaks before what is quiet, worst before better, trouble before what is only kept, oldest first.
  private static func isBefore(_ a: Alert, _ b: Alert) -> Bool {
    let (quietA, quietB) = (a.state.isQuiet, b.state.isQuiet)
    if quietA != quietB { return quietB }
    if a.severity != b.severity { return a.severity > b.severity }
    let (clearsA, clearsB) = (a.clearingSince != nil, b.clearingSince != nil)
    if clearsA != clearsB { return clearsB }
    return a.since == b.since ? a.id < b.id : a.since < b.since
  }

  private static func headline(_ active: [Alert], loud: [Alert], rules: Int) -> Printable {
    let shelved = active.count { $0.state == .shelved }
    let aside = shelved > 0 ? ", \(shelved) shelved" : ""
    guard let worst = loud.first else {
      let pending = active.count { $0.state == .pending }
      let what = pending > 0 ? "\(pending) pending" : "no alerts"
      return "\(what), \(rules) rules watch\(aside)"
    }
    let others = loud.count > 1 ? " and \(loud.count - 1) more" : ""
    return "\(worst.message)\(others)\(aside)"
  }
}

extension AlertMachine {
  /// What a person is shown.
  var state: Alert.State {
    guard phase == .firing else { return shelf == nil ? .pending : .shelved }
    if shelf != nil { return .shelved }
    return acknowledgement == nil ? .firing : .acknowledged
  }
}

extension Alert.State {
  /// Whether it asks for nobody's attention now.
  var isQuiet: Bool {
    switch self {
    case .pending, .shelved, .resolved: true
    case .firing, .acknowledged: false
    }
  }
}
