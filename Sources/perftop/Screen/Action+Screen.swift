import Monitors

/// Actions as the screen shows them.
extension Action {
  /// What the footer offers, the most useful first; what can't act now is left out.
  private static let offered: [(action: Action, label: Printable)] = [
    (.help, "help"), (.acknowledge, "ack"), (.shelve, "shelve"), (.undo, "undo"),
    (.back, "back"), (.zoom, "zoom"), (.nextPane, "next pane"), (.freeze, "freeze"),
    (.pick, "processes"), (.nextTarget, "next target"), (.search, "search"), (.nextTheme, "theme"),
    (.faster, "faster"), (.slower, "slower"), (.quit, "quit"),
  ]

  /// The same for the list of processes.
  private static let offeredInList: [(action: Action, label: Printable)] = [
    (.choose, "watch"), (.search, "filter"), (.markRow, "mark"), (.sort, "sort"),
    (.reverseSort, "reverse"), (.tree, "tree"), (.fold, "fold"), (.back, "back"), (.help, "help"),
    (.sortByGrowth, "by growth"), (.quit, "quit"),
  ]

  static func footer(_ scene: Scene, _ keymap: Keymap) -> [FooterKey] {
    if case .shelve = scene.view.overlay {
      return [
        FooterKey("1", "10 min"), FooterKey("2", "30 min"), FooterKey("3", "2 h"),
        FooterKey("4", "8 h"), FooterKey("esc", "leave it"),
      ]
    }
    return (scene.view.overlay == .picker ? offeredInList : offered).compactMap { action, label in
      guard action.whyNot(in: scene) == nil, let key = keymap.keys(for: action).first else {
        return nil
      }
      return FooterKey(key.name, label)
    }
  }

  static func help(_ scene: Scene, _ keymap: Keymap) -> [HelpRow] {
    allCases.map { action in
      let keys = keymap.keys(for: action).map(\.name.text).joined(separator: " ")
      return HelpRow(
        Printable(keys), action.summary, reason: action.whyNot(in: scene))
    }
  }
}
