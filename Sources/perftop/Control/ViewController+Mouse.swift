import Monitors

/// The mouse.
extension ViewController {
  /// Lines that one step of the wheel moves.
  private static let wheel = 3

  mutating func click(_ mouse: Key.Mouse, seeing snapshots: [Snapshot], on page: Page) -> [Effect] {
    if view.overlay == .picker, mouse.kind != .press || page.key(mouse.x, mouse.y) == nil {
      return pick(with: mouse, seeing: snapshots, on: page)
    }
    switch mouse.kind {
    case .press: return press(at: mouse, seeing: snapshots, on: page)
    case .scrollUp: turnWheel(by: -1, at: mouse, seeing: snapshots, on: page)
    case .scrollDown: turnWheel(by: 1, at: mouse, seeing: snapshots, on: page)
    }
    return []
  }

  /// A key in the footer does what it does on the keyboard, whatever lies over the panes.
  private mutating func press(at mouse: Key.Mouse, seeing snapshots: [Snapshot], on page: Page)
    -> [Effect]
  {
    if let key = page.key(mouse.x, mouse.y) { return press(key, seeing: snapshots, on: page) }
    switch view.overlay {
    case .none: press(on: page.spot(mouse.x, mouse.y))
    case .palette:
      guard let row = page.row(mouse.x, mouse.y) else { return [] }
      if view.palette?.selected == row { return choose(seeing: snapshots, on: page) }
      view.palette?.selected = row
    case .help, .picker, .shelve, .sheet: break
    }
    return []
  }

  private mutating func press(on spot: Page.Spot?) {
    guard let spot else { return }
    let wasThere =
      spot.pane == view.focus && (spot.alert == nil || spot.alert == view.selectedAlert)
    if spot.pane != view.focus { view.isTyping = false }
    focus(spot.pane)
    if let alert = spot.alert { view.selectedAlert = alert }
    if wasThere, !view.isZoomed { zoom() }
  }

  private mutating func turnWheel(
    by step: Int, at mouse: Key.Mouse, seeing snapshots: [Snapshot], on page: Page
  ) {
    switch view.overlay {
    case .palette: selectInPalette(by: step, seeing: snapshots)
    case .help, .sheet: scroll(by: step * ViewController.wheel, on: page)
    case .none where view.isZoomed: scroll(by: step * ViewController.wheel, on: page)
    case .none:
      let pane = page.spot(mouse.x, mouse.y)?.pane
      if pane == .alerts { select(by: step, seeing: snapshots) }
      if let pane, pane != .alerts {
        view.message = "nothing scrolls here; \(keymap.name(of: .zoom)) or a click zooms the pane"
      }
    case .picker, .shelve: return
    }
  }
}
