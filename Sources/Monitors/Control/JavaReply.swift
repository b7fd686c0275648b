/// What a JVM answers: a number in decimal digits, a line end, and text.
struct JavaReply: Equatable {
  /// 0 is well; `nil` where there is no number.
  var code: Int?
  /// What follows.
  var text: String

  init(_ bytes: [UInt8]) {
    let end = bytes.firstIndex(of: 10) ?? bytes.count
    code = Int(String(decoding: bytes[..<end], as: UTF8.self))
    text = String(decoding: bytes.dropFirst(end + 1), as: UTF8.self)
  }

  /// What it says first, for a person.
  var firstLine: Printable {
    let longest = 120
    return Printable(String((text.split(separator: "\n").first ?? "no reason").prefix(longest)))
  }

  /// Version 1 of the protocol, a diagnostic command as one argument, and two empty ones.
  static func request(_ command: String) -> [UInt8] {
    Array("1\0jcmd\0\(command)\0\0\0".utf8)
  }
}

/// What `GC.heap_info` says, which each collector says in another way.
enum HeapInformation {
  /// What is in use: the `used` of each part of the heap, not of its regions and not of classes.
  static func used(_ text: String) -> Bytes? {
    var sum: Int64 = 0
    var isFound = false
    for line in text.split(separator: "\n") {
      let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "." && $0 != "%" }
      guard let first = words.first?.lowercased(), !foreign.contains(first),
        let amount = amount(in: words)
      else { continue }
      sum &+= amount
      isFound = true
    }
    return isFound ? Bytes(sum) : nil
  }

  /// Parts of a part, and what is no heap.
  private static let foreign: Set<String> = [
    "metaspace", "class", "region", "eden", "from", "to", "the", "object",
  ]

  /// `used 2159K`, or `3431K used`.
  private static func amount(in words: [Substring]) -> Int64? {
    guard let place = words.firstIndex(of: "used") else { return nil }
    if place + 1 < words.count, let after = bytes(words[place + 1]) { return after }
    return place > 0 ? bytes(words[place - 1]) : nil
  }

  private static func bytes(_ word: Substring) -> Int64? {
    let digits = word.prefix { $0.isASCII && $0.isNumber }
    guard let value = Int64(digits) else { return nil }
    let unit: Int64
    switch word.dropFirst(digits.count) {
    case "B", "": unit = 1
    case "K": unit = 1024
    case "M": unit = 1024 * 1024
    case "G": unit = 1024 * 1024 * 1024
    default: return nil
    }
    let (product, isTooLarge) = value.multipliedReportingOverflow(by: unit)
    return isTooLarge ? nil : product
  }
}
