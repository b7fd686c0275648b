/// How many frames parts make against what they made at best, as a pressure.
///
/// A cheaper level may leave frames out on purpose, so that the best of a dearer one is expected of it only in the
/// share that is not skipped; otherwise giving way would look like a reason to give way.
struct FrameRates: Sendable {
  private static let fading = 0.9995
  private static let oldest = 10.0
  private static let fewest = 5
  /// Losing so large a share of frames means the same as pressure at which a controller gives way.
  private static let bearable = 0.30
  private static let most = 64

  private struct Part: Sendable {
    var best: [Double]
    var recent: [Double] = []
    var seen = 0
  }

  private var parts: [Printable: Part] = [:]

  /// Takes what parts say at a level, and says how much pressure their lost frames are; `nil` where none tells.
  mutating func update(
    _ components: [ComponentSample], level: Int, skips: [Int]
  ) -> Double? {
    var worst: Double?
    for component in components.prefix(FrameRates.most) {
      guard let frames = component.framesPerSecond, frames.isFinite, frames >= 0,
        component.age < FrameRates.oldest, skips.indices.contains(level)
      else { continue }
      note(frames, of: component.name, level: level, levels: skips.count)
      guard let share = share(component.name, level: level, skips: skips) else { continue }
      worst = max(worst ?? 0, (1 - share) / FrameRates.bearable * 0.85)
    }
    return worst
  }

  /// Frames against the best that is expected at a level; `nil` where too little was seen.
  func share(_ name: Printable, level: Int, skips: [Int]) -> Double? {
    guard let part = parts[name], part.seen >= FrameRates.fewest, let now = part.recent.last
    else { return nil }
    var expected = 0.0
    for other in level..<min(part.best.count, skips.count) {
      let kept = Double(skips[other] + 1) / Double(skips[level] + 1)
      expected = max(expected, part.best[other] * min(1, kept))
    }
    guard expected > 0 else { return nil }
    let middle = part.recent.sorted()[part.recent.count / 2]
    return min(1, max(middle, part.recent.count < 3 ? now : middle) / expected)
  }

  /// The level has changed: what comes now belongs to the new one.
  mutating func move() {
    for name in parts.keys {
      parts[name]?.recent.removeAll(keepingCapacity: true)
      parts[name]?.seen = 0
    }
  }

  mutating func forget() { parts = [:] }

  private mutating func note(_ frames: Double, of name: Printable, level: Int, levels: Int) {
    guard parts[name] != nil || parts.count < FrameRates.most else { return }
    var part = parts[name] ?? Part(best: Array(repeating: 0, count: levels))
    if part.best.count != levels { part.best = Array(repeating: 0, count: levels) }
    if part.recent.count == 5 { part.recent.removeFirst() }
    part.recent.append(frames)
    part.seen += 1
    // A program that was changed to make fewer frames must not look short of them for ever.
    for index in part.best.indices { part.best[index] *= FrameRates.fading }
    if part.seen >= FrameRates.fewest {
      let middle = part.recent.sorted()[part.recent.count / 2]
      part.best[level] = max(part.best[level], middle)
    }
    parts[name] = part
  }
}
