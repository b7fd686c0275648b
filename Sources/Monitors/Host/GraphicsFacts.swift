internal import CSystem

/// What NVIDIA's driver says of one processor; what it did not say is `nil`.
public struct GraphicsFacts: Sendable, Equatable {
  /// The product's name.
  public var name: String
  /// Share of time busy, in percent.
  public var utilization: UInt32?
  /// Memory in bytes.
  public var memoryUsed: UInt64?
  /// Memory in all, in bytes.
  public var memoryTotal: UInt64?
  /// Core temperature in °C.
  public var temperature: UInt32?
  /// Power in milliwatts.
  public var milliwatts: UInt32?
  /// Clock of the shaders in MHz.
  public var megahertz: UInt32?
  /// Why the clocks are held back, one bit a reason.
  public var reasons: UInt64?

  init(_ facts: cs_gpu) {
    func known<Value>(_ field: Int, _ value: Value) -> Value? {
      facts.known & (1 << UInt32(field)) != 0 ? value : nil
    }
    name = withUnsafeBytes(of: facts.name) { bytes in
      String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
    }
    utilization = known(0, facts.utilization)
    memoryUsed = known(1, facts.memory_used)
    memoryTotal = known(1, facts.memory_total)
    temperature = known(2, facts.temperature)
    milliwatts = known(3, facts.milliwatts)
    megahertz = known(4, facts.megahertz)
    reasons = known(5, facts.reasons)
  }
}
