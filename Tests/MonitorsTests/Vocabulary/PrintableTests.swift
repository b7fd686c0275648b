import Monitors
import Testing

@Suite("Text that is safe to show")
struct PrintableTests {
  @Test(
    "B1: escapes in a name never reach the screen",
    arguments: [
      "\u{1b}]0;PWN\u{7}\u{1b}[2J", "\u{1b}]52;c;aGFja2Vk\u{7}", "\u{9b}31m", "a\rb\nc", "\u{7f}",
      "\0",
    ])
  func escapes(_ hostile: String) {
    let text = Printable(hostile).text
    #expect(!text.unicodeScalars.contains { $0.properties.generalCategory == .control })
    #expect(text.contains("·"))
  }

  @Test("B2: direction overrides and invisible characters are made visible")
  func invisible() {
    #expect(Printable("abc\u{202e}def\u{200b}\u{feff}").text == "abc·def··")
  }

  @Test("B4: invalid UTF-8 becomes a visible mark, and marks on one letter are capped")
  func invalid() {
    #expect(Printable(bytes: [0xff, 0xfe, 0x61]).text == "··a")
    let piled = Printable("a" + String(repeating: "\u{301}", count: 200))
    #expect(piled.text.unicodeScalars.count == 3)
  }

  @Test("ordinary text, accents and wide characters pass unchanged")
  func ordinary() {
    for text in ["camera_node", "é", "ｗｉｄｅ", "模型", "≥ 3 %"] {
      #expect(Printable(text).text == text)
    }
  }

  @Test("what is interpolated is cleaned too")
  func interpolation() {
    let name = "x\u{1b}[31m"
    #expect(("name: \(name)" as Printable).text == "name: x·[31m")
  }
}
