import Glibc

/// Why a job can't be done.
struct Mistake: Error {
  var sentence: String
}

/// What is to be sent, to whom and how: fields of a name, a length and so many bytes, as they stand on standard input.
///
///     kind 4
///     http
///     url 24
///     https://example.org/hook
struct Job {
  private var fields: [(name: String, value: [UInt8])] = []

  private static let mostBytes = 1 << 20
  private static let mostFields = 256
  private static let longestLine = 4096
  /// Fields that may have lines.
  private static let texts: Set<String> = ["body", "ca"]

  /// Takes the fields apart.
  init(_ bytes: [UInt8]) throws(Mistake) {
    guard bytes.count <= Job.mostBytes else { throw Mistake(sentence: "more than 1 MiB") }
    var rest = bytes[...]
    while !rest.isEmpty {
      guard fields.count < Job.mostFields else { throw Mistake(sentence: "too many fields") }
      fields.append(try Job.field(&rest))
    }
  }

  private static func field(_ rest: inout ArraySlice<UInt8>) throws(Mistake)
    -> (name: String, value: [UInt8])
  {
    let longestHead = 40
    guard let end = rest.prefix(longestHead).firstIndex(of: UInt8(ascii: "\n")) else {
      throw Mistake(sentence: "a field without a name and a length")
    }
    let words = rest[..<end].split(separator: UInt8(ascii: " "))
    rest = rest[(end + 1)...]
    guard words.count == 2, let count = Int(String(decoding: words[1], as: UTF8.self)), count >= 0,
      count < rest.count
    else { throw Mistake(sentence: "a field whose length is not so") }
    let value = Array(rest.prefix(count))
    rest = rest.dropFirst(count)
    guard rest.popFirst() == UInt8(ascii: "\n") else {
      throw Mistake(sentence: "a field that does not end where it should")
    }
    let name = String(decoding: words[0], as: UTF8.self)
    guard texts.contains(name) || isLine(value) else {
      throw Mistake(sentence: "\(name) is not one line")
    }
    return (name, value)
  }

  private static func isLine(_ value: [UInt8]) -> Bool {
    value.count <= longestLine && value.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
  }

  /// The first field of a name.
  func bytes(_ name: String) -> [UInt8]? { fields.first { $0.name == name }?.value }

  /// The same as text.
  func text(_ name: String) -> String? { bytes(name).map { String(decoding: $0, as: UTF8.self) } }

  /// All fields of a name.
  func texts(_ name: String) -> [String] {
    fields.filter { $0.name == name }.map { String(decoding: $0.value, as: UTF8.self) }
  }

  /// A number of milliseconds, within bounds.
  func milliseconds(_ name: String, usually: Int, most: Int) -> Int {
    min(max(text(name).flatMap { Int($0) } ?? usually, 100), most)
  }

  /// Reads a job, and no more of it than it may have.
  static func read(_ descriptor: Int32) throws(Mistake) -> Job {
    var bytes: [UInt8] = []
    let piece = 65536
    while bytes.count <= mostBytes {
      let more = [UInt8](unsafeUninitializedCapacity: piece) { buffer, count in
        count = max(0, Glibc.read(descriptor, buffer.baseAddress, piece))
      }
      if more.isEmpty { break }
      bytes += more
    }
    return try Job(bytes)
  }
}
