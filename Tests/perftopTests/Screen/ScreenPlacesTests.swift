import Testing

@testable import Monitors
@testable import perftop

@Suite("Places on the screen")
struct ScreenPlacesTests {
  private let screen = Screen(glyphs: .unicode)
  private let snapshot = Robot(isTroubled: true, ticks: 150).snapshot

  private func zoomed(_ word: Word) -> Scene {
    Scene.of(snapshot) {
      $0.focus = word
      $0.isZoomed = true
    }
  }

  private func rows(_ scene: Scene, _ size: Size) -> [String] {
    GoldenText.rows(screen.drawn(scene, size: size, keys: [], help: .usual))
  }

  @Test("scrolling ends where the last line is on the screen")
  func scrolling() {
    var scene = zoomed(.storage)
    let (lines, room) = screen.scrolled(scene, size: .classic, help: [])
    #expect(lines.count > room && room > 0)
    scene.view.scroll = lines.count - room
    let end = rows(scene, .classic)
    scene.view.scroll += 1000
    #expect(rows(scene, .classic) == end)
    scene.view.scroll = lines.count - room - 1
    #expect(rows(scene, .classic) != end)
  }

  @Test("the line that is scrolled to stands at the top of the details", arguments: Word.allCases)
  func lines(word: Word) {
    var scene = zoomed(word)
    let size = Size(width: 120, height: 18)
    let (lines, room) = screen.scrolled(scene, size: size, help: [])
    // A path is cut in front, so it does not begin as its text does.
    for (index, line) in lines.enumerated() where index > 0 && !line.hasPrefix("/") {
      guard index <= lines.count - room else { break }
      scene.view.scroll = index
      let first = String(line.prefix { $0 != " " }.prefix(12))
      #expect(rows(scene, size)[size.height - 2 - room].contains(first), "\(line)")
    }
  }

  @Test("help scrolls by its own lines")
  func help() {
    var scene = Scene.of(snapshot)
    scene.view.overlay = .help
    #expect(screen.scrolled(scene, size: .classic, help: .usual).lines.count == 7)
    let wide = screen.scrolled(scene, size: Size(width: 120, height: 40), help: .usual).lines
    #expect(wide.count == 4 && wide[0].contains("this help") && wide[0].contains("collect"))
  }

  @Test("an alert is found in the row where it is drawn", arguments: [false, true])
  func spots(isZoomed: Bool) {
    for size in [Size.classic, Size(width: 120, height: 40), .large] {
      let scene = Scene.of(snapshot) {
        $0.focus = .alerts
        $0.isZoomed = isZoomed
      }
      var found: Set<String> = []
      for (y, row) in rows(scene, size).enumerated() {
        guard let spot = screen.spot(scene, size: size, x: size.width - 5, y: y) else { continue }
        guard spot.pane == .alerts, let id = spot.alert else { continue }
        found.insert(id)
        let message = (snapshot.alerts.active + snapshot.alerts.resolved).first { $0.id == id }?
          .message
        #expect(row.contains(message?.text.prefix(12) ?? "nothing"))
      }
      #expect(found.count >= 1)
    }
  }

  @Test("a place in the strip or the footer is no pane's")
  func outside() {
    let scene = Scene.of(snapshot)
    #expect(screen.spot(scene, size: .classic, x: 3, y: 0) == nil)
    #expect(screen.spot(scene, size: .classic, x: 3, y: 3)?.pane == .memory)
    #expect(screen.spot(scene, size: .classic, x: 70, y: 3)?.pane == .storage)
  }
}
