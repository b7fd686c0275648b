import Testing

@testable import perftop

@MainActor
@Suite("What is said where the screen can not be opened")
struct WatchCommandTests {
  @Test("a theme that is not there is answered with what is there, in a line")
  func themes() {
    let names = ["perftop-dark", "nord"] + (0..<40).map { "theme-\($0)" }
    #expect(WatchCommand.advice(for: "nrod", among: names).text == "did you mean nord?")
    let all = WatchCommand.advice(for: "zzzzzzzzzz", among: names).text
    #expect(all.hasPrefix("there are: perftop-dark, nord, "))
    #expect(all.hasSuffix(" more") && all.utf8.count < 100)
  }

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
