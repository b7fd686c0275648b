import Monitors

/// Turns keys into a changed view and into effects; touches nothing else, so a test is state, keys, state and effects.
struct ViewController: Sendable {
  var view: ViewState
  let keymap: Keymap

  init(view: ViewState = ViewState(), keymap: Keymap = .standard) {
    self.view = view
    self.keymap = keymap
  }

  private func scene(_ snapshots: [Snapshot]) -> Scene { Scene(snapshots: snapshots, view: view) }

  /// Takes a key.
  mutating func press(_ key: Key, seeing snapshots: [Snapshot], on page: Page = Page()) -> [Effect]
  {
    view.message = nil
    if case .mouse(let mouse) = key {
      if view.overlay == .picker { return pick(with: mouse, seeing: snapshots, on: page) }
      click(mouse, seeing: snapshots, on: page)
      return []
    }
    if case .pasted(let text) = key {
      paste(text)
      return []
    }
    if view.isTyping, keymap.action(for: key) != .quit || key != .control("c") {
      if view.overlay == .picker { typeFilter(key, on: page) } else { type(key, on: page) }
      return []
    }
    if case .shelve(let alert) = view.overlay, key != .control("c") {
      return answer(key, alert: alert)
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
    if let reason = action.whyNot(in: scene(snapshots)) {
      view.message = reason
      return []
    }
    switch action.kind {
    case .view: return look(action, seeing: snapshots, on: page)
    case .command, .target: return command(action, seeing: snapshots)
    }
  }

  /// Readings have come: what they answer is no longer asked for.
  mutating func receive(_ snapshots: [Snapshot]) {
    view.stalledSince = nil
    if let asked = view.askedInterval, snapshots.contains(where: { $0.health.interval == asked }) {
      view.askedInterval = nil
    }
    if !snapshots.isEmpty { view.target = min(view.target, snapshots.count - 1) }
    if view.isPicking, let roster = snapshots.lazy.compactMap(\.roster).first {
      view.picker.take(roster)
    }
  }

  private func unbound(_ key: Key) -> Printable? {
    guard view.overlay == .none || view.overlay == .picker, !key.name.isEmpty else { return nil }
    return "\(key.name) does nothing; ? lists the keys"
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
    case .back: back()
    case .zoom: zoom()
    case .freeze: freeze(snapshots)
    case .nextPane: turn(by: 1)
    case .previousPane: turn(by: -1)
    case .nextTarget: nextTarget(by: 1, of: snapshots)
    case .previousTarget: nextTarget(by: -1, of: snapshots)
    case .search: startTyping()
    case .nextMatch: find(from: view.scroll + 1, forward: true, on: page)
    case .previousMatch: find(from: view.scroll - 1, forward: false, on: page)
    case .down, .up, .pageDown, .pageUp, .first, .last: move(action, seeing: snapshots, on: page)
    default: if let word = action.focused { focus(word) }
    }
    return []
  }
}

/// Panes, zoom, help, freezing.
extension ViewController {
  private mutating func open(_ overlay: ViewState.Overlay) {
    view.overlay = overlay
    view.scroll = 0
    view.search = nil
  }

  private mutating func back() {
    if view.overlay != .none {
      open(.none)
    } else if view.search != nil {
      view.search = nil
    } else if view.isZoomed {
      view.isZoomed = false
      view.scroll = 0
    }
  }

  private mutating func zoom() {
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
    view.message = view.frozen == nil ? "live again" : "frozen; space goes on"
  }

  private mutating func nextTarget(by step: Int, of snapshots: [Snapshot]) {
    let count = (view.frozen ?? snapshots).count
    guard count > 0 else { return }
    view.target = ((view.target + step) % count + count) % count
    view.selectedAlert = nil
    view.message = "target \(Printable(String(view.target + 1))) of \(Printable(String(count)))"
  }
}

/// Moving: lines of what scrolls, or the selection among alerts.
extension ViewController {
  private mutating func move(_ action: Action, seeing snapshots: [Snapshot], on page: Page) {
    if view.overlay != .help, view.focus == .alerts, view.isZoomed {
      return moveZoomedAlerts(action, seeing: snapshots, on: page)
    }
    let isText = view.overlay == .help || view.focus != .alerts
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

  private mutating func scroll(by step: Int, on page: Page) {
    view.scroll = min(page.lastScroll, max(0, view.scroll + step))
  }

  /// The selection is an id: whatever becomes of the order, it stays with its alert.
  private mutating func select(by step: Int, seeing snapshots: [Snapshot]) {
    let ids = scene(snapshots).snapshot?.alerts.active.map(\.id) ?? []
    guard !ids.isEmpty else { return }
    guard let place = ids.firstIndex(where: { $0 == view.selectedAlert }) else {
      view.selectedAlert = step > 1 ? ids.last : ids.first
      return
    }
    view.selectedAlert = ids[min(ids.count - 1, max(0, place + step))]
  }

  private mutating func click(_ mouse: Key.Mouse, seeing snapshots: [Snapshot], on page: Page) {
    let wheel = 3
    switch (mouse.kind, view.overlay) {
    case (.press, .none): press(at: page.spot(mouse.x, mouse.y))
    case (.press, _): return
    case (.scrollUp, _): turnWheel(by: -wheel, seeing: snapshots, on: page)
    case (.scrollDown, _): turnWheel(by: wheel, seeing: snapshots, on: page)
    }
  }

  private mutating func press(at spot: Page.Spot?) {
    guard let spot else { return }
    let wasThere =
      spot.pane == view.focus && (spot.alert == nil || spot.alert == view.selectedAlert)
    focus(spot.pane)
    if let alert = spot.alert { view.selectedAlert = alert }
    if wasThere, !view.isZoomed { zoom() }
  }

  private mutating func turnWheel(by step: Int, seeing snapshots: [Snapshot], on page: Page) {
    if view.overlay == .help || view.isZoomed {
      scroll(by: step, on: page)
    } else if view.overlay == .none, view.focus == .alerts {
      select(by: step.signum(), seeing: snapshots)
    }
  }
}

/// Searching.
extension ViewController {
  private mutating func startTyping() {
    view.isTyping = true
    view.search = ""
  }

  private mutating func paste(_ text: String) {
    guard view.isTyping else {
      view.message = "pasted text is not taken for keys"
      return
    }
    if view.overlay == .picker { return addToFilter(Printable(text).text) }
    let longest = 100
    view.search = String(((view.search ?? "") + Printable(text).text).prefix(longest))
  }

  private mutating func type(_ key: Key, on page: Page) {
    switch key {
    case .character(let character): view.search = (view.search ?? "") + String(character)
    case .backspace:
      if view.search?.isEmpty == false { view.search?.removeLast() } else { stopTyping() }
    case .escape: stopTyping()
    case .enter:
      view.isTyping = false
      if view.search?.isEmpty != false { view.search = nil }
      find(from: view.scroll, forward: true, on: page)
    default: return
    }
  }

  private mutating func stopTyping() {
    view.isTyping = false
    view.search = nil
  }

  /// Goes to the nearest line that has the text, round the end if need be.
  private mutating func find(from start: Int, forward: Bool, on page: Page) {
    guard let wanted = view.search?.lowercased() else { return }
    let lines = page.lines()
    let found = lines.indices.filter { lines[$0].lowercased().contains(wanted) }
    let next = forward ? found.first { $0 >= start } : found.last { $0 <= start }
    guard let place = next ?? (forward ? found.first : found.last) else {
      view.message = "\(Printable(view.search ?? "")): not found"
      return
    }
    view.scroll = place
  }
}
