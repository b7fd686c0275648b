import Testing

@testable import Monitors

@Suite("What a rule says") struct RuleMessageTests {
  static func text(_ text: String) -> String {
    RuleMessage(text).text { "<\($0.rawValue)>" }.text
  }

  @Test("places are filled, all else stays as it was written")
  func places() {
    #expect(
      Self.text("{label}: {value} of {threshold} ({metric})")
        == "<label>: <value> of <threshold> (<metric>)")
    #expect(Self.text("{val {value} } {} {{value}} {") == "{val <value> } {} {<value>} {")
    #expect(Self.text("") == "")
    #expect(Self.text("{other} 100 %") == "{other} 100 %")
  }

  @Test("what is unknown in braces is found")
  func unknown() {
    #expect(RuleMessage.unknown(in: "{vlaue} {value} {} {a b} {x}") == ["vlaue", "x"])
  }

  @Test("nothing from outside gets through, and nothing is endless")
  func hostile() {
    let message = RuleMessage("a\u{1b}[2J{label}")
    let text = message.text { _ in "\r\nBcc: evil@x" + String(repeating: "x", count: 10_000) }
    #expect(!text.text.contains("\u{1b}") && !text.text.contains("\n"))
    #expect(text.text.count <= RuleMessage.longest)
  }
}
