/// What a rule says, with places for what is known only then.
public struct RuleMessage: Sendable, Equatable {
  /// What stands in braces.
  public enum Place: String, Sendable, CaseIterable {
    case value, threshold, label, metric
  }

  enum Part: Sendable, Equatable {
    case text(String)
    case place(Place)
  }

  /// The most it may have, in characters.
  public static let longest = 500
  private(set) var parts: [Part] = []

  /// Takes a text apart; a place that there is not stays as it was written.
  public init(_ text: String) {
    var rest = text.prefix(RuleMessage.longest)
    while let open = rest.firstIndex(of: "{") {
      let inner = rest[rest.index(after: open)...].prefix { $0 != "}" && $0 != "{" }
      let isClosed = inner.endIndex < rest.endIndex && rest[inner.endIndex] == "}"
      let end = isClosed ? rest.index(after: inner.endIndex) : inner.endIndex
      if isClosed, let place = Place(rawValue: String(inner)) {
        add(String(rest[..<open]))
        parts.append(.place(place))
      } else {
        add(String(rest[..<end]))
      }
      rest = rest[end...]
    }
    add(String(rest))
  }

  private mutating func add(_ text: String) {
    guard !text.isEmpty else { return }
    if case .text(let before)? = parts.last {
      parts[parts.count - 1] = .text(before + text)
    } else {
      parts.append(.text(text))
    }
  }

  /// The words in braces that mean nothing.
  public static func unknown(in text: String) -> [String] {
    text.split(separator: "{", omittingEmptySubsequences: false).dropFirst().compactMap { piece in
      guard let close = piece.firstIndex(of: "}") else { return nil }
      let word = String(piece[..<close])
      let isWord = !word.isEmpty && word.allSatisfy { $0.isLetter || $0 == "_" }
      return isWord && Place(rawValue: word) == nil ? word : nil
    }
  }

  /// The sentence with everything in its place.
  func text(_ fill: (Place) -> String) -> Printable {
    let whole = parts.map { part in
      switch part {
      case .text(let text): text
      case .place(let place): fill(place)
      }
    }.joined()
    // Cleaning can make it longer.
    return Printable(String(Printable(whole).text.prefix(RuleMessage.longest)))
  }
}
