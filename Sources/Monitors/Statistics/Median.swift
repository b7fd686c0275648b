/// The middle of some numbers, and any other place of their order, without sorting them.
enum Median {
  /// Puts the numbers into another order on the way.
  static func of(_ values: inout [Double]) -> Double? {
    guard !values.isEmpty else { return nil }
    return values.withUnsafeMutableBufferPointer { of($0) }
  }

  /// The same of numbers that lie somewhere else; there has to be one at least.
  static func of<Value: BinaryFloatingPoint>(
    _ values: UnsafeMutableBufferPointer<Value>
  ) -> Value {
    let middle = values.count / 2
    let upper = quantile(values, place: middle)
    guard values.count % 2 == 0, middle > 0 else { return upper }
    var lower = values[0]
    for index in 1..<middle { lower = max(lower, values[index]) }
    return (lower + upper) / 2
  }

  /// What would stand at `place` if they were sorted; afterwards nothing before it is greater and nothing behind it less.
  static func quantile<Value: BinaryFloatingPoint>(
    _ values: UnsafeMutableBufferPointer<Value>, place: Int
  ) -> Value {
    let place = min(max(0, place), values.count - 1)
    var low = 0
    var high = values.count - 1
    while low < high {
      let (left, right) = partition(values, low, high)
      if place <= right {
        high = right
      } else if place >= left {
        low = left
      } else {
        break
      }
    }
    return values[place]
  }

  /// Hoare's partition: what is left of the answer's first is no greater than what is right of its second.
  private static func partition<Value: BinaryFloatingPoint>(
    _ values: UnsafeMutableBufferPointer<Value>, _ low: Int, _ high: Int
  ) -> (left: Int, right: Int) {
    let pivot = values[(low + high) / 2]
    var left = low
    var right = high
    while left <= right {
      while values[left] < pivot { left += 1 }
      while pivot < values[right] { right -= 1 }
      if left <= right {
        values.swapAt(left, right)
        left += 1
        right -= 1
      }
    }
    return (left, right)
  }
}
