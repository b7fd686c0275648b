import Testing

@testable import perftop

@Suite("Texts that take numbers")
struct ParameterTextTests {
  private func isSound(_ text: String) -> Bool { ParameterText.isSound(Array(text.utf8)[...]) }

  @Test(
    "what terminals are sent is sound",
    arguments: [
      "", "\u{1b}[H", "100%%", "\u{1b}[%i%p1%d;%p2%dH", "%p1%c\u{1b}[%p2%{1}%-%db",
      "\u{1b}[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m",
      "\u{1b}]4;%p1%d;rgb:%p2%{255}%*%{1000}%/%2.2X\u{1b}\\", "%p1%' '%+%c", "%p1%Pa%ga%:-3d",
    ])
  func sound(_ text: String) { #expect(isSound(text)) }

  @Test(
    "A12: what takes from an empty stack, takes a number for a text or ends in the middle is not",
    arguments: [
      "%", "%d", "%p1%d%d", "%p", "%p0", "%pa%d", "%p1%s", "%p1%l%d", "%p1%+", "%{12", "%{1x}",
      "%'a",
      "%P", "%p1%P1", "%g", "%p1%2.2", "%p1%y", "%t", "%!",
    ])
  func broken(_ text: String) { #expect(!isSound(text)) }

  @Test("A12: a stack has its limits")
  func deep() {
    #expect(isSound(String(repeating: "%p1", count: 19)))
    #expect(!isSound(String(repeating: "%p1", count: 20)))
  }
}
