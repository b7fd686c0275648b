/// Finds where a series changes its level and stays there: latencies, throughput, whatever is above 0 and noisy.
///
/// A change of variance, two modes, a season or a few outliers is no shift. What is said at a sample depends on that
/// sample and those before it alone. State is bounded: 48 sums of stretches, and the newest samples to find the place.
///
///     var detector = ShiftDetector()
///     for latency in latencies {
///       if let shift = detector.update(latency) { print(shift.changedAt, shift.direction, shift.magnitude) }
///     }
public struct ShiftDetector: Sendable {
  /// Logarithms of the newest samples.
  private var recent: Ring<Float>
  private var blocks = ShiftBlocks()
  /// The sum of the stretch that is not full yet.
  private var open = (sum: 0.0, width: 0)
  /// The number of the first sample of the present level.
  private var begun = 0
  private var centre = 0.0
  /// The deviation of the first level's noise; 0 while that is being learned.
  private var scale = 0.0
  private let rules = ShiftRules.usual

  /// How many samples there have been.
  public private(set) var samples = 0
  /// What came nearest to a shift so far, where nothing has.
  public private(set) var candidate: ShiftCandidate?

  /// Samples below which nothing is ever said.
  public static let fewest = Int(ShiftRules.usual.leastSamples)
  /// How many of the newest samples are kept where nothing else is asked for.
  public static let usualMemory = 512
  /// The least strength of a shift.
  public static let strengthNeeded = ShiftRules.usual.strength
  /// The least confidence in one.
  public static let confidenceNeeded = ShiftRules.usual.separation
  /// What is not above 0 counts as this.
  private static let least = 1e-12

  /// Knows nothing yet.
  ///
  /// - Parameter memory: How many of the newest samples are kept to find the place of a change.
  public init(memory: Int = usualMemory) {
    recent = Ring(capacity: max(memory, 2 * rules.baseline), reserves: false)
  }

  /// Forgets the series; the next sample is the first of another one.
  public mutating func forget() {
    recent.removeAll()
    blocks.removeAll()
    open = (0, 0)
    (begun, samples) = (0, 0)
    scale = 0
    candidate = nil
  }

  /// Takes the next sample in and tells of a shift as soon as one can be seen; what is no number is passed over.
  public mutating func update(_ value: Double) -> Shift? {
    guard !value.isNaN else { return nil }
    let level = min(max(value, ShiftDetector.least), 1 / ShiftDetector.least).logarithm
    recent.append(Float(level))
    samples += 1
    guard scale > 0 else {
      if samples - begun >= rules.baseline { learn() }
      return nil
    }
    return take(level) ? judge() : nil
  }

  /// Adds a sample; true where it completes a stretch.
  private mutating func take(_ level: Double) -> Bool {
    open.sum += clipped(level)
    open.width += 1
    guard open.width == ShiftBlocks.shortest else { return false }
    blocks.append(sum: open.sum)
    open = (0, 0)
    return true
  }

  /// Takes the level and its noise from what there is of it, and begins with that.
  private mutating func learn() {
    let kept = max(begun, samples - recent.count)
    let first = recent.count - (samples - kept)
    let count = min(rules.baseline, samples - kept)
    centre = middle(first..<first + count) { $0 }
    let level = centre
    scale = max(
      rules.leastScale, ShiftDetector.deviation * middle(first..<first + count) { abs($0 - level) })
    for place in first + start(from: first)..<recent.count { _ = take(Double(recent[place])) }
  }

  /// How many samples a start takes that is unlike what follows: caches fill, and programs are translated as they run.
  private func start(from first: Int) -> Int {
    let length = ShiftBlocks.shortest
    var skipped = 0
    while skipped + length <= min(rules.start, recent.count - first) {
      let stretch = first + skipped..<first + skipped + length
      let off = stretch.reduce(0) { $0 + clipped(Double(recent[$1])) } / Double(length)
      guard abs(off) >= rules.startOff else { break }
      skipped += length
    }
    return skipped
  }

