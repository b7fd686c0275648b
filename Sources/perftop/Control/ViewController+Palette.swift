import Monitors

/// The palette: every action by name.
extension ViewController {
  private static let longest = 100
  private static let page = 10

  mutating func openPalette(_ page: Page, text: String = "") {
    let under = view.overlay == .palette ? view.palette?.under ?? .none : view.overlay
    view.palette = PaletteState(text: text, under: under, themes: page.themes())
    view.overlay = .palette
  }

  private mutating func closePalette() {
    view.overlay = view.palette?.under ?? .none
    view.palette = nil
  }

  mutating func pressInPalette(_ key: Key, seeing snapshots: [Snapshot], on page: Page) -> [Effect]
  {
    let text = view.palette?.text ?? ""
    switch key {
    case .character(let character): typeInPalette(String(character))
    case .backspace where text.isEmpty: closePalette()
    case .backspace: replace(String(text.dropLast()))
    case .control("u"): replace("")
    case .control("w"): replace(text.withoutLastWord)
    case .escape: closePalette()
    case .enter: return choose(seeing: snapshots, on: page)
    case .down, .tab, .control("n"): selectInPalette(by: 1, seeing: snapshots, isRound: true)
    case .up, .backTab, .control("p"): selectInPalette(by: -1, seeing: snapshots, isRound: true)
    case .pageDown, .control("f"), .control("d"):
      selectInPalette(by: ViewController.page, seeing: snapshots)
    case .pageUp: selectInPalette(by: -ViewController.page, seeing: snapshots)
    case .home: view.palette?.selected = 0
    case .end: selectInPalette(by: Int.max / 2, seeing: snapshots)
    case .control("l"): return [.repaint]
    case .control("z"): return [.suspend]
    default: break
    }
    return []
  }

  mutating func typeInPalette(_ text: String) { replace((view.palette?.text ?? "") + text) }

  private mutating func replace(_ text: String) {
    view.palette?.text = String(text.prefix(ViewController.longest))
    view.palette?.selected = 0
  }

  mutating func selectInPalette(by step: Int, seeing snapshots: [Snapshot], isRound: Bool = false) {
    let count = PaletteEntry.all(in: scene(snapshots)).count
    guard let selected = view.palette?.selected, count > 0 else { return }
    let next = selected + step
    view.palette?.selected =
      isRound ? (next + count) % count : min(count - 1, max(0, next))
  }

  /// Does what the chosen row says, or says why not and stays.
  mutating func choose(seeing snapshots: [Snapshot], on page: Page) -> [Effect] {
    let entries = PaletteEntry.all(in: scene(snapshots, on: page))
    let selected = view.palette?.selected ?? 0
    guard entries.indices.contains(selected) else {
      view.message = "\(Printable(view.palette?.text ?? "")): no action has that name"
      return []
    }
    let entry = entries[selected]
    if let reason = entry.reason {
      view.message = "\(entry.name): \(reason)"
      return []
    }
    switch entry.request {
    case .complete(let text):
      replace(text)
      return text == "evict " ? survey(in: scene(snapshots)) : []
    case .action(let action):
      closePalette()
      return apply(action, seeing: snapshots, on: page)
    case .order(let order):
      closePalette()
      return carryOut(order, seeing: snapshots)
    }
  }

  private mutating func carryOut(_ order: PaletteOrder, seeing snapshots: [Snapshot]) -> [Effect] {
    switch order {
    case .theme(let name): return [.theme(name)]
    case .interval(let seconds): return ask(forInterval: seconds)
    case .target(let number):
      showTarget(number - 1, of: (view.frozen ?? snapshots).count)
      return []
    case .shelve(let seconds):
      guard let alert = chosenAlert(in: scene(snapshots), to: .shelve) else { return [] }
      return [.command(.shelve(alert.id, of: alert.key, seconds: seconds))]
    case .note(let text):
      guard let alert = chosenAlert(in: scene(snapshots), to: .acknowledge) else { return [] }
      return [.command(.note(alert.id, of: alert.key, text: text))]
    case .act(let action): return act(action, in: scene(snapshots))
    }
  }
}
