import Testing

@testable import perftop

@Suite("Keymap")
struct KeymapTests {
  @Test("no default key means two things in one place, and none of the reserved ones anything")
  func conflicts() throws {
    for place in [Action.Place.panes, .picker] {
      let keys = Action.allCases.filter { $0.place.meets(place) }.flatMap(\.defaultKeys)
      #expect(Set(keys).count == keys.count)
      #expect(Keymap.reserved.isDisjoint(with: keys))
    }
    _ = try Keymap(overrides: [:])
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
  func overriding() throws {
    let map = try Keymap(overrides: ["freeze": ["f5", "P"]])
    #expect(map.action(for: .function(5)) == .freeze)
    #expect(map.action(for: .character("P")) == .freeze)
    #expect(map.action(for: .character(" ")) == nil)
    #expect(map.keys(for: .freeze) == [.function(5), .character("P")])
  }

  @Test("ctrl-c quits and esc goes back, whatever the configuration says")
  func wayOut() throws {
    let map = try Keymap(overrides: ["quit": ["Q"], "back": []])
    #expect(map.action(for: .control("c")) == .quit)
    #expect(map.action(for: .escape) == .back)
    #expect(map.action(for: .character("q")) == nil)
  }

  @Test("what can't be bound is refused with its reason")
  func refusals() {
    func failure(_ overrides: [String: [String]]) -> Keymap.Conflict? {
      do throws(Keymap.Conflict) { _ = try Keymap(overrides: overrides) } catch { return error }
      return nil
    }
    #expect(failure(["fly": ["f"]]) == .unknownAction("fly"))
    #expect(failure(["freeze": ["hyper-x"]]) == .unknownKey("hyper-x"))
    #expect(failure(["freeze": ["ctrl-s"]]) == .reserved("ctrl-s"))
    #expect(failure(["freeze": ["q"]]) == .taken(key: "q", by: .freeze, also: .quit))
    #expect(failure(["freeze": ["ctrl-c"]]) == .taken(key: "ctrl-c", by: .quit, also: .freeze))
  }

  @Test("under help its own keys close it, keys that move move, and nothing else acts")
  func help() {
    let map = Keymap.standard
    for key in [Key.character("?"), .character("h"), .function(1), .escape, .character("q")] {
      #expect(map.action(for: key, under: .help) == .back)
    }
    #expect(map.action(for: .control("c"), under: .help) == .quit)
    #expect(map.action(for: .character("j"), under: .help) == .down)
    #expect(map.action(for: .character("A"), under: .help) == nil)
  }
}
