import Monitors
import Testing

@testable import perftop

@Suite("What a line of advice says a key does")
struct AlertStepTests {
  static let lines: [(Printable, [Action])] = [
    ("C collects garbage", [.collect]),
    ("1 Enter shows which mapping grows", [.focusMemory, .zoom]),
    ("J shows what holds it back", [.judgement]), ("o shows what is under way", [.operations]),
    ("smaller batches need less; 3 Enter shows which were run", [.focusBatching, .zoom]),
    ("4 shows the quality level", [.focusQuality]),
    ("a full, worn or shared device slows down; so does heat: 5", []),
    ("restart it in time, or raise its limit", []), ("6 Enter is where we are", []), ("C", []),
    ("", []),
  ]

  @Test("keys at the beginning of a sentence are meant, words are not", arguments: lines)
  func step(_ line: Printable, _ actions: [Action]) {
    #expect(AlertStep(line).actions == actions)
  }

  @Test("whatever the usual rules advise by a key is understood")
  func usualRules() {
    let lines = AlertRules.defaults(AlertsConfig()).flatMap(\.actions)
    let digits = lines.filter {
      $0.text.first?.isNumber == true && $0.text.dropFirst().first == " "
    }
    #expect(digits.count > 5)
    for line in digits { #expect(!AlertStep(line).actions.isEmpty, "\(line)") }
  }
}
