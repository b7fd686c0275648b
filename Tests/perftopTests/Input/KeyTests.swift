import Testing

@testable import perftop

@Suite("Key names")
struct KeyTests {
  @Test("every default key has a name that is read back as that key")
  func roundTrip() {
    for action in Action.allCases {
      for key in action.defaultKeys {
        #expect(Key(name: key.name.text) == key, "\(key)")
      }
    }
  }

  @Test("names are read in any case, and nonsense is refused")
  func names() {
    #expect(Key(name: "PgUp") == .pageUp)
    #expect(Key(name: "Ctrl-L") == .control("l"))
    #expect(Key(name: "F12") == .function(12))
    #expect(Key(name: "a") == .character("a"))
    #expect(Key(name: "A") == .character("A"))
    for name in ["", "f13", "f0", "ctrl-", "ctrl-ab", "nonsense"] {
      #expect(Key(name: name) == nil)
    }
  }
}
