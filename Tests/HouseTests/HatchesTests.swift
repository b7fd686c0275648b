import TestSupport
import Testing

@Suite("Ways round the rules, and how many there are: none")
struct HatchesTests {
  struct Hatch: Sendable, CustomStringConvertible {
    var description: String
    var pattern: String
    /// The files or folders where it is at home.
    var home: [String] = []
    var countsInTests = false
  }

  static let hatches = [
    Hatch(
      description: "unchecked sendability", pattern: #"@unchecked|nonisolated\(unsafe\)"#,
      countsInTests: true),
    Hatch(description: "forced try or cast", pattern: #"\b(?:try|as)!"#, countsInTests: true),
    Hatch(description: "forced unwrapping", pattern: #"[\w)\]]!(?![=\w])"#),
    Hatch(
      description: "deliberate crash",
      pattern: #"\b(?:fatalError|preconditionFailure|precondition|assertionFailure|abort)\("#),
    Hatch(
      description: "sleep", pattern: #"\b(?:u?sleep|nanosleep|Task\.sleep)\s*\("#,
      home: ["Tests/SessionTests/"], countsInTests: true),
    Hatch(
      description: "ncurses", pattern: #"\bimport CNcurses\b"#,
      home: ["Sources/perftop/Terminal/CursesScreen.swift"], countsInTests: true),
    Hatch(
      description: "Foundation", pattern: #"\bimport (?:struct |class |func )?Foundation"#,
      countsInTests: true),
    Hatch(
      description: "the environment or a clock",
      pattern: #"\b(?:getenv|secure_getenv|clock_gettime|gettimeofday)\b"#,
      home: ["Sources/Monitors/Host/"]),
    Hatch(
      description: "tasks and queues",
      pattern: #"\b(?:await|async|actor [A-Z]\w*|Task\s*\{|Task\.|DispatchQueue)(?!\w)"#,
      countsInTests: true),
    Hatch(
      description: "a test library in what the benchmarks link",
      pattern: #"\bimport (?:Testing|XCTest)\b"#,
      home: [
        "Tests/MonitorsTests/", "Tests/perftopTests/", "Tests/SessionTests/", "Tests/HouseTests/",
      ],
      countsInTests: true),
    Hatch(
      description: "locks", pattern: #"\bMutex\b|pthread_mutex"#,
      home: ["Sources/Monitors/Engine/Crossing/"]),
    Hatch(
      description: "a window on the machine", pattern: #"\b(?:openat?|fopen|opendir|statvfs)\("#,
      home: [
        "Sources/Monitors/Host/", "Sources/Monitors/Engine/Crossing/", "Sources/perftop/Terminal/",
        "Sources/perftop/Commands/",
      ]),
  ]

  @Test("there is none outside its home", arguments: hatches)
  func absent(_ hatch: Hatch) {
    let pattern = Regexes.make(hatch.pattern)
    let product = SourceTree.monitors + SourceTree.perftop
    let files = hatch.countsInTests ? product + SourceTree.tests : product
    let places = files.filter { file in !hatch.home.contains { file.path.hasPrefix($0) } }
      .flatMap { $0.places(pattern) }
    #expect(places == [])
  }

  @Test(
    "each would be found",
    arguments: [
      "let a = b!", "x as! Y", "try! z()", "final class C: @unchecked Sendable {", "sleep(1)",
      "import Foundation",
      "let p = getenv(name)", "await f()", "Task { }", "let m = Mutex(0)", "f(a!, b)",
      "import CNcurses", "fatalError()",
      "let s = \"\\(a!)\"",
    ])
  func found(_ line: String) {
    let file = SourceFile(path: "a", text: line)
    #expect(Self.hatches.contains { !file.places(Regexes.make($0.pattern)).isEmpty })
  }

  @Test(
    "and none is seen where there is none",
    arguments: [
      "if a != b, !c { }", "// try! not to sleep(1)", "\"import Foundation!\"", "#\"a\"b!\"#",
      "let sleeper = 1",
      "\"\"\"\nawait me!\n\"\"\"", "let text = \"a \\(b ? \"x!\" : \"y\") c!\"",
      "guard !isOpen(x) else {",
    ])
  func overlooked(_ text: String) {
    let file = SourceFile(path: "a", text: text)
    #expect(
      Self.hatches.filter { !file.places(Regexes.make($0.pattern)).isEmpty }.map(\.description)
        == [])
  }
}
