/// A change of the level, and what it achieved.
public struct QualityChange: Sendable, Equatable {
  /// When the target ran at the new level for the first time.
  public var at: Moment
  /// The level before.
  public var from: QualityLevel
  /// The level after.
  public var to: QualityLevel
  /// How things stood before.
  public var before: QualityMeasure
  /// How things stood when they had settled; `nil` until then.
  public var after: QualityMeasure?

  /// `high → medium: pressure 91 → 74 %, 21 → 28 fps`
  public var words: Printable {
    let levels = "\(from.title) → \(to.title)"
    guard let after else { return Printable("\(levels): not settled yet") }
    let parts = QualityMeasure.compare(before, after)
    return Printable(parts.isEmpty ? levels : "\(levels): \(parts.joined(separator: ", "))")
  }
}

/// What a level is judged by.
public struct QualityMeasure: Sendable, Equatable {
  /// Smoothed pressure.
  public var pressure: Double?
  /// Frames a second of the part that matters most.
  public var framesPerSecond: Double?
  /// How long its frames take, in seconds.
  public var latency: Double?
  /// Resident memory.
  public var resident: Double?

  /// Knows nothing.
  public init() {}

  /// Moves part of the way to newer values.
  mutating func blend(_ newer: QualityMeasure) {
    pressure = newer.pressure ?? pressure
    framesPerSecond = QualityMeasure.blend(framesPerSecond, newer.framesPerSecond)
    latency = QualityMeasure.blend(latency, newer.latency)
    resident = newer.resident ?? resident
  }

  private static func blend(_ old: Double?, _ new: Double?) -> Double? {
    guard let new, new.isFinite else { return old }
    return old.map { $0 + 0.3 * (new - $0) } ?? new
  }

  static func compare(_ before: QualityMeasure, _ after: QualityMeasure) -> [String] {
    let pair = { (a: Double?, b: Double?, text: (Double, Double) -> String) -> String? in
      guard let a, let b else { return nil }
      return text(a, b)
    }
    let whole = { (value: Double) in Units.fixed(value, digits: value < 9.95 ? 1 : 0) }
    return [
      pair(before.pressure, after.pressure) {
        "pressure \(Units.fixed($0 * 100, digits: 0)) → \(Units.fixed($1 * 100, digits: 0)) %"
      },
      pair(before.framesPerSecond, after.framesPerSecond) { "\(whole($0)) → \(whole($1)) fps" },
      pair(before.latency, after.latency) {
        "latency \(whole($0 * 1000)) → \(whole($1 * 1000)) ms"
      },
      pair(before.resident, after.resident) {
        "RSS \(Units.scaled($0, unit: "B")) → \(Units.scaled($1, unit: "B"))"
      },
    ].compactMap { $0 }
  }
}

/// Follows the level and measures what each change of it achieves.
struct QualityEffects: Sendable {
  private static let settling = 15.0
  private static let kept = 8

  private(set) var changes: [QualityChange] = []
  private var level: QualityLevel?
  private var recent = QualityMeasure()

  /// Takes one sample's level and measures.
  mutating func update(_ present: QualityLevel, _ measure: QualityMeasure, at now: Moment) {
    if let level, level != present {
      settle(isForced: true, at: now)
      changes.append(QualityChange(at: now, from: level, to: present, before: recent))
      if changes.count > QualityEffects.kept { changes.removeFirst() }
    }
    level = present
    recent.blend(measure)
    settle(isForced: false, at: now)
  }

  /// Another process, or a link that was gone: nothing compares.
  mutating func interrupt() {
    level = nil
    recent = QualityMeasure()
    if let last = changes.last, last.after == nil { changes.removeLast() }
  }

  /// Each is measured once: when it has settled, or as it stands when the next one comes.
  private mutating func settle(isForced: Bool, at now: Moment) {
    guard let last = changes.last, last.after == nil else { return }
    guard isForced || now.seconds(since: last.at) >= QualityEffects.settling else { return }
    changes[changes.count - 1].after = recent
  }
}
