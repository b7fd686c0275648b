import Monitors
import Testing

@testable import perftop

@Suite("Palette")
struct PalettePaneTests {
  private let snapshot = Robot(ticks: 150).snapshot

  private func scene(_ text: String, selected: Int = 0) -> Scene {
    Scene.of(snapshot) {
      $0.overlay = .palette
      $0.palette = PaletteState(text: text, selected: selected)
    }
  }

  private func drawn(_ scene: Scene, _ size: Size) -> Canvas {
    Screen(glyphs: .unicode).drawn(scene, size: size, keys: Action.footer(scene), help: [])
  }

  @Test("it lists every action by its name", arguments: ScreenTests.sizes)
  func all(size: Size) { expectGolden(drawn(scene(""), size), "Screen/palette") }

  @Test("what is typed narrows it down", arguments: ScreenTests.sizes)
  func typed(size: Size) {
    expectGolden(drawn(scene("the", selected: 1), size), "Screen/palette-typed")
  }

  @Test("the row that is chosen is on the screen and is the one that a click finds")
  func clicks() {
    let screen = Screen(glyphs: .unicode)
    for size in ScreenTests.sizes where size.height > 1 {
      for selected in [0, 7, 40] {
        let scene = scene("", selected: selected)
        let rows = GoldenText.rows(drawn(scene, size))
        let name = PaletteEntry.all(in: scene)[selected].name.text
        let y = (0..<size.height).first {
          screen.row(scene, size: size, x: size.width / 2, y: $0) == selected
        }
        #expect(y.map { rows[$0].contains(name) } == true, "\(size) \(selected)")
      }
    }
    #expect(screen.row(scene(""), size: .classic, x: 5, y: 0) == nil)
    #expect(screen.row(scene("xyzzy"), size: .classic, x: 5, y: 5) == nil)
  }

  @Test("A7: it draws at every small size")
  func small() {
    for height in 0...14 {
      for width in 0...60 {
        let size = Size(width: width, height: height)
        for text in [
          "", "quit", "xyzzy", "theme ", "a very long text that has no room at all here",
        ] {
          #expect(drawn(scene(text, selected: 3), size).size == size)
        }
      }
    }
  }

  @Test("letters that match stand out without colour")
  func matched() {
    let canvas = drawn(scene("zoom"), .classic)
    let y = GoldenText.rows(canvas).firstIndex { $0.hasPrefix("│zoom") } ?? 0
    #expect(canvas[1, y].emphasis.contains(.underlined))
    #expect(canvas[1, y].emphasis.contains(.reversed))
    #expect(!canvas[6, y].emphasis.contains(.underlined))
  }
}
