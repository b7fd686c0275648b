import Monitors
import Testing

@testable import perftop

@Suite("Keymap")
struct KeymapTests {
  @Test("no default key means two things in one place, and none of the reserved ones anything")
  func conflicts() {
    for place in [Action.Place.panes, .picker] {
      let keys = Action.allCases.filter { $0.place.meets(place) }.flatMap(\.defaultKeys)
      #expect(Set(keys).count == keys.count)
      #expect(Set(KeyBindings.reserved.keys).isDisjoint(with: keys))
    }
    #expect(Keymap.standard.problems.isEmpty)
  }

  @Test("every action has a key, a name and a summary")
  func complete() {
    for action in Action.allCases {
      #expect(!action.defaultKeys.isEmpty, "\(action)")
      #expect(!action.summary.isEmpty, "\(action)")
    }
  }

  @Test("only seven keys reach the target")
  func targetKeys() {
    let keys = Action.allCases.filter { $0.kind == .target }.flatMap(\.defaultKeys)
    #expect(Set(keys) == Set("CEBK<>=".map(Key.character)))
  }

  @Test("an action named in the configuration has exactly the keys given there")
  func overriding() {
    let map = Keymap(overrides: ["freeze": ["f5", "P"]])
    #expect(map.action(for: .function(5)) == .freeze)
    #expect(map.action(for: .character("P")) == .freeze)
    #expect(map.action(for: .character(" ")) == nil)
    #expect(map.keys(for: .freeze) == [.function(5), .character("P")])
  }

  @Test("ctrl-c quits and esc goes back, whatever the configuration says")
  func wayOut() {
    let map = Keymap(overrides: ["quit": ["Q"], "back": []])
    #expect(map.action(for: .control("c")) == .quit)
    #expect(map.action(for: .escape) == .back)
    #expect(map.action(for: .character("q")) == nil)
    #expect(map.keys(for: .quit) == [.character("Q"), .control("c")])
    #expect(map.keys(for: .back) == [.escape])
  }

  private func problems(_ overrides: [String: [String]]) -> [String] {
    Keymap(overrides: overrides).problems.map(\.sentence.text)
  }

  @Test(
    "what can't be bound is told with what was probably meant",
    arguments: [
      ("frieze", "f5", "frieze: no such action (did you mean freeze?)"),
      ("fly", "f5", "fly: no such action"),
      ("freeze", "spce", "freeze: spce: no such key (did you mean space?)"),
      ("freeze", "hyper-x", "freeze: hyper-x: no such key"),
      ("freeze", "", "freeze: : no such key"),
      ("freeze", "ctrl-s", "freeze: ctrl-s: can't be bound, it stops the line"),
      ("freeze", "^B", "freeze: ^B: can't be bound, tmux needs it"),
      ("freeze", "C-c", "freeze: C-c: always means quit"),
      ("freeze", "esc", "freeze: esc: always means back"),
      ("freeze", "q", "freeze: q: quit has it too; freeze keeps space"),
      ("page_down", "k", "page_down: k: up has it too; page-down keeps pgdn and ctrl-f and ctrl-d"),
    ])
  func refusals(_ action: String, _ key: String, _ sentence: String) {
    #expect(problems([action: [key]]) == [sentence])
    let map = Keymap(overrides: [action: [key]])
    for action in Action.allCases {
      #expect(map.keys(for: action) == Keymap.standard.keys(for: action))
    }
  }

  @Test("all problems are told, and what is sound is bound nevertheless")
  func allProblems() {
    let map = Keymap(overrides: [
      "fly": ["f"], "freeze": ["ctrl-q", "nokey"], "zoom": ["z"], "help": ["f1"], "mark": ["M"],
      "record": ["M"],
    ])
    #expect(map.problems.count == 4)
    #expect(map.problems.last?.sentence == "record: M: mark has it too; both keep their usual keys")
    #expect(map.keys(for: .zoom) == [.character("z")])
    #expect(map.keys(for: .help) == [.function(1)])
    #expect(map.action(for: .character(" ")) == .freeze)
    #expect(map.action(for: .character("m")) == .mark)
    #expect(map.action(for: .character("R")) == .record)
  }

  @Test("keys that trade places are no conflict, and a refusal that makes one is followed up")
  func trading() {
    let traded = Keymap(overrides: ["next-match": ["N"], "previous-match": ["n"]])
    #expect(traded.problems.isEmpty)
    #expect(traded.action(for: .character("n")) == .previousMatch)
    // Freeze can't leave the space bar, so search can't have it.
    let chained = Keymap(overrides: ["freeze": ["nokey"], "search": ["space"]])
    #expect(chained.problems.map(\.action) == ["freeze", "search"])
    #expect(chained.action(for: .character(" ")) == .freeze)
    #expect(chained.action(for: .character("/")) == .search)
  }

  @Test("an action may be left without a key; a sentence then names it as in the palette")
  func keyless() {
    let map = Keymap(overrides: ["freeze": []])
    #expect(map.problems.isEmpty)
    #expect(map.keys(for: .freeze).isEmpty)
    #expect(map.name(of: .freeze) == ": freeze")
    #expect(map.name(of: .zoom) == "enter")
    #expect(Keymap(overrides: ["freeze": [], "palette": []]).name(of: .freeze) == "freeze")
  }

  @Test("thousands of slips are all told, but not for all of them is looked for what was meant")
  func manySlips() {
    let slips = (1000..<10_000).map { "\($0)vious-match" }
    let actions = Keymap(overrides: Dictionary(uniqueKeysWithValues: slips.map { ($0, ["x"]) }))
    #expect(actions.problems.count == slips.count)
    let suggested = actions.problems.count { $0.reason.text.contains("did you mean") }
    #expect(suggested > 10 && suggested * Action.allCases.count <= Suggestions.most)
    let keys = Keymap(overrides: ["zoom": Array(repeating: "pagedwn", count: 9000)])
    let suggestedKeys = keys.problems.count { $0.reason.text.contains("did you mean") }
    #expect(suggestedKeys > 10 && suggestedKeys * Key.names.count <= Suggestions.most)
  }

  @Test("one key may mean two things where they never meet")
  func places() {
    #expect(problems(["sort": ["f7"], "zoom": ["f7"]]).isEmpty)
    #expect(!problems(["sort": ["f7"], "help": ["f7"]]).isEmpty)
  }

  @Test("the same action twice is told, and so is the same key once only")
  func doubles() {
    let map = Keymap(overrides: ["page-down": ["f7"], "page_down": ["f8"]])
    #expect(map.problems.map(\.sentence.text) == ["page_down: the same action as page-down"])
    #expect(map.keys(for: .pageDown) == [.function(7)])
    #expect(Keymap(overrides: ["freeze": ["f7", "F7"]]).keys(for: .freeze) == [.function(7)])
  }

  @Test("under help its own keys close it, keys that move move, and nothing else acts")
  func help() {
    let map = Keymap.standard
    for key in [Key.character("?"), .character("h"), .function(1), .escape, .character("q")] {
      #expect(map.action(for: key, under: .help) == .back)
    }
    #expect(map.action(for: .control("c"), under: .help) == .quit)
    #expect(map.action(for: .character("j"), under: .help) == .down)
    #expect(map.action(for: .character("z"), under: .help) == nil)
  }
}
