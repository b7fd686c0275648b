import Monitors

/// Which processes are wanted, as typed: words that must all be found, expressions behind `/`, comparisons, each turned round by `!`.
///
///     RosterFilter("camera !/test$ rss>500M user=robot")
struct RosterFilter: Sendable, Equatable {
  /// One of the things that must hold.
  struct Term: Sendable, Equatable {
    enum Kind: Sendable, Equatable {
      /// Bytes in lower case that stand somewhere.
      case text([UInt8])
      case pattern(SearchPattern)
      case number(FilterField, FilterRelation, Double)
      /// Bytes in lower case that a text has in it, or is.
      case line(FilterField, FilterRelation, [UInt8])
    }
    var kind: Kind
    var isNegated = false
  }

  /// As it was typed.
  let text: String
  /// What must hold; what makes no sense is not among it.
  private(set) var terms: [Term] = []
  /// Why a part of it makes no sense; `nil` where all does.
  private(set) var problem: Printable?

  static let longest = 100

  /// Whether it lets everything through.
  var isEmpty: Bool { terms.isEmpty }

  /// Whether it has to look into texts.
  var needsText: Bool {
    terms.contains {
      if case .number = $0.kind { false } else { true }
    }
  }

  /// Takes what was typed; a part that makes no sense filters nothing and says why.
  init(_ text: String = "") {
    self.text = String(text.prefix(RosterFilter.longest))
    for word in RosterFilter.words(self.text) {
      do throws(Refusal) {
        if let term = try RosterFilter.term(word[...]) { terms.append(term) }
      } catch { problem = problem ?? error.sentence }
    }
  }

  /// Its words; a comparison is one word, whatever blanks there are round its sign.
  private static func words(_ text: String) -> [String] {
    var words: [String] = []
    for next in text.split(separator: " ") {
      if let last = words.last, isCut(last, before: next) {
        words[words.count - 1] = last + next
      } else {
        words.append(String(next))
      }
    }
    return words
  }

  /// Whether a word is the beginning of a comparison that goes on with the next.
  private static func isCut(_ word: String, before next: Substring) -> Bool {
    let bare = word.drop { $0 == "!" }
    let name = bare.prefix { $0.isLetter }
    guard !name.isEmpty else { return false }
    let sign = bare.dropFirst(name.count)
    guard sign.isEmpty else { return FilterRelation(rawValue: String(sign)) != nil }
    // Behind any other word this is the negation of something that begins with a sign.
    if next.hasPrefix("!"), FilterField(word: String(name)) == nil { return false }
    return FilterRelation.allCases.contains { next.hasPrefix($0.rawValue) }
  }

  private struct Refusal: Error { var sentence: Printable }

  /// The term of a word; `nil` for one of which only the beginning was typed.
  private static func term(_ word: Substring) throws(Refusal) -> Term? {
    let isNegated = word.hasPrefix("!")
    let rest = isNegated ? word.dropFirst() : word
    if rest.isEmpty || rest == "/" { return nil }
    return Term(kind: try kind(rest), isNegated: isNegated)
  }

  private static func kind(_ word: Substring) throws(Refusal) -> Term.Kind {
    if word.hasPrefix("/") {
      do throws(SearchPattern.Refusal) {
        return .pattern(try SearchPattern(String(word.dropFirst())))
      } catch { throw Refusal(sentence: error.sentence) }
    }
    let name = word.prefix { $0.isLetter }
    let behind = word.dropFirst(name.count)
    let relation = FilterRelation.allCases.first { behind.hasPrefix($0.rawValue) }
    guard !name.isEmpty, let relation else {
      return .text(SearchText.lowered(Printable(String(word))))
    }
    let value = String(behind.dropFirst(relation.rawValue.count))
    return try comparison(name, relation, value)
  }

  private static func comparison(
    _ name: Substring, _ relation: FilterRelation, _ value: String
  ) throws(Refusal) -> Term.Kind {
    guard let field = FilterField(word: String(name)) else {
      let fields = FilterField.allCases.map(\.rawValue).joined(separator: " ")
      throw Refusal(sentence: "\(Printable(String(name))): no such field; there are \(fields)")
    }
    guard !value.isEmpty else { throw Refusal(sentence: "\(field.rawValue): \(field.example)") }
    if field.isNumber {
      guard let number = FilterNumber.parse(value, for: field) else {
        let typed = Printable(value)
        throw Refusal(sentence: "\(field.rawValue): \(typed) is no number; \(field.example)")
      }
      return .number(field, relation, number)
    }
    guard !relation.needsOrder else {
      let sign = relation.rawValue
      throw Refusal(sentence: "\(field.rawValue): has no order for \(sign); \(field.example)")
    }
    return .line(field, relation, SearchText.lowered(Printable(value)))
  }
}

/// A filter that is ready to be held against rows; belongs to one pass and is gone with it.
struct RosterMatcher {
  private let terms: [(term: RosterFilter.Term, search: PatternSearch?)]

  init(_ filter: RosterFilter) {
    terms = filter.terms.map { term in
      guard case .pattern(let pattern) = term.kind else { return (term, nil) }
      return (term, PatternSearch(pattern))
    }
  }

  /// Whether all holds of a row; what is not known of it holds neither way.
  func matches(_ row: RosterRow, _ note: RosterNote, _ text: SearchText) -> Bool {
    terms.allSatisfy { term, search in
      guard let holds = RosterMatcher.holds(term.kind, search, row, note, text) else {
        return false
      }
      return holds != term.isNegated
    }
  }

  private static func holds(
    _ kind: RosterFilter.Term.Kind, _ search: PatternSearch?, _ row: RosterRow,
    _ note: RosterNote, _ text: SearchText
  ) -> Bool? {
    switch kind {
    case .text(let bytes): text.holds(bytes)
    case .pattern: search?.matches(text)
    case .number(let field, let relation, let wanted):
      field.number(row, note).map {
        relation.holds($0, wanted, tolerance: field.tolerance(wanted))
      }
    case .line(let field, let relation, let bytes):
      isIn(field, bytes, row, text) == (relation == .equal)
    }
  }

  /// A user and a state are taken whole, the other texts in part.
  private static func isIn(
    _ field: FilterField, _ wanted: [UInt8], _ row: RosterRow, _ text: SearchText
  ) -> Bool {
    guard let line = field.line else {
      return wanted == SearchText.lowered(Printable(String(row.state)))
    }
    guard field == .user else { return text.holds(wanted, in: line) }
    if text[line].elementsEqual(wanted) { return true }
    guard let number = UInt32(String(decoding: wanted, as: UTF8.self)) else { return false }
    return row.facts.uid == number
  }
}
