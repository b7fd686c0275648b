/// What the demo's files contain: enough of each format to be recognised by its first bytes.
enum RobotContent {
  static let csvHeader = Array("t_seconds,joint,position,velocity,torque\n".utf8)
  static let parquetMagic = Array("PAR1".utf8)
  static let mcapMagic: [UInt8] = [0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a]
  static let pngHeader: [UInt8] = [
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
  ]

  /// Rows of a table, over and over.
  static let rows: [UInt8] = (0..<1000).flatMap { row in
    Array(
      "\(row).000,joint\(row % 6),0.\(row * 37 % 1000),-1.\(row * 11 % 1000),\(row % 17)\n".utf8)
  }

  /// Events, one object a line, over and over.
  static let events: [UInt8] = (0..<1000).flatMap { event in
    Array(
      "{\"event\":\(event),\"kind\":\"detection\",\"confidence\":0.\(event * 73 % 1000)}\n".utf8)
  }

  /// Bytes without a pattern, the same in every run.
  static let noise: [UInt8] = {
    var state: UInt64 = 0x9e37_79b9_7f4a_7c15
    return (0..<262_144).map { _ in
      state ^= state << 13
      state ^= state >> 7
      state ^= state << 17
      return UInt8(truncatingIfNeeded: state >> 32)
    }
  }()

  /// The head of a numpy array of bytes with this many in all, in frames of 64 × 64.
  static func npyHeader(bytes: Int) -> [UInt8] {
    let edge = 64
    let frames = bytes / (edge * edge)
    var text =
      "{'descr': '|u1', 'fortran_order': False, 'shape': (\(frames), \(edge), \(edge)), }"
    let lead = 10
    let alignment = 64
    while (lead + text.utf8.count + 1) % alignment != 0 { text += " " }
    text += "\n"
    let length = UInt16(clamping: text.utf8.count)
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 0xff), UInt8(length >> 8)]
      + Array(text.utf8)
  }

  /// A number as the formats write it, least byte first.
  static func littleEndian(_ number: UInt64, bytes: Int) -> [UInt8] {
    (0..<bytes).map { UInt8(truncatingIfNeeded: number >> (8 * $0)) }
  }
}
