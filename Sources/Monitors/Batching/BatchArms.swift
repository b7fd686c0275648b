/// What was seen of each size: means of the logarithm of throughput that forget slowly, and how noisy it is.
struct BatchArms: Sendable {
  private struct Arm: Sendable {
    var place: Double
    var weight = 0.0
    var sum = 0.0
  }

  private static let keeps = 0.99
  private static let noiseKeeps = 0.98
  private static let leastVariance = 4e-4
  private static let capReach = 0.06
  private static let largestScale = 1e9
  /// Beyond so many bandwidths a neighbour says nothing.
  private static let reach = 3.5

  /// The place of the size that memory just allows, behind all others.
  let cap: Int
  private var arms: [Arm]
  /// The weight of an observation made now: growing it forgets all others at once.
  private var scale = 1.0
  private var squares = 0.02
  private var degrees = 2.0
  /// Arms of which anything is known.
  private(set) var seen: [Int] = []
  /// Variance of one observation.
  private(set) var variance = 0.01

  init() {
    arms = BatchGrid.places.map { Arm(place: $0) }
    cap = arms.count
    arms.append(Arm(place: 99))
  }

  /// How many observations an arm is worth.
  func count(_ arm: Int) -> Double { arms[arm].weight / scale }

  /// The mean of an arm; `nil` where it was never seen.
  func mean(_ arm: Int) -> Double? {
    arms[arm].weight > 0 ? arms[arm].sum / arms[arm].weight : nil
  }

  mutating func add(_ value: Double, to arm: Int) {
    if arms[arm].weight == 0 { seen.append(arm) }
    arms[arm].weight += scale
    arms[arm].sum += value * scale
  }

  /// Takes the square of a deviation from the mean of `count` others into the noise.
  mutating func addNoise(_ deviation: Double, count: Double) {
    squares = BatchArms.noiseKeeps * squares + deviation * deviation * count / (count + 1)
    degrees = BatchArms.noiseKeeps * degrees + 1
    variance = max(BatchArms.leastVariance, squares / degrees)
  }

  /// Lets everything fade by the age of one batch.
  mutating func fade() {
    scale /= BatchArms.keeps
    guard scale > BatchArms.largestScale else { return }
    for arm in seen {
      arms[arm].weight /= scale
      arms[arm].sum /= scale
    }
    scale = 1
  }

  /// Forgets all throughputs; the noise stays what it was.
  mutating func forget() {
    for arm in seen { forget(arm) }
  }

  /// Forgets one arm.
  mutating func forget(_ arm: Int) {
    arms[arm].weight = 0
    arms[arm].sum = 0
    seen.removeAll { $0 == arm }
  }

  /// Where the cap stands among the sizes.
  var capPlace: Double { arms[cap].place }

  /// Where the size stands that memory just allows.
  mutating func moveCap(to size: Double) { arms[cap].place = max(1, size).binaryLogarithm }

  /// The mean of an arm and its neighbours – the noisier, the more of them – and how much is known there.
  func smoothed(_ arm: Int) -> (mean: Double, weight: Double) {
    let width = min(0.8, max(0.12, 2.5 * variance.squareRoot()))
    var (weight, sum) = (0.0, 0.0)
    for other in seen {
      let distance = (arms[other].place - arms[arm].place) / width
      guard abs(distance) < BatchArms.reach else { continue }
      let share = (-0.5 * distance * distance).exponential
      weight += share * arms[other].weight
      sum += share * arms[other].sum
    }
    return weight > 0 ? (sum / weight, weight / scale) : (-.infinity, 0)
  }

  /// The arm nearest to a size; next to the cap that is the cap, whose neighbours are left to it.
  func nearest(_ size: Double) -> Int {
    let arm = BatchGrid.nearest(size)
    let wanted = max(1, size).binaryLogarithm
    let distance = abs(arms[cap].place - wanted)
    return distance < max(BatchArms.capReach, abs(arms[arm].place - wanted)) ? cap : arm
  }
}
