@testable import perftop

/// The language that manual pages are written in, mdoc(7).
enum Manual {
  /// Text that means nothing but itself, in lines that an editor shows whole.
  static func text(_ text: String) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace).map({ escaped(String($0)) }) {
      if let last = lines.last, last.count + word.count < widest {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(word.hasPrefix(".") ? "\\&\(word)" : word)
      }
    }
    return lines
  }

  private static let widest = 78

  /// A sentence that help leaves without its capital and its full stop.
  static func sentence(_ phrase: String) -> [String] {
    guard let first = phrase.first else { return [] }
    return text(first.uppercased() + phrase.dropFirst() + ".")
  }

  /// Prose; each sentence begins a line.
  static func paragraph(_ prose: String) -> [String] {
    var lines: [String] = []
    var line: [Substring] = []
    for word in prose.split(whereSeparator: \.isWhitespace) {
      line.append(word)
      guard word.hasSuffix(".") else { continue }
      lines.append(line.joined(separator: " "))
      line = []
    }
    return (lines + [line.joined(separator: " ")]).flatMap(text)
  }

  /// One argument of a macro: neither a macro itself nor punctuation.
  static func argument(_ word: String) -> String {
    let safe = escaped(word)
    let isPunctuation = word.count == 1 && "[](){}|.,:;?!".contains(word)
    return isPunctuation ? "\\&\(safe)" : safe
  }

  /// `perftop demo [--seconds N]` in macros: options, literal words, and capitals that stand for something.
  static func words(_ form: String, dropping name: String) -> String {
    form.split(separator: " ").filter { $0 != name }.map { " " + macros(String($0)) }.joined()
  }

  private static func macros(_ word: String) -> String {
    if word == "--" { return "Fl -" }
    var parts: [String] = []
    var rest = Substring(word)
    while let first = rest.popFirst() {
      let more = rest.prefix { goesOn(from: first, to: $0) }
      parts.append(macro(String(first) + more))
      rest = rest.dropFirst(more.count)
    }
    let joined = parts.joined(separator: " Ns ")
    // A bracket belongs to what it holds without a blank anyway.
    return joined.replacing("Oo Ns ", with: "Oo ").replacing(" Ns Oc", with: " Oc")
  }

  private static func goesOn(from first: Character, to next: Character) -> Bool {
    if first == "." { return next == "." }
    return (first.isLetter || first == "-") && (next.isLetter || next == "-")
  }

  private static func macro(_ piece: String) -> String {
    if piece == "[" { return "Oo" }
    if piece == "]" { return "Oc" }
    if piece.hasPrefix("-") { return "Fl \(piece.dropFirst())" }
    if piece.allSatisfy({ $0.isLetter && $0.isUppercase }) { return "Ar \(piece)" }
    let isWord = piece.allSatisfy { $0.isLetter || $0 == "-" }
    return isWord ? "Cm \(argument(piece))" : "No \(argument(piece))"
  }

  /// ` Fl p Ar PID , Fl -pid Ar PID`.
  static func flags(_ option: OptionName) -> String {
    let value = option.placeholder.map { " Ar \(argument($0))" } ?? ""
    let letter = option.letter.map { " Fl \($0)\(value) ," } ?? ""
    return "\(letter) Fl -\(option.rawValue)\(value)"
  }

  /// ` Ic j , Ic down`.
  static func keys(of action: Action) -> String {
    let keys = Keymap.standard.keys(for: action).map { " Ic \(argument("\($0.name)"))" }
    return keys.isEmpty ? " Ic \(argument(action.name))" : keys.joined(separator: " ,")
  }

  private static func escaped(_ text: String) -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "\\": "\\e"
      case "-": "\\-"
      case "~": "\\(ti"
      case "^": "\\(ha"
      case "`": "\\(ga"
      case "'": "\\(aq"
      case "\"": "\\(dq"
      case " "..."}": String(scalar)
      default: "\\[u\(padded(String(scalar.value, radix: 16, uppercase: true)))]"
      }
    }.joined()
  }

  private static func padded(_ digits: String) -> String {
    String(repeating: "0", count: max(0, 4 - digits.count)) + digits
  }
}
