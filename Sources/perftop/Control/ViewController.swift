import Monitors

/// Turns keys into a changed view and into effects; touches nothing else, so a test is state, keys, state and effects.
struct ViewController: Sendable {
  var view: ViewState
  let keymap: Keymap

  init(view: ViewState = ViewState(), keymap: Keymap = .standard) {
    self.view = view
    self.keymap = keymap
  }

  func scene(_ snapshots: [Snapshot], on page: Page? = nil) -> Scene {
    Scene(snapshots: snapshots, view: view, keymap: keymap, size: page?.size)
  }

  /// Takes a key.
  mutating func press(_ key: Key, seeing snapshots: [Snapshot], on page: Page = Page()) -> [Effect]
  {
    view.message = nil
    if case .mouse(let mouse) = key {
      return click(mouse, seeing: snapshots, on: page)
    }
    if case .pasted(let text) = key {
      paste(text, seeing: snapshots, on: page)
      return []
    }
    if view.overlay == .palette, key != .control("c") {
      return pressInPalette(key, seeing: snapshots, on: page)
    }
    if view.isTyping, key != .control("c") {
      if view.overlay == .picker {
        typeFilter(key, on: page)
      } else {
        type(key, seeing: snapshots, on: page)
      }
      return []
    }
    if case .shelve(let alert) = view.overlay, key != .control("c") {
      return answer(key, alert: alert, seeing: snapshots)
    }
    guard let action = keymap.action(for: key, under: view.overlay) else {
      view.message = unbound(key)
      return []
    }
    return apply(action, seeing: snapshots, on: page)
  }

  /// Does an action, or says why not.
  mutating func apply(_ action: Action, seeing snapshots: [Snapshot], on page: Page = Page())
    -> [Effect]
  {
    if let reason = action.whyNot(in: scene(snapshots, on: page)) {
      view.message = reason
      return []
    }
    switch action.kind {
    case .view: return look(action, seeing: snapshots, on: page)
    case .command: return command(action, seeing: snapshots)
    case .target: return reach(action, seeing: snapshots, on: page)
    }
  }

  /// Readings have come: what they answer is no longer asked for.
  @discardableResult
  mutating func receive(_ snapshots: [Snapshot]) -> [Effect] {
    view.stalledSince = nil
    if let asked = view.askedInterval, snapshots.contains(where: { $0.health.interval == asked }) {
      view.askedInterval = nil
    }
    if !snapshots.isEmpty { view.target = min(view.target, snapshots.count - 1) }
    followAlert(snapshots)
    if view.isPicking, let roster = snapshots.lazy.compactMap(\.roster).first {
      view.picker.take(roster)
    }
    return takeAnswer(snapshots)
  }

  private func unbound(_ key: Key) -> Printable? {
    switch view.overlay {
    case .none, .help, .picker, .sheet:
      return key.name.isEmpty
        ? nil : "\(key.name) does nothing; \(keymap.name(of: .help)) lists the keys"
    case .palette, .shelve: return nil
    }
  }

  private mutating func look(_ action: Action, seeing snapshots: [Snapshot], on page: Page)
    -> [Effect]
  {
    if view.overlay == .picker, let effects = browse(action, seeing: snapshots, on: page) {
      return effects
    }
    switch action {
    case .quit: return [.quit]
    case .suspend: return [.suspend]
    case .repaint: return [.repaint]
    case .nextTheme: return [.nextTheme]
    case .pick: return openPicker(seeing: snapshots)
    case .help: open(.help)
    case .operations: open(.sheet(.operations))
    case .history: open(.sheet(.history))
    case .judgement: open(.sheet(.judgement))
    case .palette: openPalette(page)
    case .back: back()
    case .zoom:
      if view.isZoomed, view.focus == .alerts { return follow(seeing: snapshots, on: page) }
      zoom()
    case .freeze: freeze(snapshots)
    case .nextPane: turn(by: 1)
    case .previousPane: turn(by: -1)
    case .nextTarget: nextTarget(by: 1, of: snapshots)
    case .previousTarget: nextTarget(by: -1, of: snapshots)
    case .search: startTyping()
    case .nextMatch, .previousMatch:
      findNext(isForward: action == .nextMatch, seeing: snapshots, on: page)
    case .down, .up, .pageDown, .pageUp, .first, .last: move(action, seeing: snapshots, on: page)
    default: if let word = action.focused { focus(word) }
    }
    return []
  }
}

