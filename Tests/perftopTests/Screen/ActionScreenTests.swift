import Monitors
import Testing

@testable import perftop

@Suite("Actions on the screen")
struct ActionScreenTests {
  private static let rebound = Keymap(overrides: [
    "help": ["f10"], "zoom": ["z"], "freeze": [], "quit": ["Q"], "focus-memory": ["M"],
    "page-down": ["X"], "back": ["x"],
  ])

  private func scene(
    _ keymap: Keymap = .standard, isTroubled: Bool = false,
    _ change: (inout ViewState) -> Void = { _ in }
  ) -> Scene {
    var scene = Scene.of(Robot(isTroubled: isTroubled, ticks: 150).snapshot, change)
    scene.keymap = keymap
    return scene
  }

  @Test(
    "footer, help, palette and README name the same keys for every action",
    arguments: [false, true])
  func agreement(isRebound: Bool) {
    let keymap = isRebound ? Self.rebound : Keymap.standard
    #expect(keymap.problems.isEmpty)
    let scene = scene(keymap)
    let help = Action.help(scene)
    var open = scene
    open.view.overlay = .palette
    open.view.palette = PaletteState()
    let entries = PaletteEntry.all(in: open)
    let footer = Action.footer(scene)
    for action in Action.allCases {
      let keys = keymap.keys(for: action).map(\.name.text)
      let row = help.first { $0.summary == action.summary }
      #expect(row?.key.text == (keys.isEmpty ? ": \(action.name)" : keys.joined(separator: " ")))
      let entry = entries.first { $0.request == .action(action) }
      #expect(entry?.keys.text == keys.joined(separator: " "))
      #expect(entry?.summary == row?.summary)
      if !isRebound, !action.isLater {
        #expect(
          Readme.text.contains(
            "| \(Readme.keys(of: action)) | \(action.name) | \(action.summary) |"))
      }
    }
    for key in footer {
      let action = key.press.flatMap { keymap.action(for: $0) }
      #expect(action.map { keymap.keys(for: $0).first?.name == key.key } == true)
      #expect(action?.whyNot(in: scene) == nil)
    }
  }

  @Test("each action has one group, and help has each once, at every time")
  func groups() {
    #expect(Action.Group.allCases.flatMap(\.actions).count == Action.allCases.count)
    for overlay in [ViewState.Overlay.none, .help] {
      let rows = Action.help(scene { $0.overlay = overlay }).filter { $0.kind == .key }
      #expect(rows.map(\.summary.text).sorted() == Action.allCases.map(\.summary.text).sorted())
    }
  }

  @Test("help ends with what program this is")
  func about() {
    let rows = Action.help(scene(), about: ["perftop 1.2.3", "no configuration file"])
    #expect(rows.suffix(2) == [.note("perftop 1.2.3"), .note("no configuration file")])
  }

  @Test("a reason that a whole group has stands once, with its heading")
  func reasons() {
    let rows = Action.help(scene { $0.isReadOnly = true })
    let heading = rows.first { $0.summary == Action.Group.acting.title }
    #expect(heading?.reason == "refused, this session is read-only")
    #expect(rows.first { $0.summary == Action.collect.summary }?.reason == "")
  }

  @Test("rebound keys are named wherever a key is named")
  func everywhere() {
    let size = Size(width: 120, height: 40)
    let scene = scene(Self.rebound)
    let screen = Screen(glyphs: .unicode)
    let text = screen.drawn(scene, size: size, keys: Action.footer(scene), help: []).text
    #expect(text.contains("f10 help") && text.contains("z zoom") && text.contains("Q quit"))
    #expect(!text.contains("freeze"))
    #expect(text.contains("╭─ M Memory"))
    var help = scene
    help.view.overlay = .help
    let drawn = screen.drawn(help, size: size, keys: Action.footer(help), help: Action.help(help))
    #expect(drawn.text.contains("f10 or x closes"))
    var controller = ViewController(keymap: Self.rebound)
    let snapshots = scene.snapshots
    _ = controller.press(.character("?"), seeing: snapshots)
    #expect(controller.view.message == "? does nothing; f10 lists the keys")
    controller.view.focus = .thermal
    _ = controller.press(.character("j"), seeing: snapshots)
    #expect(controller.view.message == "down: zoom the pane first, with z")
    _ = controller.apply(.freeze, seeing: snapshots)
    #expect(controller.view.message == "frozen; : freeze goes on")
  }

  @Test("every key of the footer is found where it is drawn", arguments: ScreenTests.sizes)
  func clicks(size: Size) {
    let screen = Screen(glyphs: .unicode)
    for overlay in [ViewState.Overlay.none, .help, .shelve(alert: "memory-high-2")] {
      let scene = scene(isTroubled: true) { $0.overlay = overlay }
      let keys = Action.footer(scene)
      let rows = GoldenText.rows(
        screen.drawn(scene, size: size, keys: keys, help: Action.help(scene)))
      for (y, row) in rows.enumerated() {
        for x in 0..<size.width {
          guard let key = screen.key(scene, size: size, keys: keys, x: x, y: y) else { continue }
          let shown = keys.first { $0.press == key }
          #expect(row.contains(shown.map { "\($0.key) \($0.label)" } ?? "nothing"))
        }
      }
    }
  }

  @Test("the footer says what works: another for help, the palette, a question and a search")
  func footers() {
    func labels(_ change: (inout ViewState) -> Void) -> [String] {
      Action.footer(scene(.standard, isTroubled: false, change)).map { "\($0.key) \($0.label)" }
    }
    #expect(labels { _ in }.first == "? help")
    #expect(!labels { _ in }.contains("esc back"))
    #expect(labels { $0.isZoomed = true }.contains("esc back"))
    #expect(labels { $0.frozen = [] }.contains("space go on"))
    #expect(labels { $0.overlay = .help }.first == "esc close")
    #expect(labels { $0.overlay = .palette }.first == "enter do it")
    #expect(labels { $0.isTyping = true } == ["enter find", "esc give up"])
    #expect(labels { $0.overlay = .shelve(alert: "a") }.first == "1 10 min")
  }

  @Test(
    "help and quit are among the last keys to be left out", arguments: [14, 20, 30, 40, 60, 80],
    [ViewState.Overlay.none, .picker])
  func helpAndQuit(width: Int, overlay: ViewState.Overlay) {
    let scene = scene(isTroubled: true) { $0.isPicking = overlay == .picker }
    var canvas = Canvas(size: Size(width: width, height: 1))
    FooterPane(keys: Action.footer(scene), message: Label(""), typing: nil).draw(into: &canvas)
    let row = GoldenText.rows(canvas)[0]
    #expect(row.contains("? help") && row.contains("q quit"), "\(row)")
  }

  @Test("help at every size", arguments: ScreenTests.sizes)
  func helpGoldens(size: Size) {
    let scene = scene { $0.overlay = .help }
    let canvas = Screen(glyphs: .unicode).drawn(
      scene, size: size, keys: Action.footer(scene), help: Action.help(scene, about: ["perftop 0"]))
    expectGolden(canvas, "Screen/help-all")
  }

  @Test("the footer at every size", arguments: ScreenTests.sizes)
  func footerGoldens(size: Size) {
    let scene = scene(isTroubled: true) { $0.isZoomed = true }
    let keys = Action.footer(scene)
    var canvas = Canvas(size: Size(width: size.width, height: min(2, size.height)))
    Screen(glyphs: .unicode).footer(scene, keys).draw(into: &canvas)
    expectGolden(canvas, "Screen/footer")
  }
}
