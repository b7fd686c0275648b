import Testing

@testable import Monitors
@testable import perftop

@Suite("Screen")
struct ScreenTests {
  private let calm = Robot(ticks: 150)
  private let troubled = Robot(isTroubled: true, ticks: 150)

  private func drawn(
    _ snapshot: Snapshot, _ size: Size, glyphs: GlyphSet = .unicode,
    _ change: (inout ViewState) -> Void = { _ in }
  ) -> Canvas {
    Screen(glyphs: glyphs).drawn(.of(snapshot, change), size: size, keys: .usual, help: .usual)
  }

  static let sizes = [(120, 40), (80, 24), (40, 12), (20, 5), (20, 1)].map {
    Size(width: $0.0, height: $0.1)
  }

  @Test("all is well", arguments: sizes)
  func healthy(size: Size) { expectGolden(drawn(calm.snapshot, size), "Screen/healthy") }

  @Test("there is trouble", arguments: sizes)
  func trouble(size: Size) { expectGolden(drawn(troubled.snapshot, size), "Screen/trouble") }

  @Test("only ASCII can be drawn")
  func ascii() {
    expectGolden(drawn(troubled.snapshot, .classic, glyphs: .ascii), "Screen/ascii")
  }

  @Test("help lies over the panes and says why a key can not act")
  func help() {
    let canvas = drawn(calm.snapshot, .classic) { $0.overlay = .help }
    #expect(canvas.text.contains("(the target is not linked)"))
    expectGolden(canvas, "Screen/help")
  }

  @Test(
    "without a target the screen says so, in the strip and where its values would be",
    arguments: [
      (WatchState.machineOnly, "no process chosen; p lists them all"),
      (.waiting("camera_node"), "waiting for camera_node"),
      (.ended("lane_follower", .exited(7)), "ended: lane_follower exited with 7"),
    ])
  func noTarget(state: WatchState, sentence: String) {
    var snapshot = calm.snapshot
    snapshot.watching = state
    snapshot.sample.target = .missing(.gone)
    snapshot.memory = MemoryReading()
    snapshot.storage = StorageReading()
    snapshot.batching = BatchingReading()
    let rows = GoldenText.rows(drawn(snapshot, Size(width: 120, height: 40)))
    #expect(rows[0].contains(sentence))
    #expect(rows[3].components(of: sentence) == 2)
  }

  @Test("before the first reading there is a sentence")
  func nothing() {
    let scene = Scene(snapshots: [], view: ViewState())
    let canvas = Screen(glyphs: .unicode).drawn(scene, size: .classic, keys: .usual, help: [])
    #expect(canvas.text.contains("taking the first readings"))
    #expect(canvas.text.contains("? help"))
  }

  @Test("a frozen screen shows what was frozen, and says that it is")
  func frozen() {
    let canvas = drawn(calm.snapshot, .classic) { $0.frozen = [self.troubled.snapshot] }
    #expect(canvas.text.contains("FROZEN"))
    #expect(canvas.text.contains("EMERGENCY"))
  }

  @Test("with several targets the place in the list is shown")
  func several() {
    var view = ViewState()
    view.target = 1
    let scene = Scene(snapshots: [calm.snapshot, troubled.snapshot, calm.snapshot], view: view)
    let canvas = Screen(glyphs: .unicode).drawn(scene, size: .classic, keys: [], help: [])
    #expect(GoldenText.rows(canvas)[0].contains("2/3"))
  }

  @Test("trouble in a pane that is not shown is told of in the strip, or on the only line")
  func hidden() {
    #expect(GoldenText.rows(drawn(troubled.snapshot, .narrow))[0].contains("‼ "))
    let line = Size(width: 60, height: 1)
    #expect(drawn(troubled.snapshot, line).text.hasSuffix("‼ THERMAL"))
    #expect(!drawn(calm.snapshot, line).text.contains("THERMAL"))
  }

  @Test("one line tells the focused pane's severity and numbers, none of them cut in two")
  func oneLine() {
    let text = drawn(calm.snapshot, Size(width: 60, height: 1)).text
    #expect(text.hasPrefix("MEMORY OK · 404 MB 0 B/min"))
    #expect(drawn(calm.snapshot, Size(width: 15, height: 1)).text == "MEMORY OK ·    ")
  }

  @Test("a search is highlighted wherever it is found in a zoomed pane")
  func search() {
    let canvas = drawn(calm.snapshot, .classic) {
      $0.focus = .storage
      $0.isZoomed = true
      $0.search = "PARQUET"
    }
    let y = GoldenText.rows(canvas).firstIndex { $0.hasPrefix("│parquet") } ?? 0
    #expect(canvas[1, y].emphasis.contains(.reversed))
    #expect(canvas[7, y].emphasis.contains(.reversed))
    #expect(!canvas[8, y].emphasis.contains(.reversed))
  }

  @Test("a question stands in the footer, and so does the search while it is typed")
  func footer() {
    let question = drawn(troubled.snapshot, .classic) {
      $0.overlay = .shelve(alert: "memory-high-2")
    }
    #expect(question.text.contains("shelve for how long: memory above 80 %"))
    let answers = drawn(troubled.snapshot, .classic) {
      $0.overlay = .shelve(alert: "memory-high-2")
      $0.message = "shelve for: 1 = 10 min, 2 = 30 min"
    }
    #expect(answers.text.contains("1 = 10 min"))
    let typing = drawn(calm.snapshot, .classic) {
      $0.isTyping = true
      $0.search = "heap"
    }
    #expect(typing.text.contains("/heap"))
  }

  @Test(
    "where there is no footer a question, a message and a search take the last line while they stand"
  )
  func noFooter() {
    for size in [Size(width: 20, height: 5), Size(width: 60, height: 1)] {
      let said = drawn(calm.snapshot, size) { $0.message = "freeze: not now" }
      #expect(GoldenText.rows(said).last?.hasPrefix("freeze: not now") == true)
      let asked = drawn(troubled.snapshot, size) { $0.overlay = .shelve(alert: "memory-high-2") }
      #expect(GoldenText.rows(asked).last?.hasPrefix("shelve for how") == true)
      let typing = drawn(calm.snapshot, size) {
        $0.isTyping = true
        $0.search = "heap"
      }
      #expect(GoldenText.rows(typing).last?.hasPrefix("/heap ") == true)
    }
  }

  @Test("an old target is marked as stale in words")
  func stale() {
    var snapshot = calm.snapshot
    if let target = snapshot.sample.target.value {
      snapshot.sample.target = .stale(target, since: calm.now)
    }
    snapshot.memory.severity = .stale
    snapshot.memory.resident = .stale(Bytes(5_000_000), since: calm.now)
    let canvas = drawn(snapshot, .classic)
    #expect(GoldenText.rows(canvas)[0].contains("STALE ?"))
    #expect(canvas.text.contains("5.00 MB ?"))
    let stalled = drawn(calm.snapshot, .classic) { $0.stalledSince = self.calm.now }
    #expect(GoldenText.rows(stalled)[0].contains("STALE ?"))
  }
}

extension String {
  /// How often a text stands in this one.
  fileprivate func components(of text: String) -> Int {
    var count = 0
    var rest = self[...]
    while let found = rest.range(of: text) {
      count += 1
      rest = rest[found.upperBound...]
    }
    return count
  }
}

extension Substring {
  fileprivate func range(of text: String) -> Range<Index>? {
    var start = startIndex
    while start < endIndex {
      if self[start...].hasPrefix(text) { return start..<index(start, offsetBy: text.count) }
      start = index(after: start)
    }
    return nil
  }
}
