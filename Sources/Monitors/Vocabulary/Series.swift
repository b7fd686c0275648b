/// A graph's history: one value a tick, at an absolute place that never changes.
///
/// Because places are absolute, a graph can stand still and only add its newest column.
public struct Series: Sendable, Equatable {
  private var values: Ring<Float>
  /// How many values were ever appended; the newest stands at `total - 1`.
  public private(set) var total = 0

  /// Makes an empty history of a given length in ticks.
  public init(capacity: Int = 600) { values = Ring(capacity: capacity) }

  /// Adds this tick's value; `nil` is a gap, not a zero.
  public mutating func append(_ value: Double?) {
    values.append(value.map(Float.init) ?? .nan)
    total += 1
  }

  /// The value at an absolute place; `nil` for a gap, the forgotten past and the future.
  public subscript(place: Int) -> Double? {
    let index = place - (total - values.count)
    guard index >= 0, index < values.count, values[index].isFinite else { return nil }
    return Double(values[index])
  }

  /// The newest value.
  public var last: Double? { self[total - 1] }
}
