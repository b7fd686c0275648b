import Glibc
import Monitors

/// A regular expression over what is searched in: POSIX extended, in lower case like the text, each line for itself.
struct SearchPattern: Sendable, Equatable {
  /// The expression in lower case.
  let text: String
  /// Bytes that stand in everything it matches: found far more quickly than the whole.
  let needle: [UInt8]

  /// Why something is no expression that is searched for.
  struct Refusal: Error { var sentence: Printable }

  init(_ typed: String) throws(Refusal) {
    text = SearchPattern.lowered(typed)
    needle = SearchPattern.needle(text)
    do throws(TargetError) {
      try SearchPattern.refuseDear(text)
      _ = try CommandPattern(text)
    } catch {
      guard case .badPattern(_, let why) = error else { throw Refusal(sentence: error.sentence) }
      throw Refusal(sentence: "/\(Printable(typed)): \(why)")
    }
  }

  /// In lower case, but for the letter behind a backslash: `\W` is not `\w`.
  private static func lowered(_ typed: String) -> String {
    var isEscaped = false
    return typed.reduce(into: "") { text, character in
      text += isEscaped ? String(character) : character.lowercased()
      isEscaped = !isEscaped && character == "\\"
    }
  }

  /// What may take an hour to match is no search.
  private static func refuseDear(_ text: String) throws(TargetError) {
    let digits = Set("123456789")
    let refers = zip(text, text.dropFirst()).contains { $0 == "\\" && digits.contains($1) }
    if refers { throw .badPattern(Printable(text), why: "back references are not searched for") }
  }

  /// The longest run of characters that stand for themselves; none where the expression has parts that may be missing.
  private static func needle(_ text: String) -> [UInt8] {
    let special = Set("|()[]{}\\")
    guard !text.contains(where: special.contains) else { return [] }
    var best = ""
    var run = ""
    for character in text {
      switch character {
      case "*", "?":
        run = String(run.dropLast())
        if run.utf8.count > best.utf8.count { best = run }
        run = ""
      case ".", "^", "$", "+":
        if run.utf8.count > best.utf8.count { best = run }
        run = ""
      default: run.append(character)
      }
    }
    return Array((run.utf8.count > best.utf8.count ? run : best).utf8)
  }

  /// Whether the needle is all there is to it.
  var isLiteral: Bool { needle.count == text.utf8.count }
}

/// An expression that is ready to be looked for; belongs to one search and is gone with it.
final class PatternSearch {
  private var compiled = regex_t()
  private let isUsable: Bool
  private let pattern: SearchPattern

  init(_ pattern: SearchPattern) {
    self.pattern = pattern
    let flags = REG_EXTENDED | REG_NOSUB | REG_NEWLINE
    isUsable = !pattern.isLiteral && regcomp(&compiled, pattern.text, flags) == 0
  }

  deinit { if isUsable { regfree(&compiled) } }

  /// Whether some line of it matches.
  func matches(_ text: SearchText) -> Bool {
    guard pattern.needle.isEmpty || text.holds(pattern.needle) else { return false }
    guard isUsable else { return pattern.isLiteral }
    return text.bytes.withUnsafeBytes { bytes in
      guard let start = bytes.assumingMemoryBound(to: CChar.self).baseAddress else { return false }
      var range = regmatch_t(rm_so: 0, rm_eo: regoff_t(clamping: bytes.count))
      return regexec(&compiled, start, 0, &range, REG_STARTEND) == 0
    }
  }
}
