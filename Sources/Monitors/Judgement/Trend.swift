/// Where a value is going over the visible window.
public struct Trend: Sendable, Equatable {
  /// Which way.
  public enum Direction: String, Sendable, CaseIterable {
    case rising, falling, steady, unknown
  }

  /// What goes there.
  public var value: TrendedValue
  /// Which way.
  public var direction = Direction.unknown
  /// How much it changes an hour, in the value's own unit; 0 where it is steady, `nil` where nobody can say yet.
  public var perHour: Double?
  /// How sure that is: the share of pairs of means that go that way, 0 to 1.
  public var strength = 0.0
  /// How much of its mean it changed by over the window; `nil` where it is steady or unknown.
  public var share: Double?

  /// Names a value of which nothing is known.
  public init(_ value: TrendedValue) { self.value = value }

  /// `rising 3.1 MB/h`, `steady`; empty where nothing is known.
  public var words: Printable {
    switch direction {
    case .unknown: ""
    case .steady: "steady"
    case .rising, .falling:
      perHour.map { "\(direction.rawValue)\(pace(abs($0)))" } ?? ""
    }
  }

  private static let mostPoints = 100.0

  /// What is counted in percent goes up by points; nothing goes up by more than a hundred of them.
  private func pace(_ amount: Double) -> Printable {
    guard case .percent = value.unit else { return " \(value.unit.text(amount))/h" }
    guard amount <= Trend.mostPoints else { return "" }
    return " \(Units.fixed(amount, digits: amount < 10 ? 1 : 0)) points/h"
  }
}

/// A value whose trend is kept, named as in documents.
public enum TrendedValue: String, Sendable, CaseIterable {
  case resident = "memory.rss_bytes"
  case owned = "memory.private_bytes"
  case swapped = "memory.swap_bytes"
  case machineCPU = "system.cpu_percent"
  case machineMemory = "system.memory_percent"
  case targetCPU = "target.cpu_percent"
  case threads = "target.threads"
  case descriptors = "storage.open_files"
  case written = "storage.write_bytes_per_s"
  case read = "storage.read_bytes_per_s"
  case batches = "batching.throughput_items_per_s"
  case pressure = "quality.pressure"
  case celsius = "thermal.celsius"
  case frames = "components.fps"
  case queue = "components.queue"
  case operations = "operations.per_s"
  case latency = "operations.p95_s"

  /// What it is counted in.
  public enum Unit: Sendable {
    case bytes, bytesPerSecond, percent, share, degrees, seconds, milliseconds, hertz, watts, count

    /// A positive amount in words.
    public func text(_ amount: Double) -> Printable {
      switch self {
      case .bytes: Printable(Units.scaled(amount, unit: "B", significant: 2))
      case .bytesPerSecond: "\(Units.scaled(amount, unit: "B", significant: 2))/s"
      case .percent: "\(Units.fixed(amount, digits: amount < 10 ? 1 : 0)) %"
      case .share: "\(Units.fixed(amount * 100, digits: amount < 0.1 ? 1 : 0)) %"
      case .degrees: "\(Units.fixed(amount, digits: 1)) °C"
      case .seconds: Printable(Units.duration(amount))
      case .milliseconds: Printable(Units.duration(amount / 1000))
      case .hertz: Printable(Units.scaled(amount, unit: "Hz"))
      case .watts: "\(Units.fixed(amount, digits: 1)) W"
      case .count where amount > 0 && amount < 0.1:
        Printable(Units.fixed(amount, digits: amount < 0.001 ? 6 : 3))
      case .count: Printable(Units.fixed(amount, digits: amount < 10 ? 1 : 0))
      }
    }
  }

  /// What it is counted in.
  public var unit: Unit {
    switch self {
    case .resident, .owned, .swapped: .bytes
    case .written, .read: .bytesPerSecond
    case .machineCPU, .machineMemory, .targetCPU: .percent
    case .celsius: .degrees
    case .latency: .seconds
    case .threads, .descriptors, .batches, .pressure, .frames, .queue, .operations: .count
    }
  }

  /// `resident memory`: for a list.
  public var title: Printable {
    switch self {
    case .resident: "resident memory"
    case .owned: "owned memory"
    case .swapped: "swapped out"
    case .machineCPU: "machine's processors"
    case .machineMemory: "machine's memory"
    case .targetCPU: "target's processors"
    case .threads: "threads"
    case .descriptors: "open descriptors"
    case .written: "written"
    case .read: "read"
    case .batches: "items of batches per s"
    case .pressure: "pressure"
    case .celsius: "temperature"
    case .frames: "frames per s"
    case .queue: "queued in components"
    case .operations: "operations per s"
    case .latency: "latency (p95)"
    }
  }

  /// The pane whose own value it is.
  public var word: Word? {
    switch self {
    case .owned: .memory
    case .written: .storage
    case .batches: .batching
    case .pressure: .quality
    case .celsius: .thermal
    default: nil
    }
  }

  /// A change over the window that is less is none, however even it is.
  var leastChange: Double {
    switch self {
    case .resident, .owned, .swapped: 1e6
    case .written, .read: 50_000
    case .machineCPU, .targetCPU: 3
    case .machineMemory, .celsius, .queue: 1
    case .threads: 2
    case .descriptors: 4
    case .frames, .batches, .operations: 0.5
    case .pressure: 0.03
    case .latency: 1e-4
    }
  }

  /// The same as a share of what it is: amounts are steadier than rates.
  var leastShare: Double {
    switch self {
    case .resident, .owned, .swapped, .machineMemory, .threads, .descriptors, .celsius: 0.01
    default: 0.05
    }
  }

  /// Whether it tells of the machine, whatever is watched.
  var isOfMachine: Bool {
    switch self {
    case .machineCPU, .machineMemory, .pressure, .celsius: true
    default: false
    }
  }
}
