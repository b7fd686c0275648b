import Monitors
import Testing

@testable import perftop

@Suite("View controller: search and mouse")
struct ViewControllerSearchTests {
  private let alerts = [
    Scenes.snapshot(alerts: ["disk", "heat", "disk two", "memory"].map { Scenes.alert($0) })
  ]

  private func press(
    _ keys: [Key], from view: ViewState, seeing snapshots: [Snapshot], on page: Page = Page()
  ) -> ViewState {
    var controller = ViewController(view: view)
    for key in keys { _ = controller.press(key, seeing: snapshots, on: page) }
    return controller.view
  }

  private func typed(_ text: String, then keys: [Key] = []) -> [Key] {
    text.map(Key.character) + keys
  }

  private func focused(_ change: (inout ViewState) -> Void = { _ in }) -> ViewState {
    var view = ViewState()
    view.focus = .alerts
    change(&view)
    return view
  }

  @Test("among alerts a search selects while it is typed, goes on, and goes round with a word")
  func amongAlerts() {
    let first = press(typed("/disk"), from: focused(), seeing: alerts)
    #expect(first.selectedAlert == "disk" && first.isTyping)
    let second = press([.enter, .character("n")], from: first, seeing: alerts)
    #expect(second.selectedAlert == "disk two")
    #expect(second.message == "disk: 2 of 2")
    let round = press([.character("n")], from: second, seeing: alerts)
    #expect(round.selectedAlert == "disk")
    #expect(round.message == "disk: 1 of 2, from the top again")
    let back = press([.character("N")], from: round, seeing: alerts)
    #expect(back.selectedAlert == "disk two")
    #expect(back.message == "disk: 2 of 2, from the end again")
  }

  @Test("what is not found is said, and esc goes back to where the search began")
  func notFound() {
    let start = focused { $0.selectedAlert = "heat" }
    let none = press(typed("/xyz"), from: start, seeing: alerts)
    #expect(none.message == "xyz: not found")
    #expect(none.selectedAlert == "heat")
    let left = press(typed("/mem", then: [.escape]), from: start, seeing: alerts)
    #expect(left.selectedAlert == "heat" && left.search == nil && !left.isTyping)
    let kept = press(typed("/mem", then: [.enter]), from: start, seeing: alerts)
    #expect(kept.selectedAlert == "memory" && kept.search == "mem")
    #expect(press([.escape], from: kept, seeing: alerts).search == nil)
  }

  @Test("in a zoomed pane lines move while it is typed, and come back when it is given up")
  func lines() {
    let page = Page(lines: { ["a", "b", "heap", "c", "heap two"] })
    let start = focused {
      $0.focus = .memory
      $0.isZoomed = true
      $0.scroll = 1
    }
    #expect(press(typed("/heap"), from: start, seeing: alerts, on: page).scroll == 2)
    #expect(press(typed("/heap t"), from: start, seeing: alerts, on: page).scroll == 4)
    let shorter = typed("/heap t", then: [.backspace, .backspace])
    #expect(press(shorter, from: start, seeing: alerts, on: page).scroll == 2)
    #expect(
      press(typed("/heap", then: [.escape]), from: start, seeing: alerts, on: page).scroll == 1)
  }

  @Test("in help esc clears the search first and closes help then")
  func inHelp() {
    let page = Page(lines: { ["one", "two"] })
    let found = press(
      typed("?/two", then: [.enter]), from: ViewState(), seeing: alerts, on: page)
    #expect(found.scroll == 1 && found.overlay == .help)
    let cleared = press([.escape], from: found, seeing: alerts, on: page)
    #expect(cleared.search == nil && cleared.overlay == .help)
    #expect(press([.escape], from: cleared, seeing: alerts, on: page).overlay == .none)
  }

  @Test("a page is what there is room for, less one line to go by")
  func pages() {
    let page = Page(
      size: Size(width: 80, height: 40), lines: { (0..<52).map(String.init) }, limit: { 40 })
    let view = focused {
      $0.focus = .memory
      $0.isZoomed = true
    }
    for key in [Key.pageDown, .control("f"), .control("d")] {
      #expect(press([key], from: view, seeing: alerts, on: page).scroll == 11)
      #expect(press([key, .control("u")], from: view, seeing: alerts, on: page).scroll == 0)
    }
  }

  private func at(_ kind: Key.Mouse.Kind, _ x: Int, _ y: Int) -> Key {
    .mouse(.init(kind: kind, x: x, y: y))
  }

  @Test("a click on a key in the footer is that key, in questions and under help too")
  func footer() {
    let page = Page(key: { x, _ in x == 1 ? .character("?") : x == 2 ? .character("2") : .escape })
    #expect(
      press([at(.press, 1, 39)], from: ViewState(), seeing: alerts, on: page).overlay == .help)
    let clicks = [at(.press, 1, 39), at(.press, 3, 39)]
    #expect(press(clicks, from: ViewState(), seeing: alerts, on: page).overlay == .none)
    var controller = ViewController(view: focused { $0.overlay = .shelve(alert: "heat") })
    let effects = controller.press(at(.press, 2, 39), seeing: alerts, on: page)
    #expect(effects == [.command(.shelve("heat", of: Scenes.alert("heat").key, seconds: 1800))])
  }

  @Test("the wheel moves what lies under it and says how where nothing does")
  func wheel() {
    let page = Page(
      size: Size(width: 80, height: 12), lines: { (0..<40).map(String.init) },
      spot: { x, _ in Page.Spot(pane: x < 40 ? .memory : .alerts, alert: nil) })
    let over = press([at(.scrollDown, 50, 3)], from: ViewState(), seeing: alerts, on: page)
    #expect(over.selectedAlert == "disk" && over.focus == .memory)
    let memory = press([at(.scrollDown, 3, 3)], from: focused(), seeing: alerts, on: page)
    #expect(memory.selectedAlert == nil)
    #expect(memory.message == "nothing scrolls here; enter or a click zooms the pane")
    let help = press(
      [.character("?"), at(.scrollDown, 3, 3)], from: focused(), seeing: alerts, on: page)
    #expect(help.scroll == 3)
    let zoomed = press(
      [.enter, at(.scrollDown, 3, 3), at(.scrollUp, 3, 3)], from: focused(), seeing: alerts,
      on: page)
    #expect(zoomed.scroll == 0 && zoomed.isZoomed)
  }

  @Test("two quick clicks on a pane that is not focused zoom it")
  func doubleClick() {
    let page = Page(spot: { _, _ in Page.Spot(pane: .thermal, alert: nil) })
    let twice = [at(.press, 3, 3), at(.press, 3, 3)]
    let view = press(twice, from: ViewState(), seeing: alerts, on: page)
    #expect(view.focus == .thermal && view.isZoomed)
  }
}
