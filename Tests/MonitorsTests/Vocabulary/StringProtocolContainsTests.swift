import Testing

@testable import Monitors

@Suite("Text in text")
struct StringProtocolContainsTests {
  @Test(
    "a text stands in another at its start, in it, at its end, or not",
    arguments: [
      ("/a.zarr/b", ".zarr/", true), ("/a.zarr", ".zarr/", false), ("power", "power", true),
      ("pow", "power", false), ("überhitzt", "hitzt", true), ("u\u{308}", "ü", false),
      ("x", "", true), ("", "", true), ("", "x", false), ("aaab", "aab", true),
    ])
  func finds(_ text: String, _ part: String, _ isThere: Bool) {
    #expect(text.contains(part) == isThere)
    #expect("<\(text)>".dropFirst().dropLast().contains(part) == isThere)
  }
}
