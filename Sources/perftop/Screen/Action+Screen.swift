import Monitors

/// Actions as the screen shows them.
extension Action {
  /// What the footer offers, the most useful first; what can't act now is left out.
  private static let offered: [(action: Action, label: Printable)] = [
    (.help, "help"), (.back, "back"), (.acknowledge, "ack"), (.shelve, "shelve"), (.zoom, "zoom"),
    (.nextPane, "next pane"), (.search, "search"), (.nextMatch, "next match"), (.pick, "processes"),
    (.freeze, "freeze"), (.quit, "quit"), (.palette, "all actions"), (.undo, "undo"),
    (.nextTarget, "next target"), (.nextTheme, "theme"), (.faster, "faster"), (.slower, "slower"),
  ]

  /// What a person does to the target, where it obeys: behind what they can't do without.
  private static let offeredForLinked: [(action: Action, label: Printable)] = [
    (.collect, "collect"), (.evict, "evict"), (.qualityDown, "lower"), (.qualityUp, "higher"),
    (.applyBatch, "apply batch"), (.operations, "operations"),
  ]

  /// What a linked target has to offer for it; `nil` for what needs none.
  private var offer: TargetAction.Kind? {
    switch self {
    case .collect: .collect
    case .evict: .evict
    case .qualityDown, .qualityUp: .quality
    case .applyBatch: .batch
    default: nil
    }
  }

  /// Under a list about the target.
  private static let offeredInSheet: [(action: Action, label: Printable)] = [
    (.back, "close"), (.collect, "collect"), (.evict, "evict"), (.search, "search"),
    (.nextMatch, "next match"), (.pageDown, "page down"), (.pageUp, "page up"), (.help, "help"),
  ]

  /// The same for the list of processes.
  private static let offeredInList: [(action: Action, label: Printable)] = [
    (.choose, "watch"), (.search, "filter"), (.markRow, "mark"), (.sort, "sort"),
    (.reverseSort, "reverse"), (.tree, "tree"), (.fold, "fold"), (.back, "back"), (.help, "help"),
    (.sortByGrowth, "by growth"), (.quit, "quit"), (.palette, "all actions"),
  ]

  /// Under help its own keys are offered, and those that move in it.
  private static let offeredInHelp: [(action: Action, label: Printable)] = [
    (.back, "close"), (.pageDown, "page down"), (.pageUp, "page up"), (.search, "search"),
    (.nextMatch, "next match"), (.palette, "all actions"),
  ]

  static func footer(_ scene: Scene) -> [FooterKey] {
    switch scene.view.overlay {
    case .shelve:
      return [
        FooterKey(.character("1"), "10 min"), FooterKey(.character("2"), "30 min"),
        FooterKey(.character("3"), "2 h"), FooterKey(.character("4"), "8 h"),
        FooterKey(.escape, "leave it"),
      ]
    case .palette:
      return [
        FooterKey(.enter, "do it"), FooterKey(.escape, "close"), FooterKey(.down, "next"),
        FooterKey(.up, "previous"), FooterKey(.control("u"), "clear"),
      ]
    case .picker where scene.view.isTyping:
      return [FooterKey(.enter, "keep"), FooterKey(.escape, "no filter"), FooterKey(.down, "down")]
    case _ where scene.view.isTyping:
      return [FooterKey(.enter, "find"), FooterKey(.escape, "give up")]
    case .help: return footer(offeredInHelp, scene)
    case .picker: return footer(offeredInList, scene)
    case .sheet: return footer(offeredInSheet, scene)
    case .none:
      let offers = scene.snapshot?.sample.link.value?.offers
      let linked = offeredForLinked.filter { action, _ in
        offers.map { offers in action.offer.map(offers.contains) ?? true } ?? false
      }
      let place = min(offered.count, afterEssentials)
      let essentials = Array(offered[..<place])
      return footer(essentials + linked + Array(offered[place...]), scene)
    }
  }

  private static let afterEssentials = 5

  private static func footer(
    _ offered: some Sequence<(action: Action, label: Printable)>, _ scene: Scene
  ) -> [FooterKey] {
    offered.compactMap { action, label in
      guard action.isWorthOffering(in: scene), action.reason(in: scene) == nil,
        let key = scene.keymap.keys(for: action).first
      else { return nil }
      var shown = FooterKey(key, action.newLabel(in: scene) ?? label)
      shown.isLasting = action == .help || action == .quit
      return shown
    }
  }

  /// What it does just now, where that is something else than usual.
  private func newLabel(in scene: Scene) -> Printable? {
    switch self {
    case .freeze where scene.view.frozen != nil: "go on"
    case .zoom where scene.view.isZoomed: "do what is advised"
    default: nil
    }
  }

  /// Going back from where there is nothing behind is harmless, but no offer.
  private func isWorthOffering(in scene: Scene) -> Bool {
    let view = scene.view
    return self != .back || view.overlay != .none || view.isZoomed || view.search != nil
  }

  /// All of help: keys by what they are for, and at its end what program this is.
  static func help(_ scene: Scene, about: [Printable] = []) -> [HelpRow] {
    var below = scene
    below.view.overlay = .none
    let groups = Group.allCases.flatMap { group -> [HelpRow] in
      let rows = group.actions.map { $0.helpRow(scene, below) }
      return grouped(rows, under: group.title)
    }
    guard !about.isEmpty else { return groups + legend }
    return groups + legend + [.heading("This program")] + about.map { HelpRow.note($0) }
  }

  /// What stands on the screen without a word beside it.
  private static var legend: [HelpRow] {
    let letters = Mark.Kind.allCases.map { "\($0.letter) \($0.words)" }.joined(separator: ", ")
    return [
      .heading("Below the graphs"), .note(Printable(letters)), .heading("Figures"),
      .note("cpu of a process: 100 % is one core; several threads may take more"),
    ]
  }

  private func helpRow(_ scene: Scene, _ below: Scene) -> HelpRow {
    let keys = scene.keymap.keys(for: self).map(\.name.text).joined(separator: " ")
    let name = keys.isEmpty ? scene.keymap.name(of: self) : Printable(keys)
    // What works in help is told as it is in help, all else as it will be afterwards.
    return HelpRow(name, summary, reason: reason(in: worksInHelp ? scene : below))
  }

  /// A reason that all of them have in common stands once, with their heading.
  private static func grouped(_ rows: [HelpRow], under title: Printable) -> [HelpRow] {
    guard let reason = rows.first?.reason, rows.allSatisfy({ $0.reason == reason }) else {
      return [.heading(title)] + rows
    }
    let silent = rows.map { HelpRow($0.key, $0.summary, reason: "") }
    return [.heading(title, reason: reason)] + silent
  }
}

extension PalettePane {
  /// What is typed, and what it may stand for.
  init?(_ scene: Scene) {
    guard let state = scene.view.palette else { return nil }
    text = Printable(state.text)
    selected = state.selected
    rows = PaletteEntry.all(in: scene).map { entry in
      Row(
        name: entry.name, words: entry.reason ?? entry.summary, keys: entry.keys,
        isAble: entry.reason == nil, matched: entry.matched)
    }
  }
}
