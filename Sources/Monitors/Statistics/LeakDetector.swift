/// Tells a leak from what else makes an amount rise, while it happens and in bounded memory.
///
/// A leak raises the level that the amount returns to, keeps raising it, evenly, to heights that were never seen before.
/// So the least values of buckets are tested on several scales of time; how long one waits depends on how much is lost.
///
///     var detector = LeakDetector()
///     detector.update(412e6, at: 0)                     // bytes, seconds
///     detector.state.phase                              // .learning
public struct LeakDetector: Sendable {
  /// What is thought now.
  public private(set) var state = LeakState()
  /// Whether it is known from elsewhere that warming up is over, so that less patience is needed.
  public var isSettled = false

  private let tuning: LeakTuning
  private var ladder = BucketLadder()
  private var own: RobustSlope?
  private var origin: (seconds: Double, value: Double)?
  private var recent: (Double, Double, Double) = (0, 0, 0)
  private var taken = 0
  private var last = 0.0
  private var backwards = 0
  private var open: (number: Double, least: Double, greatest: Double)?
  private var alarm: Alarm?
  private var suspicion: (at: Double, until: Double)?

  /// A leak that goes on.
  private struct Alarm {
    var rung: Int
    var span: Double
    var slope: Double
    /// When it was seen to rise last.
    var risen: Double
    /// A slope that counts once it has risen for a while longer: until then what it shows may be over already.
    var next: (at: Double, slope: RobustSlope.Range)?
  }

  /// Seconds that the finest bucket takes.
  static let width = 5.0
  private static let patienceWithClocks = 10
  private static let testedRungs = 9

  /// How much memory a series takes once it has gone on for long; what several share counts too.
  public static var stateBytes: Int {
    MemoryLayout<LeakDetector>.size + BucketLadder.fullBytes + RobustSlope.fullBytes
  }

  /// Starts without a past.
  public init(_ tuning: LeakTuning = .memory) { self.tuning = tuning }

  /// Forgets everything: what comes is another story.
  public mutating func forget() {
    ladder.removeAll()
    state = LeakState()
    origin = nil
    taken = 0
    backwards = 0
    open = nil
    alarm = nil
    suspicion = nil
  }

  /// Takes a value in; what is no amount, or comes out of order, is left out.
  public mutating func update(_ value: Double, at seconds: Double) {
    var slopes = own ?? RobustSlope()
    own = nil
    update(value, at: seconds, with: &slopes)
    own = slopes
  }

  /// The same with room for arithmetic that several detectors share.
  mutating func update(_ value: Double, at seconds: Double, with slopes: inout RobustSlope) {
    guard value.isFinite, value >= 0, seconds.isFinite, abs(seconds) < 1e12 else { return }
    guard let origin else {
      self.origin = (seconds, value)
      last = seconds
      take(value, at: 0, &slopes)
      return
    }
    guard seconds > last else { return turnBack(to: seconds) }
    backwards = 0
    last = seconds
    take(value, at: seconds - origin.seconds, &slopes)
  }

  /// A clock that was put back goes on from where it was.
  private mutating func turnBack(to seconds: Double) {
    guard seconds < last else { return }
    backwards += 1
    guard backwards >= LeakDetector.patienceWithClocks, let known = origin else { return }
    origin = (known.seconds + seconds - last, known.value)
    backwards = 0
    last = seconds
  }

  /// One value that is out of line, as when a program becomes another one, moves no floor.
  private mutating func take(
    _ value: Double, at time: Double, _ slopes: inout RobustSlope
  ) {
    if tuning.isSparse { return close(at: time, value, value, &slopes) }
    recent = (recent.1, recent.2, value)
    taken += 1
    guard taken >= 3 else { return }
    let middle = max(min(recent.0, recent.1), min(max(recent.0, recent.1), recent.2))
    let number = (time / LeakDetector.width).rounded(.down)
    guard let open, open.number == number else {
      if let open {
        let time = (open.number + 0.5) * LeakDetector.width
        close(at: time, open.least, open.greatest, &slopes)
      }
      self.open = (number, middle, middle)
      return
    }
    self.open = (number, min(open.least, middle), max(open.greatest, middle))
  }

