/// A number by which a row is known to be what was written: SQLite itself does not notice a bit that fell over in text.
struct RowSum {
  private static let offset: UInt64 = 0xCBF2_9CE4_8422_2325
  private static let prime: UInt64 = 0x0000_0100_0000_01B3

  private var state = offset

  /// The number for what stands in a row, its columns one after the other.
  static func of(_ columns: [String]) -> Int64 {
    var sum = RowSum()
    for column in columns { sum.add(column) }
    return Int64(bitPattern: sum.state)
  }

  private mutating func add(_ column: String) {
    for byte in column.utf8 { add(byte) }
    // No text holds this byte: columns can not flow into one another.
    add(0xFF)
  }

  private mutating func add(_ byte: UInt8) { state = (state ^ UInt64(byte)) &* RowSum.prime }
}
