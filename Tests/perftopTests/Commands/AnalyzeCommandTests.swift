import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("perftop analyze")
struct AnalyzeCommandTests {
  /// A series as a table.
  private static func table(_ values: [Double], _ header: String = "index,value") -> String {
    header + "\n" + values.enumerated().map { "\($0),\($1)\n" }.joined()
  }

  private static let step: [Double] = {
    var noise = SeededNoise(seed: 5)
    return (0..<400).map { ($0 < 250 ? 20 : 28) * (1 + 0.05 * noise.normal()) }
  }()
  private static let calm: [Double] = {
    var noise = SeededNoise(seed: 6)
    return (0..<400).map { _ in 20 * (1 + 0.05 * noise.normal()) }
  }()

  @Test("one JSON object a line for each file, in order, with the keys that are promised")
  func json() throws {
    let run = Analysing(
      .latency,
      ["b.csv": Array(Self.table(Self.step).utf8), "a.csv": Array(Self.table(Self.calm).utf8)],
      isJSON: true)
    #expect(run.status == 0 && run.errors.isEmpty)
    let lines = run.output.split(separator: "\n")
    #expect(lines.count == 2)
    let keys = ["file", "change", "detect_index", "change_index", "direction", "magnitude"]
    for line in lines {
      #expect(line.contains("\"file\":") && keys.allSatisfy { line.contains("\"\($0)\":") })
    }
    #expect(lines[0].hasPrefix(#"{"file":"b.csv","change":true,"detect_index":"#))
    #expect(lines[0].contains(#""direction":"up""#))
    #expect(
      lines[1]
        == #"{"file":"a.csv","change":false,"detect_index":null,"change_index":null,"direction":"none","magnitude":0.0}"#
    )
  }

  @Test("a person gets a sentence, and with --explain the numbers behind it")
  func text() {
    let files: KeyValuePairs<String, [UInt8]?> = [
      "s.csv": Array(Self.table(Self.step).utf8), "c.csv": Array(Self.table(Self.calm).utf8),
    ]
    let plain = Analysing(.latency, files).output.split(separator: "\n")
    #expect(plain.count == 2)
    #expect(plain[0].hasPrefix("s.csv: up by ") && plain[0].contains(" from index 25"))
    #expect(plain[1] == "c.csv: no change in 400 samples")
    let lines = Analysing(.latency, files, isExplained: true).output.split(separator: "\n")
    #expect(lines.count == 5)
    #expect(lines[1].hasPrefix("  typical value ") && lines[1].contains(" after; told after "))
    #expect(lines[4].hasPrefix("  nearest to a change: "))
    let json = Analysing(.latency, files, isJSON: true, isExplained: true).output
    #expect(json.contains(#""evidence":["typical value "#))
  }

  @Test("the index is the table's own, wherever it begins and however it is spaced")
  func indices() throws {
    let rows = Self.step.enumerated().map { "\(1000 + 5 * $0),\($1)\n" }.joined()
    let run = Analysing(.latency, "index,value\n" + rows, isJSON: true)
    let place = try #require(
      run.output.firstMatch(of: try Regex<(Substring, Substring)>(#""change_index":(\d+)"#)))
    #expect(abs((Int(place.output.1) ?? 0) - 2250) <= 15)
  }

  @Test("memory that leaks is told with its slope, and what does not is not")
  func memory() throws {
    let leak = (0..<3600).map { "\($0),\(200_000_000 + 100_000 * $0)\n" }.joined()
    let calm = (0..<3600).map { "\($0),\(200_000_000 + 100_000 * ($0 % 60))\n" }.joined()
    let header = "t_seconds,rss_bytes\n"
    let run = Analysing(
      .memory, ["leak": Array((header + leak).utf8), "calm": Array((header + calm).utf8)],
      isJSON: true)
    #expect(run.status == 0)
    let lines = run.output.split(separator: "\n")
    #expect(lines[0].hasPrefix(#"{"file":"leak","leak":true,"alarm_t_seconds":"#))
    #expect(
      lines[1].hasPrefix(
        #"{"file":"calm","leak":false,"alarm_t_seconds":null,"slope_bytes_per_s":null,"#))
    let slope = try #require(
      lines[0].firstMatch(of: try Regex<(Substring, Substring)>(#""slope_bytes_per_s":([0-9.]+)"#)))
    #expect(Double(slope.output.1).map { abs($0 - 100_000) < 5000 } == true)
    for key in ["confidence", "resolved_t_seconds"] {
      #expect(lines.allSatisfy { $0.contains("\"\(key)\":") })
    }
    let text = Analysing(.memory, header + leak).output
    #expect(text.hasPrefix("f: leaking +6.00 MB/min since "))
  }

  @Test("what is said at a line does not depend on those after it")
  func streaming() {
    let lines = (0..<3600).map { "\($0),\(200_000_000 + 100_000 * $0)\n" }
    let alarm = { (count: Int) in
      Analysing(.memory, "t_seconds,rss_bytes\n" + lines[..<count].joined(), isJSON: true)
        .output.firstMatch(of: /"alarm_t_seconds":(\w+)/)?.output.1
    }
    let first = alarm(3600).flatMap { Int($0) } ?? 0
    #expect(first > 100)
    #expect(alarm(first + 1).flatMap { Int($0) } == first)
    #expect(alarm(first) == "null")
  }

  @Test("a file that makes no sense is one line on standard error, and the others are answered")
  func oneBad() {
    let run = Analysing(
      .latency,
      [
        "no.csv": nil, "bad.csv": Array("index,value\n0,1\n1,abc\n".utf8),
        "good.csv": Array(Self.table(Self.calm).utf8),
      ], isJSON: true)
    #expect(run.status == 2)
    #expect(
      run.errors
        == "perftop: no.csv: No such file or directory\nperftop: bad.csv:3: value is no number: 'abc'\n"
    )
    #expect(run.output.split(separator: "\n").count == 1)
    #expect(run.output.contains("good.csv"))
  }

  static let senseless: [(name: String, bytes: [UInt8], error: String)] = [
    ("empty", [], "f: empty: no line names t_seconds and rss_bytes"),
    ("blank lines", Array("\n \r\n\n".utf8), "f: empty: no line names t_seconds and rss_bytes"),
    (
      "header only", Array("t_seconds,rss_bytes\n".utf8),
      "f: no line has both t_seconds and rss_bytes"
    ),
    (
      "nothing but NaN", Array("t_seconds,rss_bytes\n1,nan\n2,\n".utf8),
      "f: no line has both t_seconds and rss_bytes"
    ),
    (
      "no column", Array("t_seconds,rss\n1,2\n".utf8),
      "f:1: no column rss_bytes: the first line says 't_seconds,rss'"
    ),
    (
      "no header", Array("0,100\n1,200\n".utf8),
      "f:1: no column t_seconds: the first line says '0,100'"
    ),
    (
      "prose", Array("Dear reader,\nthis is a letter.\n".utf8),
      "f:1: no column t_seconds: the first line says 'Dear reader,'"
    ),
    (
      "binary", [0x7F, 0x45, 0x4C, 0x46, 2, 1, 1, 0, 10, 0],
      "f:1: not a table of text: the first line has to name t_seconds and rss_bytes"
    ),
    (
      "twice a column", Array("t_seconds,rss_bytes,rss_bytes\n".utf8),
      "f:1: two columns are named rss_bytes"
    ),
    (
      "a word", Array("t_seconds,rss_bytes\n1,5\n2,much\n".utf8),
      "f:3: rss_bytes is no number: 'much'"
    ),
    (
      "a date", Array("t_seconds,rss_bytes\n2026-11-21,5\n".utf8),
      "f:2: t_seconds is no number: '2026-11-21'"
    ),
    (
      "a column short", Array("t_seconds,x,rss_bytes\n1,2,3\n1,2\n3,4,5\n".utf8),
      "f:3: no rss_bytes: the line ends after 2 of 3 columns"
    ),
    (
      "decimal commas", Array("t_seconds,rss_bytes\n1,5,200\n".utf8),
      "f:2: more than the 2 columns that the first line names: 1,5,200"
    ),
    (
      "hexadecimal", Array("t_seconds,rss_bytes\n1,0x10\n".utf8),
      "f:2: rss_bytes is no number: '0x10'"
    ),
    (
      "an open quotation mark", Array("t_seconds,rss_bytes\n1,\"5\n2,6\n".utf8),
      "f:2: a quotation mark is not closed"
    ),
    ("a unit", Array("t_seconds,rss_bytes\n1,5 MB\n".utf8), "f:2: rss_bytes is no number: '5 MB'"),
    (
      "escapes", Array("t_seconds,rss_bytes\n1,\u{1b}[2Jx\n".utf8),
      "f:2: rss_bytes is no number: '·[2Jx'"
    ),
  ]

  @Test("what is no table of numbers is told with its line, in one line", arguments: 0..<17)
  func senseless(_ place: Int) {
    let row = Self.senseless[place]
    let run = Analysing(.memory, ["f": row.bytes])
    #expect(run.status == 2, "\(row.name)")
    #expect(run.output.isEmpty)
    let lines = run.errors.split(separator: "\n")
    #expect(lines.last.map(String.init) == "perftop: \(row.error)", "\(row.name)")
    #expect(lines.dropLast().allSatisfy { $0.hasPrefix("note: ") })
  }

  @Test("a line of ten megabytes is told, and takes no memory to speak of")
  func longLine() {
    let bytes = Array("index,value\n0,1\n".utf8) + [UInt8](repeating: 49, count: 10_000_000)
    let run = Analysing(.latency, ["f": bytes], piece: 65536)
    #expect(run.status == 2)
    #expect(run.errors == "perftop: f:3: a line of more than 262 kB: this is no table\n")
  }

  static let assumed: [(name: String, rows: String, note: String)] = [
    ("NaN", "0,1\n1,nan\n2,NaN\n3,4\n", "f:3: no rss_bytes, line left out (2 such lines)"),
    ("no value", "0,1\n1,\n2,3\n", "f:3: no rss_bytes, line left out"),
    ("no time", "0,1\n,7\n2,3\n", "f:3: no t_seconds, line left out"),
    (
      "infinity", "0,1\n1,inf\n2,1e400\n",
      "f:3: rss_bytes is infinite, line left out (2 such lines)"
    ),
    ("below 0", "0,1\n1,-5\n2,3\n", "f:3: rss_bytes is below 0, line left out"),
    ("twice", "0,1\n0,2\n1,2\n", "f:3: t_seconds is the same as before, line left out"),
    ("back", "5,1\n3,1\n4,1\n6,1\n", "f:3: t_seconds goes back, line left out (2 such lines)"),
    ("cut off", "0,1\n1,2\n2", "f:4: the last line is cut off, left out"),
  ]

  @Test("what can be assumed is assumed, and said once with its first line", arguments: 0..<8)
  func assumptions(_ place: Int) {
    let row = Self.assumed[place]
    let run = Analysing(.memory, "t_seconds,rss_bytes\n" + row.rows)
    #expect(run.status == 0, "\(row.name)")
    #expect(run.errors == "note: \(row.note)\n", "\(row.name)")
    #expect(run.output.hasPrefix("f: not enough data: "))
  }

  /// The series with each row put by `row`.
  private static func lines(_ row: (Int, Double) -> String) -> String {
    step.enumerated().map { row($0.offset, $0.element) }.joined()
  }

  @Test(
    "CRLF, a byte order mark, blank lines, blanks, marks, other columns and orders change nothing")
  func dialects() {
    let plain = Analysing(.latency, Self.table(Self.step), isJSON: true).output
    #expect(plain.contains(#""change":true"#))
    let windows = Self.lines { "\($0),\($1)\r\n" }
    let blank = Self.lines { " \($0) ,\t\($1) \n\n" }
    let columns = Self.lines { "r7,\($1),\"a, b\",\($0)\n" }
    let quoted = Self.lines { "\"\($0)\",\"\($1)\",\n" }
    let dialects: [String] = [
      "\u{FEFF}index,value\r\n" + windows,
      "\n  index , value \n\n" + blank,
      "host,VALUE,note,Index\n" + columns,
      "index;value\n" + Self.lines { "\($0);\($1)\n" },
      "index\tvalue\n" + Self.lines { "\($0)\t\($1)\n" },
      "\"index\",\"value\",\n" + quoted,
      String(Self.table(Self.step).dropLast()),
    ]
    for text in dialects {
      let run = Analysing(.latency, text, isJSON: true)
      #expect(run.output == plain, "\(text.prefix(40))")
      #expect(run.errors.isEmpty && run.status == 0)
    }
  }

  @Test("pieces of any size make the same answer", arguments: [1, 7, 1000, 1_000_000])
  func pieces(_ size: Int) {
    let bytes = Array(Self.table(Self.step).utf8)
    let whole = Analysing(.latency, ["f": bytes]).output
    #expect(Analysing(.latency, ["f": bytes], piece: size).output == whole)
  }

  @Test("a clock that is set back or forward tears no series apart")
  func clock() {
    let back: [Int] = Array(0..<1500) + Array(100..<2200)
    let forward: [Int] = Array(0..<20) + Array(1_790_000_000..<1_790_003_580)
    for times in [back, forward] {
      let rows = times.enumerated().map { line, time in
        "\(time),\(200_000_000 + 100_000 * line)\n"
      }.joined()
      let run = Analysing(.memory, "t_seconds,rss_bytes\n" + rows, isJSON: true)
      #expect(run.status == 0)
      #expect(run.output.contains(#""leak":true"#))
      #expect(
        run.errors.contains(
          "t_seconds jumps, as where a clock is set, taken to go on without a gap"))
    }
  }

  private func parsed(_ line: String) throws(UsageError) -> Invocation.Task {
    try Arguments.parse(line.split(separator: " ").map(String.init)).task
  }

  @Test("it is written as one would")
  func arguments() throws {
    #expect(
      try parsed("analyze memory a.csv b.csv --json")
        == .analyze(.init(subject: .memory, files: ["a.csv", "b.csv"], isJSON: true)))
    #expect(
      try parsed("analyze latency --explain -")
        == .analyze(.init(subject: .latency, files: ["-"], isExplained: true)))
    #expect(try parsed("analyze --help") == .help(.analyze))
    let many = (0..<500).map { "\($0).csv" }
    #expect(
      try parsed("analyze latency " + many.joined(separator: " "))
        == .analyze(.init(subject: .latency, files: many)))
  }

  @Test(
    "mistakes are answered",
    arguments: [
      ("analyze", "write perftop analyze memory FILE, or latency FILE"),
      ("analyze memroy a", "did you mean perftop analyze memory?"),
      ("analyze a.csv", "write perftop analyze memory FILE, or latency FILE"),
      ("analyze memory", "write perftop analyze memory FILE; - is standard input"),
      ("analyze memory a -p 1", "perftop analyze --help lists its options"),
      ("analyze memory a --jsonl", "perftop analyze --help lists its options"),
      ("--explain", "write perftop analyze --explain"),
      ("analyse memory a", "did you mean perftop analyze?"),
    ])
  func mistakes(_ line: String, _ advice: String) {
    do throws(UsageError) {
      _ = try parsed(line)
      Issue.record("\(line) was accepted")
    } catch { #expect(error.advice.text == advice) }
  }
}
