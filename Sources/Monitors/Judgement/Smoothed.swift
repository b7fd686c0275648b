/// A value's mean over the last ten seconds or so; what is missing for long is forgotten.
struct Smoothed: Sendable, Equatable {
  private static let seconds = 8.0
  private static let patience = 30.0

  private(set) var value: Double?
  private var missing = 0.0

  /// Takes a value that holds for so many seconds.
  mutating func update(_ next: Double?, over elapsed: Double) {
    guard let next, next.isFinite else {
      missing += elapsed
      if missing > Smoothed.patience { value = nil }
      return
    }
    missing = 0
    guard let value else { return self.value = next }
    let weight = elapsed / (elapsed + Smoothed.seconds)
    self.value = value + (next - value) * weight
  }
}

extension Double {
  /// How far a value is on the way from one number to a greater one, 0 to 1.
  func ramp(_ begin: Double, _ end: Double) -> Double {
    guard isFinite, end > begin else { return 0 }
    return Swift.min(1, Swift.max(0, (self - begin) / (end - begin)))
  }
}
