import Monitors

/// Reads btop's theme format: `theme[key]="value"`, a line each.
struct ThemeFile: Sendable, Equatable {
  /// What the file says; a key that is missing, or as if missing, is not in here.
  private(set) var colors: [ThemeKey: ThemeColor] = [:]
  /// What could not be understood, a sentence each.
  private(set) var warnings: [Printable] = []

  /// No theme comes near these; what does is no theme.
  static let largestSize = 256 * 1024
  static let mostEntries = 1000
  private static let mostWarnings = 20
  private static let longestLine = 1000

  init(_ bytes: some Collection<UInt8>) {
    var number = 0
    var entries = 0
    for line in ThemeFile.lines(bytes) {
      number += 1
      guard let entry = ThemeFile.entry(line) else { continue }
      entries += 1
      guard entries <= ThemeFile.mostEntries else {
        warn("more than \(ThemeFile.mostEntries) entries; the rest is left out", line: number)
        return
      }
      // Keys of newer versions of btop are no mistake.
      guard let key = ThemeKey(rawValue: entry.key) else { continue }
      take(entry.value, for: key, line: number)
    }
    if entries == 0 { warnings.append("no line in it is about a colour: it may be no theme") }
  }

  private mutating func take(_ value: String, for key: ThemeKey, line: Int) {
    let color = ThemeColor(value, for: key)
    colors[key] = color
    if color == .inherited {
      warn("\(key.rawValue): \(shown(value)) is no colour", line: line)
    } else if color == nil, !value.isEmpty {
      warn("\(key.rawValue): \(shown(value)) is not three numbers; using the default", line: line)
    }
  }

  private func shown(_ value: String) -> Printable {
    let longest = 40
    return Printable(String(value.prefix(longest)))
  }

  private mutating func warn(_ text: Printable, line: Int) {
    if warnings.count < ThemeFile.mostWarnings { warnings.append("line \(line): \(text)") }
  }

  private static func lines(_ bytes: some Collection<UInt8>) -> [ArraySlice<UInt8>] {
    var content = Array(bytes.prefix(largestSize))[...]
    if content.starts(with: [0xef, 0xbb, 0xbf]) { content = content.dropFirst(3) }
    return content.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  }

  private static func entry(_ line: ArraySlice<UInt8>) -> (key: String, value: String)? {
    guard line.count <= longestLine else { return nil }
    var rest = line.drop(while: isBlank)
    guard rest.first != UInt8(ascii: "#") else { return nil }
    rest = rest.drop { isLetter($0) || $0 == UInt8(ascii: "_") }
    guard rest.first == UInt8(ascii: "[") else { return nil }
    rest = rest.dropFirst()
    guard let end = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
    let key = String(decoding: rest[rest.startIndex..<end], as: UTF8.self)
    rest = rest[(end + 1)...].drop(while: isBlank)
    guard rest.first == UInt8(ascii: "=") else { return nil }
    return (key, value(rest.dropFirst().drop(while: isBlank)))
  }

  /// In quotes up to the next quote; else up to a comment, which a colour's own `#` does not begin.
  private static func value(_ text: ArraySlice<UInt8>) -> String {
    let hash = UInt8(ascii: "#")
    if text.first == UInt8(ascii: "\""),
      let end = text.dropFirst().firstIndex(of: UInt8(ascii: "\""))
    {
      return String(decoding: text[(text.startIndex + 1)..<end], as: UTF8.self)
    }
    if text.first == hash {
      return String(decoding: text.prefix { !isBlank($0) }, as: UTF8.self)
    }
    var bare = text.prefix { $0 != hash }
    while let last = bare.last, isBlank(last) { bare = bare.dropLast() }
    return String(decoding: bare, as: UTF8.self)
  }

  private static func isBlank(_ byte: UInt8) -> Bool { byte == 32 || byte == 9 || byte == 13 }

  private static func isLetter(_ byte: UInt8) -> Bool {
    (65...90).contains(byte) || (97...122).contains(byte)
  }
}
