import Monitors
import Testing

@testable import perftop

@Suite("View controller")
struct ViewControllerTests {
  private func press(
    _ keys: String, from view: ViewState = ViewState(),
    seeing snapshots: [Snapshot] = [Scenes.snapshot()],
    on page: Page = Page()
  ) -> (view: ViewState, effects: [perftop.Effect]) {
    press(keys.map(Key.character), from: view, seeing: snapshots, on: page)
  }

  private func press(
    _ keys: [Key], from view: ViewState = ViewState(),
    seeing snapshots: [Snapshot] = [Scenes.snapshot()],
    on page: Page = Page()
  ) -> (view: ViewState, effects: [perftop.Effect]) {
    var controller = ViewController(view: view)
    let effects = keys.flatMap { controller.press($0, seeing: snapshots, on: page) }
    return (controller.view, effects)
  }

  @Test("numbers focus panes, and tab walks round them both ways")
  func focus() {
    #expect(press("5").view.focus == .thermal)
    #expect(press([.tab]).view.focus == .storage)
    #expect(press([.backTab]).view.focus == .alerts)
    #expect(press(Array(repeating: .tab, count: 6)).view.focus == .memory)
  }

  @Test("enter zooms, another number keeps the zoom, esc comes back and never quits")
  func zoom() {
    #expect(press([.enter, .character("3")]).view.isZoomed)
    let back = press([.enter, .escape, .escape, .escape])
    #expect(!back.view.isZoomed)
    #expect(back.effects.isEmpty)
  }

  @Test("keys that act outside the view are effects")
  func effects() {
    #expect(press("q").effects == [.quit])
    #expect(press([.control("c")]).effects == [.quit])
    #expect(press([.control("z")]).effects == [.suspend])
    #expect(press([.control("l")]).effects == [.repaint])
    #expect(press("c").effects == [.nextTheme])
  }

  @Test("a frozen view keeps its snapshots until it is thawed")
  func freezing() {
    let before = [Scenes.snapshot(interval: 7)]
    var controller = ViewController()
    _ = controller.press(.character(" "), seeing: before)
    #expect(controller.view.frozen == before)
    _ = controller.press(.character(" "), seeing: [Scenes.snapshot()])
    #expect(controller.view.frozen == nil)
  }

  @Test("a zoomed pane scrolls within its lines")
  func scrolling() {
    let page = Page(size: Size(width: 80, height: 12), lines: { (0..<30).map(String.init) })
    var zoomed = ViewState()
    zoomed.isZoomed = true
    #expect(press("jjjk", from: zoomed, on: page).view.scroll == 2)
    #expect(press("G", from: zoomed, on: page).view.scroll == 20)
    #expect(press("Gk", from: zoomed, on: page).view.scroll == 19)
    #expect(press("Gg", from: zoomed, on: page).view.scroll == 0)
    #expect(press([.pageDown], from: zoomed, on: page).view.scroll == 10)
    #expect(press([.pageDown, .pageDown, .pageDown], from: zoomed, on: page).view.scroll == 20)
    #expect(press("k", from: zoomed, on: page).view.scroll == 0)
  }

  @Test("moving in a pane that does not scroll says what to do")
  func notScrolling() {
    #expect(press("j").view.message == "down: zoom the pane first, with enter")
    #expect(press("6j").view.message == "down: there is no alert to select")
  }

  @Test("help opens, scrolls and closes, and keys under it do nothing else")
  func help() {
    #expect(press("?").view.overlay == .help)
    #expect(press("?jj").view.scroll == 2)
    #expect(press("?q").view.overlay == .none)
    #expect(press("?q").effects.isEmpty)
    #expect(press("?a", seeing: [Scenes.snapshot(alerts: [Scenes.alert("a")])]).effects.isEmpty)
    #expect(press([.character("?"), .control("c")]).effects == [.quit])
  }

  @Test("a search goes to the matches, round the end, and says when there is none")
  func searching() {
    let page = Page(lines: { ["one", "Two", "three", "two again"] })
    var zoomed = ViewState()
    zoomed.isZoomed = true
    let typed = press("/two".map(Key.character) + [.enter], from: zoomed, on: page).view
    #expect(typed.search == "two")
    #expect(!typed.isTyping)
    #expect(typed.scroll == 1)
    #expect(press("n", from: typed, on: page).view.scroll == 3)
    #expect(press("nn", from: typed, on: page).view.scroll == 1)
    #expect(press("N", from: typed, on: page).view.scroll == 3)
    let none = press("/qq".map(Key.character) + [.enter], from: zoomed, on: page)
    #expect(none.view.message == "qq: not found")
    #expect(none.effects.isEmpty)
  }

