import Testing

@testable import Monitors
@testable import perftop

@Suite("Batching pane")
struct BatchingPaneTests {
  private let calm = Robot(ticks: 150)
  private let troubled = Robot(isTroubled: true, ticks: 150)
  private let linked = LinkedRobot(isLoaded: false)
  private let loaded = LinkedRobot(isLoaded: true)

  @Test("all is well", arguments: Size.goldens)
  func healthy(size: Size) {
    let pane = BatchingPane(reading: calm.batching, context: .at(size, calm))
    expectGolden(pane.drawn(at: size), "Batching/healthy")
  }

  @Test("there is trouble", arguments: Size.goldens)
  func trouble(size: Size) {
    let pane = BatchingPane(reading: troubled.batching, context: .at(size, troubled))
    expectGolden(pane.drawn(at: size), "Batching/trouble")
  }

  @Test("a linked target", arguments: Size.linkedGoldens)
  func linkedTarget(size: Size) {
    let pane = BatchingPane(reading: linked.batching, context: .at(size, linked))
    expectGolden(pane.drawn(at: size), "Batching/linked")
  }

  @Test("a linked target on a loaded machine", arguments: Size.linkedGoldens)
  func loadedTarget(size: Size) {
    let pane = BatchingPane(reading: loaded.batching, context: .at(size, loaded))
    expectGolden(pane.drawn(at: size), "Batching/loaded")
  }

  @Test("only ASCII can be drawn")
  func ascii() {
    let pane = BatchingPane(reading: troubled.batching, context: .at(.classic, troubled))
    let canvas = pane.drawn(at: .classic, glyphs: .ascii)
    #expect(canvas.cells.allSatisfy { $0.glyph.scalar >= 0x20 && $0.glyph.scalar < 0x7F })
    expectGolden(canvas, "Batching/ascii")
  }

  @Test(
    "nothing is known yet: a sentence or a reason, and no zeros",
    arguments: [Size.narrow, .classic])
  func missing(size: Size) {
    let canvas = BatchingPane(reading: missing, context: .at(size, calm)).drawn(at: size)
    expectGolden(canvas, "Batching/missing")
  }

  private var missing: BatchingReading {
    var reading = BatchingReading()
    reading.lacks = "no batches reported: the target is not linked, see perftop(1) LINKING"
    return reading
  }

  @Test("it says what is missing and how to get it")
  func lacks() {
    let text = BatchingPane(reading: calm.batching, context: PaneContext()).drawn(at: .classic).text
    #expect(text.contains("no batches reported"))
    #expect(text.contains("pip install perftop_link"))
  }
}
