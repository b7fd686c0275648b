import Testing

@testable import Monitors

@Suite("Programs that are not linked, as a config file tells of them")
struct TargetReaderTests {
  @Test("a program has what reaches it, word by word")
  func whole() {
    let found = loaded(
      """
      targets:
        - match: lane_detector
          quality: [rosparam, set, /camera/quality, "{level}"]
          gc: [jcmd, "{pid}", GC.run]
        - match: ^/opt/robot/.*node$
          evict: [rosservice, call, /clear, "{}", 5]
      """)
    #expect(found.problems == [])
    let first = TargetSettings(match: "lane_detector")
    #expect(found.config.targets.count == 2)
    #expect(found.config.targets.first?.match == first.match)
    #expect(
      found.config.targets.first?.quality == ["rosparam", "set", "/camera/quality", "{level}"])
    #expect(found.config.targets.first?.collect == ["jcmd", "{pid}", "GC.run"])
    #expect(found.config.targets.last?.evict == ["rosservice", "call", "/clear", "{}", "5"])
  }

  // Swift 6.0 crashes on a text with a value in it among the arguments of a test.
  private static let slips: [(String, String)] = [
    ("- gc: [a]", "targets[1]: no match: which program it is about"),
    ("- lane", "targets[1]: expected match: and what to do, got 'lane'"),
    ("- match: ''", "targets[1].match: expected a name or an expression"),
    ("- match: 'a('", "targets[1].match: a(: not a regular expression"),
    ("- match: 'a{90}{90}'", "targets[1].match: a{90}{90}: not a regular expression"),
    ("- {match: a, gcc: [b]}", "targets[1].gcc: unknown key (did you mean gc?)"),
    ("- {match: a, gc: jcmd}", "targets[1].gc: expected a list of a program and its arguments"),
    ("- {match: a, gc: []}", "targets[1].gc: expected a list of a program and its arguments"),
    (
      "- {match: a, gc: [\(Array(repeating: "b", count: 65).joined(separator: ","))]}",
      "targets[1].gc: expected at most 64 words, got 65"
    ),
    ("- {match: a, gc: ['']}", "targets[1].gc: text in quotes, \"\" is no argument"),
    ("- {match: a, gc: [b, ~]}", "targets[1].gc: nothing is no argument"),
    ("- {match: a, gc: [b, [c]]}", "targets[1].gc: a list is no argument"),
    ("- {match: a, gc: [\"a\\0b\"]}", "targets[1].gc: text in quotes, "),
    ("- {match: a, gc: [b, '{level}']}", "targets[1].gc: {level} is only known to quality"),
    ("- {match: a, quality: [b, 'q={level}']}", "targets[1].quality: {level} must be a whole"),
    ("- {match: a, gc: ['{pid}']}", "targets[1].gc: {pid} can't be the program"),
    ("- {match: a, gc: [b, '{name}']}", "targets[1].gc: unknown placeholder {name} (there are"),
    ("- {match: a, match: b}", "targets[1].match: duplicate key"),
  ]

  @Test("a program with a mistake in it is left out, and told", arguments: slips)
  func mistakes(_ text: String, _ sentence: String) {
    let found = loaded("targets:\n  \(text)\n  - match: robot\n")
    #expect(found.problems.count == 1)
    let said = found.problems.first?.text.text ?? ""
    #expect(said.hasPrefix("config.yaml:2: \(sentence)"), "\(said)")
    #expect(found.config.targets == [TargetSettings(match: "robot")])
  }
}
