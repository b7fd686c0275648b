import Testing

@testable import Monitors
@testable import perftop

@Suite("Thermal pane")
struct ThermalPaneTests {
  private let calm = Robot(ticks: 150)
  private let troubled = Robot(isTroubled: true, ticks: 150)

  @Test("all is well", arguments: Size.goldens)
  func healthy(size: Size) {
    let pane = ThermalPane(reading: calm.thermal, context: .at(size, calm))
    expectGolden(pane.drawn(at: size), "Thermal/healthy")
  }

  @Test("there is trouble", arguments: Size.goldens)
  func trouble(size: Size) {
    let pane = ThermalPane(reading: troubled.thermal, context: .at(size, troubled))
    expectGolden(pane.drawn(at: size), "Thermal/trouble")
  }

  @Test("only ASCII can be drawn")
  func ascii() {
    let pane = ThermalPane(reading: troubled.thermal, context: .at(.classic, troubled))
    let canvas = pane.drawn(at: .classic, glyphs: .ascii)
    #expect(canvas.cells.allSatisfy { $0.glyph.scalar >= 0x20 && $0.glyph.scalar < 0x7F })
    expectGolden(canvas, "Thermal/ascii")
  }

  @Test(
    "nothing is known yet: a sentence or a reason, and no zeros",
    arguments: [Size.narrow, .classic])
  func missing(size: Size) {
    let canvas = ThermalPane(reading: missing, context: .at(size, calm)).drawn(at: size)
    expectGolden(canvas, "Thermal/missing")
  }

  private var missing: ThermalReading {
    var reading = ThermalReading()
    reading.headline = "no temperature can be read"
    reading.hottest = .missing(.notSupported)
    return reading
  }

  @Test(
    "temperatures that are made up are called so at every size",
    arguments: [Size(width: 20, height: 5), .narrow, .classic, .large]
  )
  func simulated(size: Size) {
    var reading = calm.thermal
    reading.isSimulated = true
    let pane = ThermalPane(reading: reading, context: .at(size, calm))
    #expect(pane.drawn(at: size).text.contains("simulated"))
    #expect(pane.brief.contains("simulated"))
  }

  @Test("where nothing can tell, it does not claim that nothing is throttled")
  func noClaim() {
    let text = ThermalPane(reading: missing, context: PaneContext()).drawn(at: .narrow).text
    #expect(text.contains("unknown"))
    #expect(text.contains("no source"))
  }
}
