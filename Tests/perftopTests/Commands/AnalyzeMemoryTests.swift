import Monitors
import Testing

@testable import perftop

@Suite("perftop analyze memory: leaks that stop, return, or can't be told yet")
struct AnalyzeMemoryTests {
  /// A table of what is resident, second by second or further apart.
  private static func table(
    _ samples: Int, every step: Int = 1, _ value: (Int) -> Int
  ) -> String {
    "t_seconds,rss_bytes\n"
      + (0..<samples).map { "\($0 * step),\(200_000_000 + value($0 * step))\n" }.joined()
  }

  private func object(_ text: String) throws -> JSONValue {
    try JSONReader.object(Analysing(.memory, text, isJSON: true).output)
  }

  @Test("a leak that is over keeps the slope it had")
  func stopped() throws {
    let text = Self.table(6000) { 1_000_000 * min($0, 1500) }
    let answer = try object(text)
    #expect(answer["leak"]?.truth == true)
    #expect(answer["phase"]?.string == "resolved")
    #expect(answer["resolved_t_seconds"]?.real ?? 0 > 1600)
    let slope = try #require(answer["slope_bytes_per_s"]?.real)
    #expect(abs(slope / 1e6 - 1) < 0.02)
    #expect(Analysing(.memory, text).output.hasPrefix("f: leaked +60.0 MB/min since "))
  }

  @Test("one that comes back is not over, and was told first when it was first told")
  func returned() throws {
    let value = { (second: Int) in 1_000_000 * (min(second, 1500) + max(0, second - 3000)) }
    let once = try object(Self.table(1500, value))
    let text = Self.table(6000, value)
    let answer = try object(text)
    #expect(answer["phase"]?.string == "leaking")
    #expect(answer["resolved_t_seconds"] == .null)
    #expect(answer["alarm_t_seconds"]?.real == once["alarm_t_seconds"]?.real)
    let slope = try #require(answer["slope_bytes_per_s"]?.real)
    #expect(abs(slope / 1e6 - 1) < 0.02)
    let words = Analysing(.memory, text).output
    #expect(words.hasPrefix("f: leaking again +60.0 MB/min since "))
    #expect(words.contains(", first told at "))
  }

  @Test("a few samples far apart are not enough, and it says what would help")
  func coarse() throws {
    let text = Self.table(12, every: 300) { 1_000_000 * $0 }
    let answer = try object(text)
    #expect(answer["leak"]?.truth == false)
    #expect(answer["phase"]?.string == "learning")
    #expect(answer["confidence"]?.real == 0)
    let words = Analysing(.memory, text).output
    #expect(words.hasPrefix("f: not enough data: 12 samples in 55 min"))
    #expect(
      words.hasSuffix("; samples are 300 s apart: with fewer than one in 5 s it takes longer\n"))
    let explained = Analysing(.memory, ["f": Array(text.utf8)], isExplained: true)
    #expect(explained.output == words)
  }

  @Test("why there is no leak is told with what was seen")
  func calm() {
    let text = Self.table(3600) { 100_000_000 + 1_000_000 * ($0 % 240) }
    let lines = Analysing(.memory, ["f": Array(text.utf8)], isExplained: true)
      .output.split(separator: "\n")
    #expect(lines.count == 2)
    #expect(
      lines.last
        == "  nothing has kept rising evenly and for long: between 300 MB and 539 MB, 539 MB at the end"
    )
  }

  @Test("JSON has the name that was given, whatever is in it; a terminal gets it cleaned")
  func names() throws {
    let name = "a\n\u{1b}[31m\"b\\.csv"
    let bytes = Array(Self.table(30) { $0 }.utf8)
    let json = Analysing(.memory, [name: bytes], isJSON: true).output
    #expect(json.split(separator: "\n").count == 1 && !json.contains("\u{1b}"))
    let answer = try JSONReader.object(json)
    #expect(answer["file"]?.string == name)
    let text = Analysing(.memory, [name: bytes]).output
    #expect(!text.contains("\u{1b}") && text.split(separator: "\n").count == 1)
  }
}
