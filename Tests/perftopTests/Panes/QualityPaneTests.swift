import Testing

@testable import Monitors
@testable import perftop

@Suite("Quality pane")
struct QualityPaneTests {
  private let calm = Robot(ticks: 150)
  private let troubled = Robot(isTroubled: true, ticks: 150)
  private let linked = LinkedRobot(isLoaded: false)
  private let loaded = LinkedRobot(isLoaded: true)

  @Test("all is well", arguments: Size.goldens)
  func healthy(size: Size) {
    let pane = QualityPane(reading: calm.quality, context: .at(size, calm))
    expectGolden(pane.drawn(at: size), "Quality/healthy")
  }

  @Test("there is trouble", arguments: Size.goldens)
  func trouble(size: Size) {
    let pane = QualityPane(reading: troubled.quality, context: .at(size, troubled))
    expectGolden(pane.drawn(at: size), "Quality/trouble")
  }

  @Test("a linked target", arguments: Size.linkedGoldens)
  func linkedTarget(size: Size) {
    let pane = QualityPane(reading: linked.quality, context: .at(size, linked))
    expectGolden(pane.drawn(at: size), "Quality/linked")
  }

  @Test("a linked target on a loaded machine", arguments: Size.linkedGoldens)
  func loadedTarget(size: Size) {
    let pane = QualityPane(reading: loaded.quality, context: .at(size, loaded))
    expectGolden(pane.drawn(at: size), "Quality/loaded")
  }

  @Test("only ASCII can be drawn")
  func ascii() {
    let pane = QualityPane(reading: troubled.quality, context: .at(.classic, troubled))
    let canvas = pane.drawn(at: .classic, glyphs: .ascii)
    #expect(canvas.cells.allSatisfy { $0.glyph.scalar >= 0x20 && $0.glyph.scalar < 0x7F })
    expectGolden(canvas, "Quality/ascii")
  }

  @Test(
    "nothing is known yet: a sentence or a reason, and no zeros",
    arguments: [Size.narrow, .classic])
  func missing(size: Size) {
    let canvas = QualityPane(reading: missing, context: .at(size, calm)).drawn(at: size)
    expectGolden(canvas, "Quality/missing")
  }

  private var missing: QualityReading {
    var reading = QualityReading()
    reading.headline = "not enough readings yet"
    reading.terms = [PressureTerm(name: "cpu", value: .missing(.notYet))]
    return reading
  }

  @Test("a temperature that is made up is called so")
  func simulated() {
    let pane = QualityPane(
      reading: calm.quality, context: PaneContext(isZoomed: true, isSimulated: true))
    #expect(pane.drawn(at: .classic).text.contains("temperature (simulated)"))
  }
}
