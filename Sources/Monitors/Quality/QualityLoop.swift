/// Steers a target that obeys: asks for the level that pressure calls for, and sees what becomes of that.
///
/// What another viewer or an operator does is followed and learned from; what the target ignores is not asked for
/// again at once, and each time later.
struct QualityLoop: Sendable {
  private static let patience = 15
  private static let firstPause = 60
  private static let longestPause = 1200

  /// What the target says of itself.
  struct Target: Sendable, Equatable {
    var level: Int
    var isManual: Bool
    var isOffered: Bool
    /// Whether what is asked for reaches it at all.
    var isReached = true
  }

  private struct Asked: Sendable {
    var from: Int
    var level: Int
    var at: Int
  }

  private(set) var controller: GainAware
  private var asked: Asked?
  private var time = 0
  private var pausedUntil = 0
  private var pause = QualityLoop.firstPause

  init(prior: [Double], level: Int) { controller = GainAware(prior: prior, level: level) }

  /// The level the target should be told to run at now.
  var wanted: Int? { asked?.level }

  /// Whether the target ignored the last order.
  var isIgnored: Bool { time < pausedUntil }

  /// Takes one second in: the pressure, and how the target runs.
  mutating func step(_ pressure: Double, _ target: Target) {
    time += 1
    heed(target)
    guard !target.isManual, target.isOffered, time >= pausedUntil else {
      asked = nil
      return controller.observe(pressure)
    }
    if asked != nil { return controller.observe(pressure, isInEffect: false) }
    let before = controller.level
    let next = controller.update(pressure)
    if next != target.level { asked = Asked(from: before, level: next, at: time) }
  }

  /// The target can't be asked: nothing is wanted of it, and nothing is known.
  mutating func lose() {
    guard let asked else { return }
    controller.giveUp(at: asked.from)
    self.asked = nil
  }

  /// Sees whether what was asked for was done, or something else was.
  private mutating func heed(_ target: Target) {
    guard let asked else {
      if target.level != controller.level { controller.follow(target.level) }
      return
    }
    if target.level == asked.level {
      controller.confirm()
      pause = QualityLoop.firstPause
      self.asked = nil
    } else if target.isManual || target.level != asked.from {
      controller.giveUp(at: asked.from)
      controller.follow(target.level)
      self.asked = nil
    } else if time - asked.at >= QualityLoop.patience {
      controller.giveUp(at: target.level)
      self.asked = nil
      guard target.isReached else { return }
      pausedUntil = time + pause
      pause = min(QualityLoop.longestPause, pause * 2)
    }
  }
}
