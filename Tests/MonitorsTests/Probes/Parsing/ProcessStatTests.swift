import TestSupport
import Testing

@testable import Monitors

@Suite("What stat says of a process")
struct ProcessStatTests {
  private let numbers =
    "1 1 1 0 -1 4194304 100 0 7 0 30 12 0 0 20 0 4 0 500 100000000 5000 18446744073709551615\n"

  private func parse(_ bytes: [UInt8]) -> ProcessStat? {
    bytes.withUnsafeBytes { ProcessStat.parse($0) }
  }

  private func parse(_ text: String) -> ProcessStat? { parse(Array(text.utf8)) }

  @Test("every field is the one the manual page gives that number")
  func fields() {
    let stat = parse("42 (robot) R \(numbers)")
    #expect(stat?.name == "robot")
    #expect(stat?.state == "R")
    #expect(stat?.parent == 1)
    #expect(stat?.majorFaults == 7)
    #expect(stat?.cpuTicks == 42)
    #expect(stat?.threads == 4)
    #expect(stat?.startTicks == 500)
  }

  @Test(
    "B5: parentheses, blanks and line ends in a name do not break stat",
    arguments: [
      "a) R 1 1 1 1 1", "x\ny 9 9", "", "   ", ")", "((", ") Z 0 0 (", "a) (b",
    ])
  func hostileNames(_ name: String) {
    let stat = parse("42 (\(name)) S \(numbers)")
    #expect(stat?.name == Printable(name))
    #expect(stat?.state == "S")
    #expect(stat?.startTicks == 500)
  }

  @Test("B4: a name that is cut in the middle of a character is shown, and nothing is lost")
  func cutName() {
    let stat = parse(Array("42 (ab".utf8) + [0xc3] + Array(") S \(numbers)".utf8))
    #expect(stat?.name.text.hasPrefix("ab") == true)
    #expect(stat?.threads == 4)
  }

  @Test("C14: a state that is no letter, and a line that ends too early, are no stat")
  func damaged() {
    #expect(parse("42 (robot) \u{1b} \(numbers)") == nil)
    #expect(parse("42 (robot) S 1 1 1 0 -1") == nil)
    #expect(parse("42 robot S \(numbers)") == nil)
    #expect(parse(")(") == nil)
    #expect(parse("") == nil)
  }

  @Test("C14: absurd counts are bounded, so that sums of them can not overflow")
  func absurd() {
    let stat = parse(
      "42 (robot) S 1 1 1 0 -1 0 0 0 -7 0 -1 99999999999999999999 0 0 20 0 9223372036854775807 0 5")
    #expect(stat?.majorFaults == 0)
    #expect((stat?.threads ?? .max) <= Int(Int32.max))
    #expect(stat?.cpuTicks == UInt64(Int64.max))
    #expect(
      parse("42 (robot) S 1 1 1 0 -1 0 0 0 7 0 1 1 0 0 20 0 -5 0 5")?.threads == 0)
  }
}
