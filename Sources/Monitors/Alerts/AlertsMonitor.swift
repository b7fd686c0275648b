/// Turns readings into alerts: a state machine for each rule, what silences what, and what people did.
///
/// All time is monotonic; a wall clock that jumps changes nothing.
public struct AlertsMonitor: Monitor {
  /// Its word.
  public static var word: Word { .alerts }

  private static let longestGap = 5.0
  private static let leastGap = 1.0

  /// The rules in the order in which they are judged, and their places by name.
  var posts: [Post]
  var places: [String: Int]
  var undoable: [Undo] = []
  var owed: [AlertTransition] = []
  /// What a journal told and nobody here has said: it is shown nowhere, and may be news to channels of this program.
  var learned: [AlertTransition] = []
  var facts = AlertFacts()
  var last: Moment?
  var tick: UInt64 = 0
  private var lastInterval = 0.0
  private var process: (pid: Int32, startTicks: UInt64, generation: Int)?
  /// The process that is watched, or was last.
  var subject: AlertSubject?
  var resolved: [Alert] = []
  var firings: [Moment] = []
  var history = Series()
  /// Open alerts that nothing here watches, by what the journal or the end of a target left.
  var others: [AlertKey: Alert] = [:]
  /// Those of them whose end was seen here.
  var held: Set<AlertKey> = []
  var standing = JournalStanding.none
  /// How the delivery of alerts goes, for the reading.
  var delivery: Printable = ""
  var isDeliveryFailing = false
  var journal: [AlertTransition] = []
  private var loud = Loudness()
  /// Places of the rules whose alerts are not all well.
  private var awake: [Int] = []
  /// How many rules watch.
  var watching: Int
  private var mostMissing = (machine: 0, target: 0)

  /// What happened in the last call of `judge`, and what people did since the one before.
  public internal(set) var transitions: [AlertTransition] = []

  /// Starts with the usual rules, and what a person has made of them.
  public init(_ settings: AlertsConfig) {
    self.init(rules: AlertRules.all(settings), settings)
  }

  /// Starts with any rules.
  public init(rules: [AlertRule]) { self.init(rules: rules, nil) }

  init(rules: [AlertRule], _ settings: AlertsConfig?) {
    posts = AlertsMonitor.posts(rules, settings)
    places = AlertsMonitor.places(posts)
    watching = posts.count { $0.isEnabled }
  }

  /// Takes one tick in.
  public mutating func judge(_ input: AlertsInput) -> AlertsReading {
    transitions = owed
    owed.removeAll(keepingCapacity: true)
    tick &+= 1
    let now = input.readings.sample.moment
    let (elapsed, isGap) = pass(to: now, interval: input.readings.interval)
    follow(input)
    if isGap { facts.forgetGap() } else { facts.update(input, elapsed: elapsed) }
    (facts.missingTicks, facts.missingTargetTicks) = (mostMissing.machine, mostMissing.target)
    mostMissing = (0, 0)
    loud.begin()
    let time = Time(now: now, elapsed: elapsed, isGap: isGap)
    awake.removeAll(keepingCapacity: true)
    for post in posts.indices {
      step(post, input, time)
      if posts[post].isAwake { awake.append(post) }
    }
    if !firings.isEmpty { firings.removeAll { now.seconds(since: $0) > AlertFigures.window } }
    let active = activeAlerts(awake)
    history.append(Double(active.count { !$0.state.isQuiet }))
    return reading(active)
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
    if isThere, input.readings.sample.target.value == nil { return }
    let root = input.readings.sample.target.value?.root
    let generation = input.readings.sample.target.value?.generation
    if isThere, root?.pid == process?.pid, root?.startTicks == process?.startTicks,
      generation == process?.generation
    {
      return
    }
    if !isThere, process == nil { return }
    let now = input.readings.sample.moment
    facts.forgetTarget()
    for post in posts.indices where posts[post].rule.subject == .target { clear(post, at: now) }
    process = isThere ? root.map { ($0.pid, $0.startTicks, generation ?? 0) } : nil
    guard isThere, let root else { return }
    let next = AlertSubject.process(pid: root.pid, startTicks: root.startTicks)
    if next != subject {
      for post in posts.indices where !posts[post].rule.isOfMachineAlone { clear(post, at: now) }
    }
    subject = next
    takeUpOthers(at: now)
  }

