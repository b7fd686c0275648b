import Monitors
import Testing

@testable import perftop

@Suite("Why an action can't be done")
struct ActionWhyNotTests {
  private func reason(
    _ action: Action, _ snapshots: [Snapshot] = [Scenes.snapshot()],
    keymap: Keymap = .standard, size: Size? = nil, _ change: (inout ViewState) -> Void = { _ in }
  ) -> String? {
    var view = ViewState()
    change(&view)
    let scene = Scene(snapshots: snapshots, view: view, keymap: keymap, size: size)
    return action.whyNot(in: scene)?.text
  }

  @Test("before the first reading nothing is frozen, zoomed or timed")
  func nothing() {
    #expect(reason(.freeze, []) == "freeze: there is no reading yet")
    #expect(reason(.zoom, []) == "zoom: there is no reading yet")
    #expect(reason(.faster, []) == "faster: there is no reading yet")
    #expect(reason(.help, []) == nil)
    #expect(reason(.palette, []) == nil)
  }

  @Test("without a target its keys say that, before all that a link would change")
  func noTarget() {
    var snapshot = Scenes.snapshot()
    snapshot.watching = .machineOnly
    #expect(reason(.collect, [snapshot]) == "collect: no process is watched")
    snapshot.watching = .ended("lane", .unknown)
    #expect(reason(.collect, [snapshot]) == "collect: the target has ended")
    #expect(reason(.collect) == "collect: not enough readings yet")
    #expect(reason(.collect, [Scenes.linked()]) == nil)
    #expect(reason(.applyBatch, [Scenes.attached()]) == "apply-batch: the target is not linked")
    #expect(reason(.collect, [snapshot]) { $0.isReadOnly = true }?.hasSuffix("read-only") == true)
  }

  @Test("a screen too small for panes can't zoom, nor scroll what was zoomed before")
  func small() {
    let size = Size(width: 19, height: 5)
    #expect(reason(.zoom, size: size) == "zoom: no room; it takes 20x5 at least")
    #expect(reason(.down, size: size) { $0.isZoomed = true } != nil)
    #expect(reason(.zoom, size: Size(width: 20, height: 5)) == nil)
  }

  @Test("under help only what works there works, and the rest says how to close it")
  func underHelp() {
    for action in Action.allCases where !action.isLater {
      let reason = reason(action) { $0.overlay = .help }
      if action.worksInHelp { continue }
      #expect(reason == "\(action.name): help is open; esc closes it")
    }
    #expect(reason(.down) { $0.overlay = .help } == nil)
    #expect(reason(.search) { $0.overlay = .help } == nil)
  }

  @Test(
    "under a list about the target what reaches the target works, and the rest says how to close it"
  )
  func underSheet() {
    let linked = [Scenes.linked()]
    func why(_ action: Action) -> String? {
      reason(action, linked) { $0.overlay = .sheet(.operations) }
    }
    for action in [Action.collect, .evict, .history, .operations, .down, .help] {
      #expect(why(action) == nil, "\(action)")
    }
    #expect(why(.zoom) == "zoom: a list is open; esc closes it")
  }

  @Test("alerts can be moved in and searched without zooming, once there are any")
  func alerts() {
    let alerts = [Scenes.snapshot(alerts: [Scenes.alert("a")])]
    #expect(reason(.search, alerts) { $0.focus = .alerts } == nil)
    #expect(reason(.search) { $0.focus = .alerts } == "search: there is no alert to search among")
    #expect(reason(.search, alerts) == "search: zoom the pane first, with enter")
  }

  @Test(
    "what is not firing can't be acknowledged",
    arguments: [
      (Alert.State.pending, "that alert is not firing yet"),
      (.acknowledged, "already acknowledged; u takes it back"),
      (.shelved, "that alert is shelved; u takes it back"),
    ])
  func notFiring(state: Alert.State, sentence: String) {
    let alerts = [Scenes.snapshot(alerts: [Scenes.alert("a", state)])]
    #expect(reason(.acknowledge, alerts) { $0.selectedAlert = "a" } == "acknowledge: \(sentence)")
    #expect(reason(.acknowledge, alerts) == "acknowledge: no alert is waiting for it")
  }

  @Test("keys of the list of processes act nowhere else, and those of panes not in it")
  func picker() {
    #expect(reason(.tree) == "tree: only in the list of processes; p opens it")
    let inList = reason(.zoom) { $0.isPicking = true }
    #expect(inList == "zoom: not in the list of processes; esc leaves it")
  }

  @Test("sentences name the keys that are bound, whichever these are")
  func rebound() {
    let map = Keymap(overrides: ["zoom": ["z"], "search": ["f3"], "undo": ["U"], "back": ["x"]])
    #expect(map.problems.isEmpty)
    #expect(reason(.down, keymap: map) == "down: zoom the pane first, with z")
    #expect(reason(.nextMatch, keymap: map)?.hasSuffix("; f3 begins one") == true)
    let done = [Scenes.snapshot(alerts: [Scenes.alert("a", .acknowledged)])]
    let again = reason(.acknowledge, done, keymap: map) { $0.selectedAlert = "a" }
    #expect(again == "acknowledge: already acknowledged; U takes it back")
    #expect(
      reason(.zoom, keymap: map) { $0.isZoomed = true } == "zoom: already zoomed; x goes back")
  }
}