/// Panes, zoom, help, freezing.
extension ViewController {
  mutating func open(_ overlay: ViewState.Overlay) {
    view.overlay = overlay
    view.scroll = 0
    view.search = nil
  }

  private mutating func back() {
    if view.search != nil {
      view.search = nil
    } else if view.overlay != .none {
      open(.none)
    } else if view.isZoomed {
      view.isZoomed = false
      view.scroll = 0
    }
  }

  mutating func zoom() {
    view.isZoomed = true
    view.scroll = 0
  }

  mutating func focus(_ word: Word) {
    guard view.focus != word else { return }
    view.focus = word
    view.scroll = 0
    view.search = nil
  }

  private mutating func turn(by step: Int) {
    let words = Word.allCases
    focus(words[(view.focus.place - 1 + step + words.count) % words.count])
  }

  private mutating func freeze(_ snapshots: [Snapshot]) {
    view.frozen = view.frozen == nil ? snapshots : nil
    view.message = view.frozen == nil ? "live again" : "frozen; \(keymap.name(of: .freeze)) goes on"
  }

  private mutating func nextTarget(by step: Int, of snapshots: [Snapshot]) {
    let count = (view.frozen ?? snapshots).count
    guard count > 0 else { return }
    showTarget(((view.target + step) % count + count) % count, of: count)
  }

  mutating func showTarget(_ place: Int, of count: Int) {
    view.target = place
    view.selectedAlert = nil
    view.message = "target \(Printable(String(view.target + 1))) of \(Printable(String(count)))"
  }
}

/// Moving: lines of what scrolls, or the selection among alerts.
extension ViewController {
  private mutating func move(_ action: Action, seeing snapshots: [Snapshot], on page: Page) {
    if !view.overlay.isText, view.focus == .alerts, view.isZoomed {
      return moveZoomedAlerts(action, seeing: snapshots, on: page)
    }
    let isText = view.overlay.isText || view.focus != .alerts
    let step =
      switch action {
      case .down: 1
      case .up: -1
      case .pageDown: page.step
      case .pageUp: -page.step
      case .first: Int.min / 2
      default: Int.max / 2
      }
    if isText { scroll(by: step, on: page) } else { select(by: step, seeing: snapshots) }
  }

  /// Single steps choose an alert, larger ones read on: below the alerts there is more.
  private mutating func moveZoomedAlerts(
    _ action: Action, seeing snapshots: [Snapshot], on page: Page
  ) {
    switch action {
    case .pageDown: scroll(by: page.step, on: page)
    case .pageUp: scroll(by: -page.step, on: page)
    case .last: view.scroll = page.lastScroll
    default:
      view.scroll = 0
      select(by: action == .down ? 1 : action == .up ? -1 : Int.min / 2, seeing: snapshots)
    }
  }

  mutating func scroll(by step: Int, on page: Page) {
    view.scroll = min(page.lastScroll, max(0, view.scroll + step))
  }

  /// The selection is an id: whatever becomes of the order, it stays with its alert.
  mutating func select(by step: Int, seeing snapshots: [Snapshot]) {
    let ids = scene(snapshots).snapshot?.alerts.active.map(\.id) ?? []
    guard !ids.isEmpty else { return }
    guard let place = ids.firstIndex(where: { $0 == view.selectedAlert }) else {
      view.selectedAlert = step > 1 ? ids.last : ids.first
      return
    }
    view.selectedAlert = ids[min(ids.count - 1, max(0, place + step))]
  }
}
