import Glibc

/// A program that works in batches: what each size gets done, what it needs, and how noisy that is.
public struct BatchPlant: Sendable {
  /// How it behaves.
  public struct Scenario: Sendable, CustomStringConvertible {
    /// What it is called.
    public var name: String
    /// What a batch costs however small it is, in seconds.
    var overhead: Double
    /// What each item costs, in seconds.
    var item: Double
    /// What each item costs more where the batch is large, and how fast that rises.
    var strain = 0.0
    var power = 1.0
    /// Memory without items and of each item, in megabytes.
    var base: Double
    var each: Double
    /// What memory there is, in megabytes.
    var limit: Double
    var noise = 0.05
    var largest = 32768
    /// Beyond this size throughput drops to a share.
    var cliff: (size: Int, share: Double)?
    /// How much worse sizes between powers of two are.
    var ripple = 0.0
    /// The size at which nothing succeeds any more.
    var breaking: Double?
    /// Probability that a batch stalls.
    var stalls = 0.0
    /// What changes half-way.
    var change: (@Sendable (inout Scenario) -> Void)?

    /// What a table or a test calls it.
    public var description: String { name }
    /// Whether it becomes another one half-way.
    public var changes: Bool { change != nil }
    /// The largest size there is.
    public var most: Int { largest }
  }

  /// What one batch came to.
  public struct Result: Sendable {
    /// Items a second; `nil` where it failed for want of memory.
    public var throughput: Double?
    /// Most memory it took, in bytes.
    public var memory: Double
    /// What there was, in bytes.
    public var limit: Double
  }

  /// Batches in a run, and those after which the plant may change.
  public static let batches = 400
  private static let half = 200

  private var now: Scenario
  private let later: Scenario
  private var random: SeededNoise
  private var run = 0
  /// Batches that needed more memory than there was.
  public private(set) var violations = 0

  /// Starts one.
  public init(_ scenario: Scenario, seed: UInt64) {
    now = scenario
    var later = scenario
    scenario.change?(&later)
    self.later = later
    random = SeededNoise(seed: seed)
  }

  /// Runs a batch.
  public mutating func step(_ size: Int) -> Result {
    let size = min(max(1, size), now.largest)
    let (memory, limit) = (now.memory(size), now.limit * 1e6)
    defer {
      run += 1
      if run == BatchPlant.half { now = later }
    }
    guard memory <= limit else {
      violations += 1
      return Result(throughput: nil, memory: memory, limit: limit)
    }
    let noise = exp(now.noise * random.normal()) * (random.uniform() < now.stalls ? 0.25 : 1)
    return Result(
      throughput: now.throughput(size) * noise, memory: memory * (1 + 0.03 * random.normal()),
      limit: limit)
  }

  /// What a size gets done without noise, as of now.
  public func throughput(_ size: Int) -> Double { now.throughput(size) }

  /// The best size and what it gets done, as of now.
  public var best: (size: Int, throughput: Double) {
    let steps = Int(32 * log2(Double(now.largest)))
    let sizes = (0...steps).map { Int(exp2(Double($0) / 32).rounded()) }
    let best = sizes.max { now.throughput($0) < now.throughput($1) } ?? 1
    return (best, now.throughput(best))
  }
}

extension BatchPlant.Scenario {
  fileprivate func memory(_ size: Int) -> Double { (base + each * Double(size)) * 1e6 }

  fileprivate func throughput(_ size: Int) -> Double {
    guard memory(size) <= limit * 1e6 else { return 0 }
    let count = Double(size)
    var value = 1 / (overhead / count + item + strain * pow(count, power))
    if let cliff, size > cliff.size { value *= cliff.share }
    if ripple > 0 { value *= 1 - ripple * abs(sin(Double.pi * log2(count))) }
    if let breaking { value *= max(0, 1 - (count / breaking) * (count / breaking)) }
    return value
  }

  /// The twelve.
  public static let all: [Self] = [
    Self(
      name: "smooth", overhead: 0.05, item: 1e-4, strain: 2e-10, power: 2, base: 50, each: 0.02,
      limit: 2000),
    Self(name: "memory limit", overhead: 0.2, item: 1e-4, base: 100, each: 0.4, limit: 1000),
    Self(
      name: "rugged", overhead: 0.03, item: 5e-5, strain: 1e-7, base: 50, each: 0.01, limit: 2000,
      noise: 0.04, ripple: 0.08),
    Self(
      name: "small", overhead: 0.002, item: 2e-3, strain: 3e-5, base: 80, each: 20, limit: 4000,
      noise: 0.06),
    Self(
      name: "large", overhead: 2, item: 2e-5, strain: 5e-9, base: 100, each: 0.02, limit: 2000,
      largest: 65536),
    Self(
      name: "noisy", overhead: 0.02, item: 1e-4, strain: 3e-7, base: 50, each: 0.05, limit: 1000,
      noise: 0.25),
    Self(
      name: "plateau", overhead: 0.002, item: 2e-4, strain: 4e-14, power: 2.2, base: 50,
      each: 0.03, limit: 1500, noise: 0.06),
    Self(
      name: "cliff", overhead: 0.1, item: 1e-4, base: 50, each: 0.1, limit: 1500,
      cliff: (1000, 0.4)),
    Self(
      name: "success rate", overhead: 0.08, item: 1e-4, base: 50, each: 0.05, limit: 3000,
      noise: 0.06, breaking: 3000),
    Self(
      name: "drift", overhead: 0.15, item: 1e-4, strain: 1.5e-7, base: 50, each: 0.05, limit: 2000,
      change: {
        $0.overhead = 0.01
        $0.item = 3e-4
        $0.strain = 3e-6
      }),
    Self(
      name: "shrinking memory", overhead: 0.2, item: 1e-4, base: 100, each: 0.4, limit: 1600,
      change: { $0.limit = 700 }),
    Self(
      name: "stalls", overhead: 0.05, item: 1e-4, strain: 1e-7, power: 1.1, base: 50, each: 0.4,
      limit: 600, noise: 0.10, stalls: 0.05),
  ]
}
