import Testing

@testable import perftop

@MainActor
@Suite("What is said where the screen can not be opened")
struct WatchCommandTests {
  @Test("advice names nothing that this version has not")
  func advice() {
    let advice = TerminalError.typeTooSimple("dumb").advice.text
    #expect(OptionName.allCases.allSatisfy { !$0.isLater || !advice.contains($0.long) })
    #expect(
      CommandName.allCases.allSatisfy {
        $0.standing != .later || !advice.contains(" \($0.rawValue)")
      })
  }
}