  private func clipped(_ level: Double) -> Double {
    min(max((level - centre) / scale, -rules.clip), rules.clip)
  }

  /// The deviation of a normal distribution by the median of absolute differences.
  private static let deviation = 1.4826

  private mutating func judge() -> Shift? {
    guard Double(samples - begun) >= rules.leastSamples, let split = blocks.strongest(rules) else {
      return nil
    }
    guard split.strength > 0.5 * rules.strength else { return note(split, .strength) }
    let wander = blocks.wander(split)
    let strength =
      wander > rules.wander
      ? split.strength * ((1 - wander) / (1 + wander)).squareRoot()
      : split.strength
    guard strength >= rules.strength else { return note(split, .strength, strength) }
    guard abs(split.difference) >= rules.difference else { return note(split, .size, strength) }
    let separation = blocks.separation(split)
    guard separation >= rules.separation else { return note(split, .separation, strength) }
    guard blocks.held(split, newest: rules.newest) >= rules.held,
      blocks.held(split, newest: 1) >= rules.heldLast
    else {
      return note(split, .persistence, strength)
    }
    return accept(split, strength, separation)
  }

  private mutating func note(
    _ split: ShiftBlocks.Split, _ lack: ShiftCandidate.Lack, _ strength: Double? = nil
  ) -> Shift? {
    let strength = strength ?? split.strength
    guard strength > candidate?.strength ?? 0 else { return nil }
    candidate = ShiftCandidate(
      place: samples - open.width - Int(split.after), strength: strength,
      magnitude: (split.difference * scale).exponential - 1, lack: lack)
    return nil
  }

  private mutating func accept(_ split: ShiftBlocks.Split, _ strength: Double, _ separation: Double)
    -> Shift?
  {
    let place = onset(split)
    // What begins within the start is the end of the start.
    guard samples - place >= rules.leastStay, place - begun >= rules.start else {
      return note(split, .persistence, strength)
    }
    let first = recent.count - (samples - place)
    let known = max(0, recent.count - (samples - begun), first - Int(split.before))..<first
    let before =
      known.count < rules.baseline / 4 ? centre + split.low * scale : middle(known) { $0 }
    // Where it is still on its way the end is nearer to the new level than the whole.
    let after = middle(recent.count - min(samples - place, rules.baseline)..<recent.count) { $0 }
    guard abs(after - before) >= (1 + rules.magnitude).logarithm else {
      return note(split, .size, strength)
    }
    let shift = Shift(
      detectedAt: samples - 1, changedAt: place, direction: after > before ? .up : .down,
      before: ShiftDetector.value(before), after: ShiftDetector.value(after),
      confidence: separation, strength: strength)
    begin(at: place)
    return shift
  }

  /// The sample at which the change began, as far as the newest samples reach back.
  private func onset(_ split: ShiftBlocks.Split) -> Int {
    let count = recent.count
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: count) { window in
      for place in 0..<count { window[place] = clipped(Double(recent[place])) }
      let earliest = max(count - (samples - begun) + rules.baseline / 4, 1)
      let latest = max(earliest + 1, count - rules.baseline / 2)
      let place = ShiftOnset.place(
        in: window, from: split.low, among: earliest..<latest, patience: rules.patience)
      return samples - count + place
    }
  }

  /// What came before a change is no part of the new level.
  private mutating func begin(at place: Int) {
    begun = place
    blocks.removeAll()
    open = (0, 0)
    scale = 0
    candidate = nil
    if samples - begun >= rules.baseline / 2 { learn() }
  }

  private static func value(_ level: Double) -> Double {
    level <= ShiftDetector.least.logarithm + 1 ? 0 : level.exponential
  }

  /// The median of something about some of the newest samples.
  private func middle(_ places: Range<Int>, _ body: (Double) -> Double) -> Double {
    guard !places.isEmpty else { return 0 }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: places.count) { values in
      for (index, place) in places.enumerated() { values[index] = body(Double(recent[place])) }
      return Median.of(values)
    }
  }
}