  /// Forgets the target and the graph, and of what is over all but some.
  mutating func beginRecord(keeping isKept: (Alert) -> Bool) {
    facts.forgetTarget()
    process = nil
    subject = nil
    resolved.removeAll { !isKept($0) }
    history = Series()
  }

  /// When a tick is, and what it stands for.
  struct Time {
    var now: Moment
    var elapsed: Double
    var isGap: Bool
  }

  /// Rules are read in place: to copy one costs more than to judge it.
  private mutating func step(_ post: Int, _ input: AlertsInput, _ time: Time) {
    guard posts[post].rule.isEnabled else { return }
    if posts[post].rule.subject == .target, input.target != .watched { return }
    if let each = posts[post].rule.readEach { return stepEach(post, each, input, time) }
    let evidence = posts[post].rule.read(input, facts)
    if !time.isGap { note(evidence, post) }
    judge(evidence, Spot(post: post, watch: 0), input, time)
  }

  private mutating func note(_ evidence: AlertRule.Evidence?, _ post: Int) {
    if evidence?.value.isFinite == true {
      posts[post].watches[0].wasSeen = true
      posts[post].watches[0].missing = 0
    } else if posts[post].watches[0].wasSeen, !posts[post].rule.isSilentWithoutData {
      posts[post].watches[0].missing += 1
      let missing = posts[post].watches[0].missing
      if posts[post].rule.subject == .machine {
        mostMissing.machine = max(mostMissing.machine, missing)
      } else {
        mostMissing.target = max(mostMissing.target, missing)
      }
    }
  }

  /// Takes the evidence of one watch.
  mutating func judge(
    _ evidence: AlertRule.Evidence?, _ spot: Spot, _ input: AlertsInput, _ time: Time
  ) {
    let verdict = posts[spot.post].rule.verdict(evidence)
    if verdict != .bad, posts[spot.post].watches[spot.watch].machine.isAtRest { return }
    let isOver = self[spot].machine.advance(
      verdict, at: time.now, elapsed: time.elapsed, isGap: time.isGap)
    if isOver { return finish(spot, at: time.now) }
    name(spot)
    guard self[spot].machine.phase != .well else {
      self[spot].worst = nil
      return
    }
    if let evidence, verdict != .missing { tell(evidence, spot, input, at: time.now) }
    let isMuted = isMuted(spot)
    self[spot].isMuted = isMuted
    if self[spot].machine.phase == .firing {
      loud.add(posts[spot.post].rule, spot, self[spot].label)
    }
    if self[spot].machine.firesAside() {
      add(.shelved, spot, at: time.now, by: self[spot].machine.shelf?.by)
    }
    guard let notice = self[spot].machine.speak(at: time.now, isMuted: isMuted) else { return }
    if notice == .fired { firings.append(time.now) }
    add(notice.kind, spot, at: time.now)
  }

  private mutating func tell(
    _ evidence: AlertRule.Evidence, _ spot: Spot, _ input: AlertsInput, at now: Moment
  ) {
    self[spot].value = evidence.value
    let bound = posts[spot.post].rule.bound
    self[spot].trace.append(evidence.value, at: now) { bound.isWorse($0, than: $1) }
    guard self[spot].machine.clearingSince == nil else { return }
    self[spot].threshold = posts[spot.post].rule.threshold(evidence)
    let own = posts[spot.post].rule.tellOwn?(evidence, self[spot].label)
    let message = own ?? posts[spot.post].rule.tell(input, facts, evidence)
    self[spot].message = message
    let worst = self[spot].worst?.value
    if worst.map({ posts[spot.post].rule.bound.isWorse($0, than: evidence.value) }) != true {
      self[spot].worst = (evidence.value, message)
    }
  }

  /// Whether another alert says more: one that its rule names, a worse one of the same value, or an emergency.
  private func isMuted(_ spot: Spot) -> Bool {
    let label = self[spot].label
    for place in posts[spot.post].inhibitors {
      let isFiring = posts[place].watches.contains {
        $0.machine.phase == .firing
          && ($0.label == label || $0.label.isEmpty || label.isEmpty)
      }
      if isFiring { return true }
    }
    return loud.mutes(posts[spot.post].rule, label)
  }
}
