import TestSupport
import Testing

@testable import Monitors

@Suite("Lists of numbers")
struct NumberListTests {
  @Test(
    "ranges and single numbers are counted, and what is no list counts nothing",
    arguments: [
      ("0-3\n", 4), ("0\n", 1), ("0-1,4,8-11\n", 7), ("", 0), ("x", 0), ("3-1", 1),
      ("0-18446744073709551615", 1_000_000), ("5,", 1),
    ])
  func counts(_ text: String, _ count: Int) {
    let bytes = Array(text.utf8)
    #expect(bytes.withUnsafeBytes { NumberList.count($0) } == count)
  }
}
