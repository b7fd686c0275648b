import Testing

@testable import perftop

@Suite("Sequence trimmer")
struct SequenceTrimmerTests {
  private func trimmed(_ text: String, after before: String = "") -> String {
    var trimmer = SequenceTrimmer()
    var bytes = Array(before.utf8)
    trimmer.trim(&bytes, from: 0)
    bytes = Array("keep\u{1b}(B\u{1b}[m".utf8)
    let start = bytes.count
    bytes += text.utf8
    trimmer.trim(&bytes, from: start)
    return String(decoding: bytes[start...], as: UTF8.self)
  }

  @Test("back to plain is one sequence instead of three")
  func plain() {
    #expect(trimmed("a\u{1b}[39m\u{1b}(B\u{1b}[mb") == "a\u{1b}[mb")
    #expect(trimmed("a\u{1b}[39;49m\u{1b}(B\u{1b}[mb") == "a\u{1b}[mb")
    #expect(trimmed("a\u{1b}(B\u{1b}[mb") == "a\u{1b}[mb")
  }

  @Test("both colours are reset before a new one only where the background is not plain")
  func coloured() {
    let change = "\u{1b}[39;49m\u{1b}[38;5;108mx"
    #expect(trimmed(change, after: "\u{1b}[m") == "\u{1b}[38;5;108mx")
    #expect(trimmed(change, after: "\u{1b}[48;5;17m") == change)
    #expect(trimmed(change, after: "\u{1b}[m\u{1b}[38;5;48m") == "\u{1b}[38;5;108mx")
    #expect(trimmed(change, after: "\u{1b}[m\u{1b}[41m") == change)
    #expect(trimmed(change) == change)
    #expect(trimmed(change, after: "\u{1b}[m\u{1b}[48:2::1:2:3m") == change)
    #expect(trimmed(change, after: "\u{1b}[m\u{1b}[48;2;0;49;0m") == change)
    #expect(trimmed("\u{1b}[39;49mx", after: "\u{1b}[m") == "\u{1b}[39;49mx")
  }

  @Test("everything else stays, sequences that are cut off among it")
  func rest() {
    for text in [
      "\u{1b}[3;4Hx", "\u{1b}(0q", "é✖", "\u{1b}[39mx", "\u{1b}", "\u{1b}[", "\u{1b}(", "",
    ] {
      #expect(trimmed(text, after: "\u{1b}[m") == text)
    }
  }
}
