import Testing

@testable import Monitors

@Suite("YAML as it is read")
struct YAMLReaderTests {
  private func read(_ text: String) throws -> YAMLNode? { try YAMLReader.read(Array(text.utf8)) }

  private func error(_ text: String) -> YAMLError? { error(Array(text.utf8)) }

  private func error(_ bytes: [UInt8]) -> YAMLError? {
    do throws(YAMLError) {
      _ = try YAMLReader.read(bytes)
      return nil
    } catch { return error }
  }

  @Test("pairs, lists and text come with their lines, and quotes are remembered")
  func nodes() throws {
    let root = try #require(try read("a: 1\nb:\n  - 'two'\n  - {c: ~}\n"))
    guard case .pairs(let pairs) = root.value, case .list(let list) = pairs[1].value.value else {
      Issue.record("\(root)")
      return
    }
    #expect(pairs.map(\.key.text) == ["a", "b"])
    #expect(pairs.map(\.key.line) == [1, 2])
    #expect(pairs[0].value.plain == "1")
    #expect(list.map(\.line) == [3, 4])
    #expect(list[0].text == "two" && list[0].plain == nil)
    guard case .pairs(let inner) = list[1].value else {
      Issue.record("\(list)")
      return
    }
    #expect(inner[0].value.isNothing)
  }

  @Test(
    "a file that says nothing is no mistake",
    arguments: ["", "\n\n", "# only this\n", "\u{feff}", "---\n...\n", "%YAML 1.1\n---\n"])
  func nothing(_ text: String) throws {
    #expect(try read(text)?.isNothing != false)
  }

  @Test("text in UTF-8 is taken as it is, escapes in quotes are resolved")
  func text() throws {
    guard case .pairs(let pairs)? = try read("ä: \"\\u00e9\\0x\"\n")?.value else {
      Issue.record("no pairs")
      return
    }
    #expect(pairs[0].key.text == "ä")
    #expect(pairs[0].value.text == "é\0x")
  }

  @Test(
    "bad YAML is told with line and column",
    arguments: [
      ("a: [1\nb: 2\n", 2, "expected ',' or ']'"), ("a: b: c\n", 1, "mapping values"),
      ("a:\n\tb: 1\n", 2, "a tab can't indent"), ("a: \"x\n", 2, "unexpected end of stream"),
      ("a: 1\n b: 2\n", 2, "mapping values"), ("a: %x\n", 1, "cannot start any token"),
    ])
  func bad(_ text: String, _ line: Int, _ sentence: String) {
    let found = error(text)
    #expect(found?.line == line)
    #expect(found?.column != nil)
    #expect(found?.sentence.text.contains(sentence) == true, "\(String(describing: found))")
  }

  @Test("bytes that are no text are told with their place")
  func noText() {
    let found = error(Array("a: 1\nb: ".utf8) + [0xff, 0xfe, 10])
    #expect(found?.line == 2)
    #expect(found?.column == 4)
    #expect(found?.sentence.text.hasPrefix("no UTF-8 text") == true)
    #expect(error([0, 0, 0])?.line == 1)
  }

  @Test("a second document is refused, not read over the first")
  func documents() {
    #expect(error("a: 1\n---\na: 2\n")?.line == 2)
  }

  @Test(
    "tags are refused where a value has one",
    arguments: ["a: !!int 5\n", "a: !x 5\n", "a: ! 5\n", "!!map {a: 1}\n", "a: !!seq [1]\n"])
  func tags(_ text: String) {
    #expect(error(text)?.sentence == "tags are refused: write the value itself")
  }

  @Test("F4: a bomb of nine levels of aliases is refused at its first anchor")
  func bomb() {
    var text = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for (name, before) in zip("bcdefghi", "abcdefgh") {
      text += "\(name): &\(name) [*\(before),*\(before),*\(before),*\(before),*\(before)]\n"
    }
    let found = error(text)
    #expect(found?.line == 1)
    #expect(found?.sentence == "anchors are refused: write the value itself")
    #expect(error("a: *b\n")?.sentence == "aliases are refused: write the value itself")
  }

  @Test("F4: 32 levels are read, 33 and 5000 are refused", arguments: [("[", "]"), ("{a: ", "}")])
  func deep(_ open: String, _ close: String) throws {
    let text = { (levels: Int) in
      String(repeating: open, count: levels) + String(repeating: close, count: levels)
    }
    // The innermost pair of braces has a value below it.
    let deepest = open == "[" ? 32 : 31
    #expect(try read(text(deepest)) != nil)
    #expect(error(text(deepest + 1))?.sentence == "nested more than 32 levels deep")
    #expect(
      error(String(repeating: open, count: 5000))?.sentence.text.contains("32 levels") == true)
  }
}
