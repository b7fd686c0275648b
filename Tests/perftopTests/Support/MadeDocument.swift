import Glibc
import Testing

/// A document that a person writes and the program completes: parts between two marks are made from its own lists.
struct MadeDocument: Sendable {
  /// How a mark is hidden from readers.
  enum Marks: Sendable {
    case html, manual, shell

    fileprivate func mark(_ name: String) -> String {
      switch self {
      case .html: "<!-- \(name) -->"
      case .manual: ".\\\" <\(name)>"
      case .shell: "# <\(name)>"
      }
    }
  }

  static let root = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")

  /// Its place in the tree.
  let name: String
  let marks: Marks

  private var path: String { "\(MadeDocument.root)/\(name)" }

  /// As it is now.
  var text: String { GoldenText.read(path) ?? "" }

  /// The lines between the marks of a part.
  private func part(_ name: String, of text: String) -> Range<String.Index>? {
    guard let begin = text.firstRange(of: marks.mark(name) + "\n"),
      let end = text.firstRange(of: marks.mark("end of " + name)),
      begin.upperBound <= end.lowerBound
    else { return nil }
    return begin.upperBound..<end.lowerBound
  }

  /// Compares a part with what it should be; `RECORD_GOLDENS=1` writes it anew, and fails.
  func expect(_ name: String, _ lines: [String], sourceLocation: SourceLocation = #_sourceLocation)
  {
    let wanted = lines.map { $0 + "\n" }.joined()
    var text = self.text
    guard let part = part(name, of: text) else {
      Issue.record("no \(marks.mark(name)) in \(self.name)", sourceLocation: sourceLocation)
      return
    }
    guard getenv("RECORD_GOLDENS") != nil else {
      #expect(text[part] == wanted, "make golden writes it anew", sourceLocation: sourceLocation)
      return
    }
    text.replaceSubrange(part, with: wanted)
    GoldenText.write(text, to: path)
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
  }
}