  private mutating func close(
    at time: Double, _ least: Double, _ greatest: Double, _ slopes: inout RobustSlope
  ) {
    guard let origin else { return }
    let bucket = BucketLadder.Bucket(
      time: Int32(clamping: Int64(time * LeakWindow.tenths)), least: Float(least - origin.value),
      greatest: Float(greatest - origin.value))
    let rungs = ladder.append(bucket)
    for rung in 0..<min(rungs, LeakDetector.testedRungs) { judge(rung, now: time, &slopes) }
    settle(now: time)
  }
}

extension LeakDetector {
  private mutating func judge(_ rung: Int, now: Double, _ slopes: inout RobustSlope) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: LeakWindow.room) { room in
      guard
        let window = LeakWindow(
          ladder, rung: rung, fewest: tuning.sizes.first ?? 24, in: room)
      else { return }
      if let alarm, alarm.rung == rung { follow(window, alarm, now, &slopes) }
      if rung == 0, alarm == nil { see(window, size: window.count) }
      for size in tuning.sizes where size <= window.count && isWorthwhile(size, window, rung, now) {
        if let finding = find(size, window, rung, &slopes) { take(finding, rung: rung, now: now) }
      }
    }
  }

  /// Whether a test could tell anything new: most of what it costs goes into slopes, and a rough one comes free.
  private func isWorthwhile(_ size: Int, _ window: LeakWindow, _ rung: Int, _ now: Double) -> Bool {
    let span = window.span(size)
    let growth = window.growth(size)
    guard span >= least, growth >= tuning.leastGrowth else { return false }
    if let alarm {
      return rung > alarm.rung && size == tuning.sizes.last && !window.hasGap(size)
    }
    let isFresh = suspicion.map { now - $0.at < LeakDetector.suspicionLasts / 4 } ?? false
    let steepest = 2.2 * growth / span
    let start = level(window.floor - growth)
    let waits = isFresh ? (isSettled ? tuning.settled : tuning.confirmed) : shortest
    return span >= waits.seconds(slope: steepest, floor: start)
  }

  private static let suspicionLasts = 240.0
  private static let noiseToSee = 8.0
  /// Of fewer buckets only an even rise tells anything.
  private static let enough = 23

  /// Whether the newest buckets look like a leak, however long they have done so.
  private func find(
    _ size: Int, _ window: LeakWindow, _ rung: Int, _ slopes: inout RobustSlope
  ) -> LeakWindow.Finding? {
    let span = window.span(size)
    guard let spread = window.spread(size), let slope = window.slope(size, with: &slopes),
      slope.middle > 0
    else { return nil }
    let start = level(window.floor - spread.growth)
    guard span >= shortest.seconds(slope: Double(slope.middle), floor: start) else { return nil }
    guard let finding = window.finding(size, spread, slope: slope, with: &slopes),
      finding.isEven || size >= LeakDetector.enough,
      window.floor - known(before: finding.begins, above: rung) >= 0.5 * spread.growth
    else { return nil }
    return finding
  }

  private var shortest: LeakTuning.Wait { isSettled ? tuning.settled : tuning.suspected }
  private var least: Double { min(tuning.suspected.least, tuning.settled.least) }
  private func level(_ value: Double) -> Double { value + (origin?.value ?? 0) }

  /// The highest level that was held for a while before a time, as coarser rungs remember it.
  private func known(before time: Double, above rung: Int) -> Double {
    let coarse = min(rung + 2, BucketLadder.height - 1)
    var highest = -Double.infinity
    for index in 0..<ladder.count(coarse) {
      let bucket = ladder.bucket(coarse, index)
      guard Double(bucket.time) / LeakWindow.tenths < time else { break }
      highest = max(highest, Double(bucket.least))
    }
    return highest
  }

  private mutating func take(_ finding: LeakWindow.Finding, rung: Int, now: Double) {
    let slope = Double(finding.slope.middle)
    let start = level(finding.start)
    let span = finding.evidence.span
    let isConfirmed =
      span >= tuning.confirmed.seconds(slope: slope, floor: start)
      || isSettled && finding.isEven && span >= tuning.settled.seconds(slope: slope, floor: start)
    if alarm != nil, !isConfirmed { return }
    suspicion = (now, now + max(LeakDetector.suspicionLasts, span / 4))
    if state.suspectedAt == nil { state.suspectedAt = absolute(now) }
    state.evidence = finding.evidence
    describe(finding.slope)
    state.since = min(state.since ?? .infinity, absolute(beginning(finding, rung)))
    guard isConfirmed else { return }
    if state.alarmedAt == nil { state.alarmedAt = absolute(now) }
    state.resolvedAt = nil
    if alarm == nil || (alarm?.span ?? 0) < finding.evidence.span {
      alarm = Alarm(rung: rung, span: finding.evidence.span, slope: slope, risen: now)
    }
  }

  private func absolute(_ time: Double) -> Double { time + (origin?.seconds ?? 0) }

  /// When the rise began that a window shows: as far back as the past lies on the same line.
  private func beginning(_ finding: LeakWindow.Finding, _ rung: Int) -> Double {
    let coarse = min(rung + 2, BucketLadder.height - 1)
    let tolerance = max(3 * finding.evidence.noise, 0.1 * finding.evidence.growth)
    var begins = finding.begins
    for index in stride(from: ladder.count(coarse) - 1, through: 0, by: -1) {
      let bucket = ladder.bucket(coarse, index)
      let time = Double(bucket.time) / LeakWindow.tenths
      guard time < finding.begins else { continue }
      let line = finding.start - Double(finding.slope.middle) * (finding.begins - time)
      guard abs(Double(bucket.least) - line) <= tolerance else { break }
      begins = time
    }
    return begins
  }

  private mutating func describe(_ slope: RobustSlope.Range) {
    state.slope = Double(slope.middle)
    state.slopeRange = Double(slope.low)...max(Double(slope.low), Double(slope.high))
  }

  private mutating func see(_ window: LeakWindow, size: Int) {
    state.floor = level(window.floor)
    state.ceiling = level(window.ceiling(slope: state.slope))
    state.measuredAt = absolute(window.end)
    state.unevenness = window.unevenness(size)
  }

  /// After the alarm: the slope of now, and whether it is over.
  private mutating func follow(
    _ window: LeakWindow, _ alarm: Alarm, _ now: Double, _ slopes: inout RobustSlope
  ) {
    // As long as noise could hide the growth that is expected, nothing is over.
    let hidden = LeakDetector.noiseToSee * state.evidence.noise / max(alarm.slope, 1e-9)
    let needed = max(tuning.resolve, alarm.span / 2, hidden)
    let size = Int(min(Double(BucketLadder.capacity), (needed / window.pace).rounded(.up)))
    guard size <= window.count, let drift = window.drift(size) else { return }
    if drift < 0.1 * alarm.slope {
      self.alarm = nil
      suspicion = nil
      state.resolvedAt = absolute(window.end)
      return
    }
    refine(window, size, drift, now, &slopes)
    see(window, size: size)
  }

  /// What is said of a leak stays as it was from when its floor rests, or while nobody looked.
  private mutating func refine(
    _ window: LeakWindow, _ size: Int, _ drift: Double, _ now: Double,
    _ slopes: inout RobustSlope
  ) {
    guard let newest = window.drift(size / 2), newest >= 0.7 * drift else { return }
    alarm?.risen = now
    guard !window.hasGap(size) else {
      alarm?.next = nil
      return
    }
    if let next = alarm?.next {
      guard now - next.at >= Double(size / 4) * window.pace else { return }
      describe(next.slope)
    }
    alarm?.next = window.slope(size, with: &slopes).map { (now, $0) }
  }

  private mutating func settle(now: Double) {
    if let alarm {
      state.phase = .leaking
      let lasted = absolute(alarm.risen) - (state.alarmedAt ?? absolute(now))
      let doubt = 4 * state.evidence.noise / max(1, state.evidence.growth)
      state.confidence = 0.97 + 0.02 * min(1, max(0, lasted) / alarm.span) - 0.04 * min(1, doubt)
    } else if let suspicion, now <= suspicion.until {
      state.phase = .suspected
      state.confidence = 0.85
    } else {
      suspicion = nil
      // Of fewer buckets no test could have told a leak, however much time they span.
      let isKnown = now >= tuning.learning && ladder.count(0) >= (tuning.sizes.first ?? 24)
      state.phase = isKnown ? .none : .learning
      state.slope = 0
      state.slopeRange = 0...0
      state.since = nil
      let waited = now / (now + tuning.confirmed.most)
      state.confidence = state.phase == .learning ? 0 : waited
    }
  }
}
