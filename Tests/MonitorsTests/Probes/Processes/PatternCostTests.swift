import Testing

@testable import Monitors

@Suite("What a regular expression costs")
struct PatternCostTests {
  @Test(
    "repetitions multiply, also those of repetitions",
    arguments: [
      ("abc", 3), ("a{10}", 10), ("(ab){10}c", 21), ("a{3,}", 4), ("a+", 2), ("((a+)+)+", 8),
      ("[^]abc]x", 2), (#"\{9"#, 2), ("a{2,5}", 5), ("(", 0), (")", 1), ("", 0),
    ])
  func counts(_ pattern: String, _ cost: Int) {
    #expect(PatternCost.of(pattern) == cost)
  }

  @Test(
    "what would take the memory of the machine is refused before it is compiled",
    arguments: [
      "a" + String(repeating: "+", count: 25), "((((((((((((((a+)+)+)+)+)+)+)+)+)+)+)+)+)+",
      "a" + String(repeating: "{1,}", count: 30),
      "(" + String(repeating: "x", count: 240) + "){32767}",
      "a{99999999999999999999}", "(a{900}){900}",
    ])
  func refused(_ pattern: String) {
    #expect(throws: TargetError.self) { _ = try CommandPattern(pattern) }
  }

  @Test("what people search for is not")
  func usual() throws {
    for pattern in ["^cam.*node$", "(python|java)[0-9]{1,3}", "a+b+c+", "x{100}"] {
      _ = try CommandPattern(pattern)
    }
  }
}
