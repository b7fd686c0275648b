/// How much of what they could the parts of a program get done for what they take.
struct Efficiency: Sendable {
  private struct Part: Sendable {
    var name: Printable
    /// The most frames for a second of processor time so far.
    var best: Double
  }

  private static let fading = 0.9995
  private static let most = 32
  private static let oldest = 10.0
  private static let leastWork = 0.02

  private var parts: [Part] = []
  private var level: QualityLevel?
  private var pace = Smoothed()
  /// Each part, in the order in which the program tells them.
  private(set) var components: [ComponentEfficiency] = []

  /// All of them, those that matter most weighing most; `nil` where nothing is known of any.
  var overall: Double? {
    var (sum, weight) = (0.0, 0.0)
    for component in components {
      guard let share = component.share else { continue }
      let weighs = 1 / Double(max(1, component.priority))
      sum += share.value * weighs
      weight += weighs
    }
    return weight > 0 ? sum / weight : nil
  }

  /// Takes what parts make, and what the program takes for it.
  mutating func update(_ input: Readings, over elapsed: Double) {
    let told = input.quality.components
    guard !told.isEmpty else {
      if !components.isEmpty { forget() }
      return
    }
    // At another level a frame is another piece of work.
    if level != input.quality.level {
      parts.removeAll()
      level = input.quality.level
    }
    pace.update(input.vitals.targetCPU.fresh?.value, over: elapsed)
    components.removeAll(keepingCapacity: true)
    for part in told.prefix(Efficiency.most) {
      var component = ComponentEfficiency(name: part.name, priority: part.priority)
      if let share = part.efficiency?.value {
        component.frames = Ratio(share)
        component.work = perProcessor(part).map(Ratio.init)
      }
      components.append(component)
    }
  }

  /// The target is another one.
  mutating func forget() { self = Efficiency() }

  /// Frames for the processor time of the whole program, against the best so far.
  private mutating func perProcessor(_ part: ComponentQuality) -> Double? {
    guard let frames = part.framesPerSecond, frames >= 0, let taken = pace.value,
      taken >= Efficiency.leastWork
    else { return nil }
    let now = frames / taken
    guard let place = parts.firstIndex(where: { $0.name == part.name }) else {
      parts.append(Part(name: part.name, best: now))
      return 1
    }
    parts[place].best = max(now, parts[place].best * Efficiency.fading)
    let best = parts[place].best
    return best > 0 ? min(1, now / best) : nil
  }
}

/// What one part gets done.
public struct ComponentEfficiency: Sendable, Equatable {
  /// Its name.
  public var name: Printable
  /// 1 matters most.
  public var priority: Int
  /// Its frames against the most that can be expected of it at this level of quality.
  public var frames: Ratio?
  /// Its frames for a second of the program's processor time, against the best so far at this level.
  public var work: Ratio?

  /// Knows nothing yet.
  public init(name: Printable, priority: Int) {
    self.name = name
    self.priority = priority
  }

  /// Both together; `nil` until enough was seen.
  public var share: Ratio? {
    frames.map { Ratio($0.value * (work?.value ?? 1)) }
  }
}
