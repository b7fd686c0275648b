/// A piece of a YAML file: text, a list or pairs, each with its line.
struct YAMLNode: Sendable, Equatable {
  /// A name and what stands behind it.
  struct Entry: Sendable, Equatable {
    var key: YAMLNode
    var value: YAMLNode
  }

  /// What it is; plain text is not in quotes and may be meant as a number.
  enum Value: Sendable, Equatable {
    case text(String, isPlain: Bool)
    case list([YAMLNode])
    case pairs([Entry])
  }

  var value: Value
  /// Counted from 1.
  var line: Int

  /// The text, quoted or not; `nil` for a list or pairs, and for nothing.
  var text: String? {
    guard !isNothing, case .text(let text, _) = value else { return nil }
    return text
  }

  /// Text that is not in quotes.
  var plain: String? {
    guard !isNothing, case .text(let text, true) = value else { return nil }
    return text
  }

  /// Whether nothing stands there: no text at all, or one of YAML's words for it.
  var isNothing: Bool {
    guard case .text(let text, true) = value else { return false }
    return ["", "~", "null", "Null", "NULL"].contains(text)
  }

  private static let longestShown = 40

  /// What stands there, for a sentence.
  var shown: String {
    if isNothing { return "nothing" }
    switch value {
    case .list(let items): return items.isEmpty ? "an empty list" : "a list"
    case .pairs: return "names with values"
    case .text(let text, let isPlain):
      let start = text.prefix(YAMLNode.longestShown)
      let cut = start.utf8.count < text.utf8.count ? "..." : ""
      return isPlain ? "'\(start)\(cut)'" : "text in quotes, \"\(start)\(cut)\""
    }
  }
}

/// Why a file is no YAML that perftop reads.
struct YAMLError: Error, Equatable {
  var line: Int?
  var column: Int?
  var sentence: Printable
}
