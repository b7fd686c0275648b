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

  @Test(
    "names are read as people write them",
    arguments: [
      ("PgUp", Key.pageUp), ("page-up", .pageUp), ("PageUp", .pageUp), ("page_down", .pageDown),
      ("PgDn", .pageDown), ("Ctrl-L", .control("l")), ("ctrl+l", .control("l")),
      ("C-l", .control("l")), ("^L", .control("l")), ("<C-l>", .control("l")),
      ("control l", .control("l")), ("F12", .function(12)), ("f5", .function(5)),
      ("<F5>", .function(5)), ("a", .character("a")), ("A", .character("A")),
      ("shift-a", .character("A")), ("Space", .character(" ")), ("<Space>", .character(" ")),
      ("Shift-Tab", .backTab), ("S-Tab", .backTab), ("backtab", .backTab), ("Return", .enter),
      ("Escape", .escape), ("ctrl-i", .tab), ("ctrl-m", .enter), ("^[", .escape),
      ("é", .character("é")),
      ("+", .character("+")), ("-", .character("-")), ("<", .character("<")),
      ("plus", .character("+")),
      ("^", .character("^")),
    ])
  func names(_ name: String, _ key: Key) { #expect(Key(name: name) == key) }

  @Test(
    "nonsense is refused",
    arguments: [
      "", "f13", "f0", "f05", "ctrl-", "ctrl-ab", "nonsense", "<>", "ctrl-1", "shift-f5", "alt-x",
      "--", "c-", "ctrl-é",
    ])
  func nonsense(_ name: String) { #expect(Key(name: name) == nil) }

  @Test("every name that is suggested is one that is read")
  func suggestions() { for name in Key.names { #expect(Key(name: name) != nil, "\(name)") } }
}
