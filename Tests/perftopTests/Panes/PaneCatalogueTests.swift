import Testing

@testable import Monitors
@testable import perftop

@Suite("Catalogue of panes")
struct PaneCatalogueTests {
  @Test(
    "each of the six has its own pane, with its name, its key and its severity in words",
    arguments: Word.allCases)
  func six(word: Word) {
    let snapshot = Robot(isTroubled: true, ticks: 60).snapshot
    let pane = PaneCatalogue.pane(word, snapshot, ViewState())
    #expect(type(of: pane).word == word)
    let edge = GoldenText.rows(pane.drawn(at: .narrow))[0]
    #expect(edge.contains("\(word.place) \(word.title)"))
    #expect(edge.contains("\(pane.severity.label) \(pane.severity.glyph)"))
  }

  @Test("only the focused pane is marked, and without the help of colour")
  func focus() {
    let snapshot = Robot(ticks: 60).snapshot
    for word in Word.allCases {
      var view = ViewState()
      view.focus = .thermal
      let canvas = PaneCatalogue.pane(word, snapshot, view).drawn(at: .narrow)
      #expect(canvas.cells.contains { $0.emphasis.contains(.reversed) } == (word == .thermal))
    }
  }

  @Test(
    "why there is no target is a sentence",
    arguments: [
      (WatchState.machineOnly, "no process chosen; p lists them all"),
      (.waiting("camera_node"), "waiting for camera_node"),
      (.ended("lane_follower", .exited(7)), "ended: lane_follower exited with 7"),
      (.ended("lane_follower", .signalled(9)), "ended: lane_follower killed by SIGKILL"),
      (.ended("lane_follower", .unknown), "ended: lane_follower, nobody says how"),
      (
        .ended("lane_follower", .unknown, at: 1_790_000_000_000_000_000),
        "ended at 14:13:20Z: lane_follower, nobody says how"
      ),
    ] as [(WatchState, Printable)])
  func sentences(state: WatchState, sentence: Printable) {
    #expect(state.sentence(.standard) == sentence)
  }
}
