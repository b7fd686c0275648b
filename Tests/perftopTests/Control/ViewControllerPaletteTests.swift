import Monitors
import Testing

@testable import perftop

@Suite("View controller: palette")
struct ViewControllerPaletteTests {
  private let three = Array(repeating: Scenes.snapshot(), count: 3)

  private func press(
    _ text: String, then keys: [Key] = [], from view: ViewState = ViewState(),
    seeing snapshots: [Snapshot] = [Scenes.snapshot()]
  ) -> (view: ViewState, effects: [perftop.Effect]) {
    var controller = ViewController(view: view)
    let page = Page(row: { _, y in y }, themes: { ["nord", "gruvbox"] })
    let effects = (text.map(Key.character) + keys).flatMap {
      controller.press($0, seeing: snapshots, on: page)
    }
    return (controller.view, effects)
  }

  @Test("letters name an action and enter does it")
  func doing() {
    #expect(press(":zoom", then: [.enter]).view.isZoomed)
    #expect(press(":zoom", then: [.enter]).view.overlay == .none)
    #expect(press(":q", then: [.enter]).effects == [.quit])
    #expect(press(":therm", then: [.enter]).view.focus == .thermal)
    #expect(press(":help", then: [.enter]).view.overlay == .help)
  }

  @Test("verbs take a word")
  func orders() {
    #expect(press(":theme gru", then: [.enter]).effects == [.theme("gruvbox")])
    let timed = press(":interval 250ms", then: [.enter])
    #expect(timed.effects == [.command(.interval(0.25))])
    #expect(timed.view.askedInterval == 0.25)
    #expect(press(":target 3", then: [.enter], seeing: three).view.target == 2)
    let completed = press(":theme", then: [.enter]).view
    #expect(completed.palette?.text == "theme " && completed.overlay == .palette)
    let alert = [Scenes.snapshot(alerts: [Scenes.alert("a")])]
    let shelved = press(":shelve 30m", then: [.enter], seeing: alert)
    #expect(shelved.effects == [.command(.shelve("a", of: Scenes.alert("a").key, seconds: 1800))])
  }

  @Test("what can't be done says why and stays open")
  func refusing() {
    let refused = press(":apply-batch", then: [.enter], seeing: [Scenes.linked(offers: [])])
    let why = "apply-batch: the target does not ask for its batch size"
    #expect(refused.view.message?.text == why)
    #expect(refused.view.overlay == .palette)
    let unknown = press(":xyzzy", then: [.enter]).view
    #expect(unknown.message == "xyzzy: no action has that name")
    #expect(press(":interval 1ms", then: [.enter]).effects.isEmpty)
  }

  @Test("esc closes it, and so does backspace on nothing; ctrl-c quits as everywhere")
  func closing() {
    #expect(press(":zo", then: [.escape]).view == ViewState())
    #expect(press(":z", then: [.backspace, .backspace]).view == ViewState())
    #expect(press(":", then: [.control("c")]).effects == [.quit])
    #expect(press(":?qK", then: []).view.palette?.text == "?qK")
  }

  @Test("the choice moves round both ends, by pages within them, and begins anew with each letter")
  func moving() {
    let count = PaletteEntry.all(in: Scene(snapshots: three, view: press(":").view)).count
    #expect(press(":", then: [.down, .tab, .control("n")]).view.palette?.selected == 3)
    #expect(press(":", then: [.up]).view.palette?.selected == count - 1)
    #expect(press(":", then: [.up, .control("n")]).view.palette?.selected == 0)
    #expect(press(":", then: [.pageDown, .pageUp, .pageUp]).view.palette?.selected == 0)
    #expect(press(":", then: [.end]).view.palette?.selected == count - 1)
    #expect(press(":", then: [.down, .character("z")]).view.palette?.selected == 0)
    #expect(press(":qqqq", then: [.down, .up, .end]).view.palette?.selected == 0)
  }

  @Test("the line is edited as in a shell, and pasted text is only text")
  func editing() {
    #expect(press(":theme nord", then: [.control("w")]).view.palette?.text == "theme ")
    #expect(press(":theme nord", then: [.control("u")]).view.palette?.text == "")
    let pasted = press(":", then: [.pasted("quit\r\u{1b}[A")])
    #expect(pasted.view.palette?.text == "quit··[A" && pasted.effects.isEmpty)
    let long = press(":", then: [.pasted(String(repeating: "x", count: 5000))])
    #expect(long.view.palette?.text.count == 100)
  }

  @Test("over help or a zoomed pane it leaves what was there")
  func over() {
    var view = ViewState()
    view.isZoomed = true
    view.scroll = 7
    #expect(press(":", then: [.escape], from: view).view == view)
    view.overlay = .help
    let open = press(":", from: view).view
    #expect(open.overlay == .palette && open.palette?.under == .help)
    #expect(press(":", then: [.escape], from: view).view == view)
  }

  @Test("a click chooses a row, a second one does it, and the wheel moves")
  func mouse() {
    let at = { (kind: Key.Mouse.Kind, y: Int) in Key.mouse(.init(kind: kind, x: 3, y: y)) }
    #expect(press(":", then: [at(.press, 4)]).view.palette?.selected == 4)
    #expect(press(":quit", then: [at(.press, 0)]).effects == [.quit])
    #expect(press(":", then: [at(.scrollDown, 0), at(.scrollDown, 0)]).view.palette?.selected == 2)
    #expect(press(":", then: [at(.scrollUp, 0)]).view.palette?.selected == 0)
  }
}