  @Test("while typing, letters are text; backspace and esc leave")
  func typing() {
    var zoomed = ViewState()
    zoomed.isZoomed = true
    #expect(press("/", from: zoomed).view.isTyping)
    #expect(press("/qKa", from: zoomed).view.search == "qKa")
    #expect(
      press([.character("/"), .character("x"), .backspace, .backspace], from: zoomed).view.search
        == nil)
    let left = press([.character("/"), .character("x"), .escape], from: zoomed).view
    #expect(!left.isTyping && left.search == nil && left.isZoomed)
    #expect(press([.character("/"), .control("c")], from: zoomed).effects == [.quit])
    #expect(press("/").view.message == "search: zoom the pane first, with enter")
  }

  @Test("pasted text is never keys: it is search text, cleaned, or nothing")
  func pasting() {
    var zoomed = ViewState()
    zoomed.isZoomed = true
    let typed = press([.character("/"), .pasted("a\u{1b}b")], from: zoomed).view
    #expect(typed.search == "a·b")
    let ignored = press([.pasted("qqq")])
    #expect(ignored.effects.isEmpty)
    #expect(ignored.view.message != nil)
  }

  @Test("several targets are stepped through in both directions")
  func targets() {
    let three = Array(repeating: Scenes.snapshot(), count: 3)
    #expect(press("]", seeing: three).view.target == 1)
    #expect(press(",", seeing: three).view.target == 2)
    #expect(press("]]]", seeing: three).view.target == 0)
    #expect(press("]").view.message == "next-target: only one target is watched")
  }

  @Test("when targets go away the view stays within those left")
  func fewerTargets() {
    var controller = ViewController()
    controller.view.target = 2
    controller.receive([Scenes.snapshot()])
    #expect(controller.view.target == 0)
    controller.receive([])
    #expect(Scene(snapshots: [], view: controller.view).snapshot == nil)
  }

  @Test("the mouse focuses, selects, zooms on the second press, and scrolls")
  func mouse() {
    let page = Page(spot: { x, y in
      x > 50 ? nil : Page.Spot(pane: .alerts, alert: y == 2 ? "b" : nil)
    })
    let alerts = [Scenes.snapshot(alerts: [Scenes.alert("a"), Scenes.alert("b")])]
    let at = { (kind: Key.Mouse.Kind, x: Int, y: Int) in Key.mouse(.init(kind: kind, x: x, y: y)) }
    let once = press([at(.press, 1, 2)], seeing: alerts, on: page).view
    #expect(once.focus == .alerts && once.selectedAlert == "b" && !once.isZoomed)
    #expect(press([at(.press, 1, 2)], from: once, seeing: alerts, on: page).view.isZoomed)
    #expect(press([at(.press, 60, 2)], on: page).view == ViewState())
    #expect(
      press([at(.scrollUp, 1, 2)], from: once, seeing: alerts, on: page).view.selectedAlert == "a")
  }

  @Test("keys without a meaning say where help is")
  func unbound() {
    #expect(press("x").view.message == "x does nothing; ? lists the keys")
    #expect(press("x1").view.message == nil)
  }

  @Test(
    "keys that have nothing to act on yet say so in one line that begins with their name",
    arguments: "CEBKmRtTbrZ<>=")
  func later(_ key: Character) throws {
    let result = press([.character(key)])
    let action = try #require(Keymap.standard.action(for: .character(key)))
    let message = try #require(result.view.message)
    #expect(message.text.hasPrefix("\(action.name): "))
    #expect(result.effects.isEmpty)
  }

  @Test("in a read-only session the target's keys say that", arguments: "CEBK<>=")
  func readOnly(_ key: Character) {
    var view = ViewState()
    view.isReadOnly = true
    #expect(press([.character(key)], from: view).view.message?.text.hasSuffix("read-only") == true)
  }

  @Test("in the zoomed alerts pages and ends are of all that stands there, single steps of alerts")
  func zoomedAlerts() {
    let alerts = [Scenes.snapshot(alerts: [Scenes.alert("a"), Scenes.alert("b")])]
    let page = Page(
      size: Size(width: 120, height: 45), lines: { (0..<52).map(String.init) }, limit: { 19 })
    var view = ViewState()
    view.focus = .alerts
    view.isZoomed = true
    #expect(press("G", from: view, seeing: alerts, on: page).view.scroll == 19)
    #expect(press([.pageDown], from: view, seeing: alerts, on: page).view.scroll == 19)
    let stepped = press("Gjj", from: view, seeing: alerts, on: page).view
    #expect(stepped.scroll == 0 && stepped.selectedAlert == "b")
    let first = press("Gjjg", from: view, seeing: alerts, on: page).view
    #expect(first.scroll == 0 && first.selectedAlert == "a")
  }
}
