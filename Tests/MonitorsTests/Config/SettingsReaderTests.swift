import TestSupport
import Testing

@testable import Monitors

@Suite("Settings as they are read, and why some are not obeyed")
struct SettingsReaderTests {
  // Swift 6.0 crashes on a text with a value in it among the arguments of a test.
  private static let slips: [(String, String)] = [
    (
      "\n\nmemory:\n  warning_treshold: 1\n",
      "config.yaml:4: memory.warning_treshold: unknown key (did you mean warning_threshold?)"
    ),
    ("memmory:\n  max_gb: 1\n", "config.yaml:1: memmory: unknown key (did you mean memory?)"),
    ("frobnicate: 1\n", "config.yaml:1: frobnicate: unknown key"),
    ("max_gb: 1\n", "config.yaml:1: max_gb: unknown key (did you mean max_gb in memory?)"),
    (
      "thermal:\n  critical: 70\n",
      "config.yaml:2: thermal.critical: unknown key (did you mean critical_celsius?)"
    ),
    (
      "memory:\n  max_gb: lots\n",
      "config.yaml:2: memory.max_gb: expected a number (0.001 to 1000000), got 'lots'"
    ),
    (
      "memory:\n  max_gb: 0\n",
      "config.yaml:2: memory.max_gb: 0 is out of range (0.001 to 1000000)"
    ),
    (
      "memory:\n  warning_threshold: 80\n",
      "config.yaml:2: memory.warning_threshold: 80 is out of range (0 to 1; write 0.8 for 80 %)"
    ),
    (
      "memory:\n  max_gb: 1\n  max_gb: 2\n",
      "config.yaml:3: memory.max_gb: duplicate key (first on line 2)"
    ),
    (
      "memory:\n  max_gb: 1\nmemory:\n  max_gb: 2\n",
      "config.yaml:3: memory: duplicate key (first on line 1)"
    ),
    ("memory: 5\n", "config.yaml:1: memory: expected settings, got '5'"),
    ("[memory]\n", "config.yaml:1: expected sections with settings, got a list"),
    ("memory:\n  [a]: 1\n", "config.yaml:2: memory: expected a name, got a list"),
    (
      "memory:\n  max_gb:\n",
      "config.yaml:2: memory.max_gb: expected a number (0.001 to 1000000), got nothing "
        + "(leave the line out for the default)"
    ),
    (
      "memory:\n  max_gb: \"8\"\n",
      "config.yaml:2: memory.max_gb: expected a number (0.001 to 1000000), got text in quotes, "
        + "\"8\" (write it without quotes)"
    ),
    (
      "storage:\n  compression_level: 6.5\n",
      "config.yaml:2: storage.compression_level: expected a whole number (0 to 22), got '6.5'"
    ),
    (
      "profile: jetsn\n",
      "config.yaml:1: profile: expected one of auto, raspberry_pi, jetson, desktop, got 'jetsn' "
        + "(did you mean jetson?)"
    ),
    ("ascii: y\n", "config.yaml:1: ascii: expected true or false, got 'y'"),
    (
      "quality:\n  levels: [low, hihg]\n",
      "config.yaml:2: quality.levels: no 'hihg' (did you mean high?)"
    ),
    (
      "alerts:\n  disabled: [nope, cpu-hihg, cpu-high]\n",
      "config.yaml:2: alerts.disabled: no 'nope', no 'cpu-hihg' (did you mean cpu-high?)"
    ),
    (
      "quality:\n  frame_skip: [1, 2]\n",
      "config.yaml:2: quality.frame_skip: expected a list of 5 whole numbers (0 to 1000), got 2"
    ),
    (
      "quality:\n  frame_skip: []\n",
      "config.yaml:2: quality.frame_skip: expected a list of 5 whole numbers (0 to 1000), got an empty list"
    ),
    (
      "quality:\n  levels: []\n",
      "config.yaml:2: quality.levels: expected a list of one or more names, got an empty list"
    ),
    (
      "keys:\n  zoom: [\(Array(repeating: "z", count: 33).joined(separator: ","))]\n",
      "config.yaml:2: keys.zoom: expected a key or a list of at most 32 keys, got 33"
    ),
    (
      "keys:\n  zoom: {a: b}\n",
      "config.yaml:2: keys.zoom: expected a key or a list of keys, got names with values"
    ),
    ("keys: zoom\n", "config.yaml:1: keys: expected action: key, a line each, got 'zoom'"),
    ("a: &b 1\n", "config.yaml:1: anchors are refused: write the value itself"),
    ("a: [\n", "config.yaml:2:1: did not find expected node content"),
  ]

  @Test("each mistake is one line with file, line and setting", arguments: slips)
  func mistakes(_ text: String, _ sentence: String) {
    #expect(complaints(text) == [sentence])
    #expect(loaded(text).config.memory.warningThreshold == 0.8)
  }

  @Test("of two of the same name the first counts, and what is right beside a mistake is obeyed")
  func others() {
    let found = loaded("memory:\n  max_gb: 2\n  max_gb: 3\n  check_interval: x\ninterval: 5\n")
    #expect(found.config.memory.maximum == Bytes(2_000_000_000))
    #expect(found.config.memory.checkInterval == 10)
    #expect(found.config.interval == 5)
    #expect(found.count == 2)
    #expect(found.problems.map(\.line) == [3, 4])
  }

  static let memoryKeys = Settings.all.count { $0.section == "memory" }

