import TestSupport
import Testing

@Suite("Files and functions that fit a head")
struct BudgetsTests {
  private static let longestFile = 400
  private static let longestFunction = 40

  @Test("no file is longer than 400 lines")
  func files() {
    let long = SourceTree.everything.filter { $0.lines.count > Self.longestFile }
    #expect(long.map(\.path) == [])
  }

  @Test("no function is longer than 40 lines")
  func functions() {
    let long = SourceTree.everything.flatMap { file in
      functionLengths(file).filter { $0.length > Self.longestFunction }
        .map { "\(file.path):\($0.line) \($0.length) lines" }
    }
    #expect(long == [])
  }

  @Test("a function is measured from its first line to the brace under it")
  func measures() {
    let body = String(repeating: "    work()\n", count: 3)
    let text = "struct A {\n  func a() {\n\(body)  }\n  func b()\n  init() {}\n}\n"
    #expect(functionLengths(SourceFile(path: "a", text: text)).map(\.length) == [5])
  }

  @Test("nothing is announced by a banner, nor put off")
  func comments() {
    let left = SourceTree.everything.filter { file in
      file.name != "BudgetsTests.swift"
        && ["TODO", "FIXME", "MARK:"].contains { file.text.contains($0) }
    }
    #expect(left.map(\.path) == [])
  }

  // The formatter puts the closing brace under the line that began, so indentation says where a function ends.
  private func functionLengths(_ file: SourceFile) -> [(line: Int, length: Int)] {
    let start = Regexes.make(#"\b(?:func |init[?(<]|deinit\b|subscript[(<])"#)
    return file.lines.indices.compactMap { first in
      guard file.lines[first].firstMatch(of: start) != nil else { return nil }
      let indent = file.lines[first].prefix { $0 == " " }
      let end = file.lines[(first + 1)...].firstIndex { line in
        !line.allSatisfy { $0 == " " } && line.prefix { $0 == " " }.count <= indent.count
          && !line.dropFirst(indent.count).starts(with: ")")
          && !line.dropFirst(indent.count).starts(with: "{")
      }
      guard let end, file.lines[end].dropFirst(indent.count).starts(with: "}") else { return nil }
      return file.lines[end].count > indent.count + 1 && file.lines[end].contains("{")
        ? nil : (first + 1, end - first + 1)
    }
  }
}
