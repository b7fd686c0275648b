import Testing

@testable import Monitors

@Suite("Numbers in a config file")
struct PlainNumberTests {
  @Test(
    "a number is digits, a point and an exponent",
    arguments: [
      ("0", 0.0), ("8", 8), ("8.0", 8), ("-1", -1), ("+3", 3), (".5", 0.5), ("5.", 5),
      ("0.80", 0.8),
      ("1e3", 1000), ("1.5E-1", 0.15), ("0.0", 0), ("2147483648", 2_147_483_648),
      ("9223372036854775808", 9_223_372_036_854_775_808),
    ])
  func numbers(_ text: String, _ number: Double) {
    #expect(PlainNumber.parse(text).number == number)
  }

  @Test(
    "what YAML 1.1 would read otherwise, or not at all, is no number, and it is said how to write it",
    arguments: [
      ("010", "octal"), ("-007", "octal"), ("1_000", "underscores"), ("80%", "%"),
      ("0,8", "point"), ("0x1F", "decimal"), ("0o17", "decimal"), ("1:30", "seconds"),
      ("8GB", "unit"), ("1e", "unit"), ("1e400", "too large"),
    ])
  func hints(_ text: String, _ hint: String) {
    let (number, said) = PlainNumber.parse(text)
    #expect(number == nil)
    #expect(said.contains(hint), "\(said)")
  }

  @Test(
    "other text is no number",
    arguments: [
      "", "-", ".", "-.", "e5", ".inf", "-.inf", ".nan", "NaN", "inf", "true", "٣", "１", "--1",
    ])
  func others(_ text: String) { #expect(PlainNumber.parse(text).number == nil) }

  @Test("text without an end is not read to its end")
  func long() {
    #expect(PlainNumber.parse(String(repeating: "1", count: 1_000_000)).number == nil)
  }
}