  @Test(
    "thousands of slips are all told, but not for all of them is looked for what was meant",
    arguments: [
      ("memory:\n", "  #ing_threshold: 1\n", SettingsReaderTests.memoryKeys),
      ("targets:\n", "  - {match: '#', evct: [a]}\n", 4),
    ])
  func manySlips(_ head: String, _ line: String, _ candidates: Int) {
    let slips = (1000..<6000).map { line.replacing("#", with: "\($0)") }
    let said = complaints(head + slips.joined())
    #expect(said.count == slips.count)
    let suggested = said.count { $0.contains("did you mean") }
    #expect(suggested > 10 && suggested * candidates <= Suggestions.most)
  }

  @Test("a section whose lines were all taken out is none")
  func emptySection() { #expect(complaints("memory:\nkeys:\ntargets:\nthermal: ~\n") == []) }

  @Test(
    "yes and no are answers in all the ways of YAML 1.1, and only without quotes",
    arguments: [
      ("true", true), ("yes", true), ("On", true), ("TRUE", true), ("false", false), ("no", false),
      ("OFF", false), ("'yes'", nil), ("1", nil), ("y", nil), ("~", nil), ("", nil),
    ] as [(String, Bool?)])
  func flags(_ text: String, _ flag: Bool?) {
    let found = loaded("ascii: \(text)\n")
    #expect(found.problems.isEmpty == (flag != nil))
    #expect(found.config.isASCII == flag ?? false)
  }

  @Test("words that YAML 1.1 takes for something else are words where a word is wanted")
  func words() {
    #expect(loaded("palette: off\n").config.palette == "off")
    #expect(loaded("palette: 256\n").config.palette == "256")
    #expect(loaded("theme: 'on'\n").config.theme == "on")
    #expect(loaded("theme: 1984\n").config.theme == "1984")
    #expect(
      loaded("keys:\n  freeze: y\n  pick: [n, 1]\n").config.keys == [
        "freeze": ["y"], "pick": ["n", "1"],
      ])
  }

  @Test("what a mistake quotes is short and safe to print")
  func quoted() {
    let text = "memory:\n  max_gb: \"\\e]52;c;x\\a\(String(repeating: "y", count: 100_000))\"\n"
    let said = complaints(text).first ?? ""
    #expect(said.count < 200)
    #expect(!said.unicodeScalars.contains("\u{1b}"))
    let key = complaints("\(String(repeating: "k", count: 900)): 1\n").first ?? ""
    #expect(key.count < 200)
  }

  private static let hostile = [
    "-1", "2147483648", "9223372036854775808", "\"\"", "[a, b]", "null", "~", "NaN", ".nan", ".inf",
    "-.inf", "1e400", "{a: b}", "\"\\0\"", "'\u{301}'", "[[[]]]", "",
  ]

  @Test(
    "F3: every key against every hostile value: the default, one warning with the line, no crash")
  func everyKey() {
    for setting in Settings.all {
      for value in Self.hostile + ["\"\(String(repeating: "A", count: 200_000))\""] {
        let found = loaded(setting.file(value))
        switch setting.kind {
        case .bindings, .targets, .channels, .rules:
          #expect(found.problems.allSatisfy { $0.line == setting.line })
        case .name where found.problems.isEmpty: #expect(found.config.theme.utf8.count <= 255)
        case .names where value == "[a, b]": #expect(found.config.quality.features == ["a", "b"])
        default:
          #expect(found.problems.map(\.line) == [setting.line], "\(setting.name): \(value)")
          #expect(found.problems.first?.setting == setting.name)
          #expect(found.config == loaded("").config, "\(setting.name): \(value)")
        }
      }
    }
  }

  @Test("F3: the ends of every range can be lived with")
  func extremes() throws {
    let machine = FakeMachine()
    for setting in Settings.all {
      for value in setting.extremes {
        let config = loaded(setting.file(value), on: machine.host).config
        let held = try TargetFinder(host: machine.host).attach(42, scratch: Scratch())
        let sampler = Sampler(
          host: machine.host, config: config, targets: [WatchedTarget(.pid(42), first: held)],
          inlineWorkers: true)
        var engine = Engine(source: sampler, host: machine.host, config: config)
        for _ in 0..<3 {
          machine.time.advance(by: 1)
          #expect(engine.tick(at: machine.time.now(), late: 0).count == 1)
        }
      }
    }
  }

  @Test("F3: damage anywhere in a file of defaults crashes nothing, and mistakes have lines")
  func damaged() {
    var numbers = SeededNumbers(seed: 3)
    let whole = Array(ConfigText.defaults(on: .fake(files: FakeFiles())).utf8)
    for _ in 0..<150 {
      let bytes = numbers.damaged(numbers.damaged(whole))
      let found = LoadedConfig(bytes, file: "config.yaml", machine: .fake(files: FakeFiles()))
      #expect(found.problems.allSatisfy { $0.line != nil && !$0.sentence.isEmpty })
    }
  }
}

extension Setting {
  /// Values at both ends of what it may be.
  fileprivate var extremes: [String] {
    switch kind {
    case .number(let range): ["\(range.lowerBound)", "\(range.upperBound)"]
    case .whole(let range): ["\(range.lowerBound)", "\(range.upperBound)"]
    case .numbers(let range, let count, _):
      [range.lowerBound, range.upperBound].map { end in
        "[\((0..<count).map { _ in SettingKind.text(end) }.joined(separator: ", "))]"
      }
    case .words(let words, _): ["[\(words[0])]", "[\(words.joined(separator: ", "))]"]
    case .names: ["[]", "[lanes, signs]"]
    case .flag: ["true", "false"]
    case .choice(let words): words
    case .name, .bindings, .targets, .channels, .rules: []
    }
  }
}
