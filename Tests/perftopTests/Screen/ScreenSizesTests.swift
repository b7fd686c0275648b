import Testing

@testable import Monitors
@testable import perftop

@Suite("Screens of any size")
struct ScreenSizesTests {
  private let snapshots = [
    Robot(ticks: 40).snapshot, Robot(isTroubled: true, ticks: 200).snapshot,
  ]

  private func check(_ size: Size, _ snapshot: Snapshot, glyphs: GlyphSet = .unicode) {
    let canvas = Screen(glyphs: glyphs).drawn(
      .of(snapshot), size: size, keys: .usual, help: .usual)
    #expect(canvas.size == size.clamped)
    #expect(canvas.cells.count == canvas.size.width * canvas.size.height)
    #expect(canvas.isWhole, "\(size)")
  }

  @Test("A7: no size crashes the screen or tears a glyph", arguments: 1...30)
  func sweep(height: Int) {
    for width in 1...100 {
      check(Size(width: width, height: height), snapshots[width % 2])
    }
  }

  @Test(
    "A7: nor does a size that can not be true",
    arguments: [(0, 0), (0, 5), (5, 0), (500, 200), (65535, 65535), (-1, -1)])
  func absurd(width: Int, height: Int) {
    check(Size(width: width, height: height), snapshots[1])
  }

  @Test("A7: every pane draws at every small size, zoomed or not", arguments: Word.allCases)
  func panes(word: Word) {
    for zoomed in [false, true] {
      var view = ViewState()
      view.focus = word
      view.isZoomed = zoomed
      view.scroll = 3
      let pane = PaneCatalogue.pane(word, snapshots[1], view)
      for height in 0...18 {
        for width in 0...50 {
          let size = Size(width: width, height: height)
          #expect(pane.drawn(at: size).isWhole, "\(size)")
        }
      }
      #expect(pane.drawn(at: Size(width: 500, height: 200)).isWhole)
    }
  }

  @Test("A7: help and empty readings draw at every small size")
  func helpAndNothing() {
    var empty = snapshots[0]
    empty.memory = MemoryReading()
    empty.storage = StorageReading()
    empty.batching = BatchingReading()
    empty.quality = QualityReading()
    empty.thermal = ThermalReading()
    empty.alerts = AlertsReading()
    for height in 0...12 {
      for width in stride(from: 0, through: 60, by: 3) {
        let size = Size(width: width, height: height)
        check(size, empty, glyphs: .ascii)
        let help = Screen(glyphs: .unicode).drawn(
          .of(empty) { $0.overlay = .help }, size: size, keys: [], help: .usual)
        #expect(help.isWhole)
      }
    }
  }

  @Test(
    "A7: nor do help, the palette and a zoomed pane at a size that can not be true",
    arguments: [(0, 0), (1, 1), (0, 9), (9, 0), (65535, 65535), (-3, 7)])
  func overlays(width: Int, height: Int) {
    let size = Size(width: width, height: height)
    for overlay in [ViewState.Overlay.help, .palette, .shelve(alert: "memory-high-2")] {
      let scene = Scene.of(snapshots[1]) {
        $0.overlay = overlay
        $0.palette = overlay == .palette ? PaletteState(text: "t") : nil
        $0.scroll = Int.max / 2
        $0.isZoomed = true
      }
      let screen = Screen(glyphs: .unicode)
      let canvas = screen.drawn(
        scene, size: size, keys: Action.footer(scene), help: Action.help(scene))
      #expect(canvas.isWhole)
      #expect(screen.key(scene, size: size, keys: Action.footer(scene), x: width, y: -1) == nil)
      _ = screen.row(scene, size: size, x: 0, y: 0)
      _ = screen.scrolled(scene, size: size, help: Action.help(scene))
    }
  }
}

extension Canvas {
  /// Whether every wide glyph has both its halves.
  fileprivate var isWhole: Bool {
    for y in 0..<size.height {
      for x in 0..<size.width {
        let isWide = ScalarWidth.of(self[x, y].glyph.scalar) == 2
        if isWide != (x + 1 < size.width && self[x + 1, y].glyph == .continuation) { return false }
      }
    }
    return true
  }
}
