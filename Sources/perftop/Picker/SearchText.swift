import Glibc
import Monitors

/// What is searched in about a process: its texts in lower case, a line each, as bytes.
struct SearchText: Sendable, Equatable {
  /// The lines, in their order.
  enum Line: Int, Sendable { case name, command, user, unit, container, pid }

  private(set) var bytes: [UInt8] = []
  private static let newline = UInt8(ascii: "\n")

  /// Whether nothing was kept yet.
  var isEmpty: Bool { bytes.isEmpty }

  init() {}

  init(_ facts: RosterFacts) {
    let length =
      facts.name.text.utf8.count + facts.command.text.utf8.count + facts.user.text.utf8.count
    bytes.reserveCapacity(length + 64)
    append(facts.name)
    append(facts.command)
    append(facts.user)
    append(facts.unit ?? "")
    append(facts.container ?? "")
    bytes.append(contentsOf: String(facts.identity.pid).utf8)
  }

  private mutating func append(_ text: Printable) {
    bytes += SearchText.lowered(text)
    bytes.append(SearchText.newline)
  }

  /// A text in lower case, as bytes.
  static func lowered(_ text: Printable) -> [UInt8] {
    guard text.isASCII else { return Array(text.text.lowercased().utf8) }
    return text.text.utf8.map { $0 >= 65 && $0 <= 90 ? $0 | 0x20 : $0 }
  }

  /// Whether some bytes stand in it, or in one of its lines.
  func holds(_ wanted: [UInt8], in line: Line? = nil) -> Bool {
    guard let line else { return SearchText.find(wanted, in: bytes[...]) }
    return SearchText.find(wanted, in: self[line])
  }

  /// One of its lines.
  subscript(line: Line) -> ArraySlice<UInt8> {
    var start = bytes.startIndex
    for _ in 0..<line.rawValue {
      start = (bytes[start...].firstIndex(of: SearchText.newline) ?? bytes.endIndex - 1) + 1
    }
    return bytes[start...].prefix { $0 != SearchText.newline }
  }

  /// The C library's own search in memory is not offered to Swift; from first byte to first byte is quick enough.
  private static func find(_ wanted: [UInt8], in bytes: ArraySlice<UInt8>) -> Bool {
    guard let head = wanted.first else { return true }
    return bytes.withUnsafeBytes { whole in
      wanted.withUnsafeBytes { part in
        guard var start = whole.baseAddress, let sought = part.baseAddress else { return false }
        var left = whole.count
        while left >= part.count {
          guard let found = memchr(start, Int32(head), left - part.count + 1) else { return false }
          if memcmp(found, sought, part.count) == 0 { return true }
          left -= start.distance(to: found) + 1
          start = UnsafeRawPointer(found) + 1
        }
        return false
      }
    }
  }
}
