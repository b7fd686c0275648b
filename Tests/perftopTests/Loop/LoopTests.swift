import Monitors
import TestSupport
import Testing

@testable import perftop

@MainActor
@Suite("Loop")
struct LoopTests {
  private let backend = ScriptedBackend()
  private let time = FakeTime()

  private final class Sent {
    var commands: [Command] = []
    var scenes: [Scene] = []
    var stops = 0
    var settlings = 0
    var rests = 0
  }

  private let sent = Sent()

  private func loop(_ view: ViewState = ViewState()) -> Loop {
    let sent = sent
    let stage = Stage(
      draw: { scene, size in
        sent.scenes.append(scene)
        return Canvas(size: size)
      }, key: { _, _, x, y in y == 39 && x < 6 ? .character("?") : nil },
      nextTheme: {
        .init(theme: Theme(name: $0.name + "+", colors: [:]), place: 2, count: 13)
      },
      usualTheme: { Theme(name: $0.opposite == .black ? "day" : "dusk", colors: [:]) },
      themes: { ["nord"] }, theme: { $0 == "nord" ? Theme(name: $0, colors: [:]) : nil },
      settle: { sent.settlings += 1 }, rest: { sent.rests += 1 },
      send: { sent.commands.append($0) })
    return Loop(
      backend: backend, stage: stage, view: view, time: time, stop: { sent.stops += 1 })
  }

  private func type(_ keys: Key...) -> [LoopEvent] {
    backend.pending = keys
    return [.input]
  }

  @Test("a key is drawn at once, and one that changes nothing is not drawn")
  func keys() {
    var loop = loop()
    loop.step(type(.character("3")))
    #expect(sent.scenes.last?.view.focus == .batching)
    let before = backend.frames.count
    loop.step(type(.character("4")))
    #expect(backend.frames.count == before + 1)
    #expect(sent.scenes.last?.view.focus == .quality)
    loop.step(type(.character("4")))
    #expect(backend.frames.count == before + 1)
  }

  @Test("keys that came together with a reading mean what was on the screen before it")
  func keysBeforeReadings() {
    var crowd = Crowd()
    crowd.add(10, "a", cpu: nil)
    let other = crowd.add(11, "b", cpu: nil)
    var snapshot = Scenes.snapshot()
    snapshot.roster = crowd.next()
    var view = ViewState()
    view.isPicking = true
    var loop = loop(view)
    loop.step([.snapshots([snapshot])])
    crowd.change(other) { $0.cpu = 0.9 }
    snapshot.roster = crowd.next()
    loop.step([.snapshots([snapshot])] + type(.enter))
    #expect(sent.commands.first == .watch([ProcessKey(pid: 10, startTicks: 100)]))
  }

  private func outcome(_ text: Printable, at moment: Moment) -> LoopEvent {
    var snapshot = Scenes.snapshot()
    snapshot.receipts = [Receipt(at: moment, who: "pi", outcome: text)]
    return .snapshots([snapshot])
  }

  @Test("a message stands for ten seconds, also where nothing else happens")
  func messageExpires() {
    var loop = loop()
    loop.step(type(.character("c")))
    #expect(loop.view.message != nil)
    time.advance(by: 9)
    loop.step([.deadline])
    #expect(loop.view.message != nil)
    time.advance(by: 1)
    #expect(loop.deadline.map { $0 <= time.now() } == true)
    loop.step([.deadline])
    #expect(loop.view.message == nil)
    #expect(sent.scenes.last?.view.message == nil)
  }

  @Test("an outcome is shown once, for ten seconds from when it was, and does not come back")
  func outcomeExpires() {
    var loop = loop()
    time.advance(by: 1)
    let done = time.now()
    let event = outcome("acknowledged: power low", at: done)
    loop.step([event])
    #expect(loop.view.message == "acknowledged: power low")
    time.advance(by: 4)
    loop.step([event])
    time.advance(by: 6)
    loop.step([event])
    #expect(loop.view.message == nil)
    loop.step(type(.character("6")))
    loop.step([event])
    #expect(loop.view.message == nil)
  }

  @Test(
    "the start has happened after a few readings, once, and each later reading is followed by a rest"
  )
  func settling() {
    var loop = loop()
    loop.step(type(.character("3")))
    for _ in 0..<2 { loop.step([.snapshots([Scenes.snapshot()])]) }
    #expect(sent.settlings == 0)
    for _ in 0..<9 { loop.step([.snapshots([Scenes.snapshot()])]) }
    #expect(sent.settlings == 1)
    #expect(sent.rests == 8)
    loop.step(type(.character("4")))
    #expect(sent.rests == 8)
  }

  @Test("keys, readings and a resize of one moment are one frame")
  func coalescing() {
    var loop = loop()
    loop.step([])
    let before = backend.frames.count
    backend.newSize = Size(width: 30, height: 5)
    backend.pending = [.character("2"), .character("3")]
    loop.step([.resized, .snapshots([Scenes.snapshot()]), .input])
    #expect(backend.frames.count == before + 1)
    #expect(backend.frames.last?.size == Size(width: 30, height: 5))
  }

  @Test("readings are drawn, unless the view is frozen")
  func freezing() {
    var loop = loop()
    loop.step([.snapshots([Scenes.snapshot(interval: 1)])])
    loop.step(type(.character(" ")))
    let before = backend.frames.count
    loop.step([.snapshots([Scenes.snapshot(interval: 9)])])
    #expect(backend.frames.count == before)
    loop.step(type(.character(" ")))
    #expect(sent.scenes.last?.snapshot?.health.interval == 9)
  }

  @Test("when readings stay away for three intervals and a second, that is drawn once")
  func stale() throws {
    var loop = loop()
    loop.step([.snapshots([Scenes.snapshot(interval: 2)])])
    let arrived = time.now()
    #expect(try #require(loop.deadline).seconds(since: arrived) == 7)
    time.advance(by: 6.9)
    loop.step([.deadline])
    #expect(loop.view.stalledSince == nil)
    time.advance(by: 0.2)
    let before = backend.frames.count
    loop.step([.deadline])
    #expect(loop.view.stalledSince == arrived)
    #expect(backend.frames.count == before + 1)
    #expect(loop.deadline == nil)
    loop.step([.snapshots([Scenes.snapshot()])])
    #expect(loop.view.stalledSince == nil)
  }

  @Test("an escape alone is told by silence")
  func escape() throws {
    var view = ViewState()
    view.isZoomed = true
    var loop = loop(view)
    backend.isKeyUnfinished = true
    #expect(try #require(loop.deadline).seconds(since: time.now()) <= 0.1)
    loop.step([.deadline])
    #expect(!loop.view.isZoomed)
  }

  @Test("A8: a storm of resizes is drawn a few times, and ends at the last size")
  func resizes() throws {
    var loop = loop()
    loop.step([])
    let before = backend.frames.count
    for step in 1...400 {
      backend.newSize = Size(width: 20 + step, height: 10)
      loop.step([.resized])
      time.advance(by: 0.0025)
      if let deadline = loop.deadline, deadline <= time.now() { loop.step([.deadline]) }
    }
    time.advance(by: 1)
    loop.step([.deadline])
    #expect(backend.frames.count - before <= 40)
    #expect(backend.frames.last?.size == Size(width: 420, height: 10))
  }

  @Test(
    "a terminal that says it is light gets the light theme, once, and not after a choice by hand")
  func ground() {
    var loop = loop()
    loop.step(type(.character("3")))
    #expect(backend.themes.last == "perftop-dark")
    backend.ground = RGB(red: 250, green: 250, blue: 240)
    loop.step([.input])
    #expect(backend.themes.last == "day")
    backend.ground = .black
    loop.step(type(.character("4")))
    #expect(backend.themes.last == "day")
    backend.ground = nil
    var chosen = self.loop()
    chosen.step(type(.character("c")))
    backend.ground = .white
    chosen.step(type(.character("3")))
    #expect(backend.themes.last == "perftop-dark+")
  }

  @Test("commands go out, themes change")
  func effects() {
    var loop = loop()
    loop.step([.snapshots([Scenes.snapshot(alerts: [Scenes.alert("a")])])])
    loop.step(type(.character("a")))
    #expect(sent.commands == [.acknowledge("a", of: Scenes.alert("a").key)])
    loop.step(type(.character("c")))
    #expect(backend.themes.last == "perftop-dark+")
    #expect(loop.view.message == "theme 2 of 13: perftop-dark+")
  }

  @Test("a theme is taken by its name in the palette, and one that is not there changes nothing")
  func themeByName() {
    var loop = loop()
    loop.step([])
    for key in ":theme no" { loop.step(type(.character(key))) }
    loop.step(type(.enter))
    #expect(loop.view.message == "theme nord")
    #expect(loop.view.overlay == .none)
  }

  @Test(
    "a click on a key in the footer is that key, and the scene knows the screen's size and keys")
  func footerClick() {
    var loop = loop()
    loop.step(type(.mouse(.init(kind: .press, x: 2, y: 39))))
    #expect(loop.view.overlay == .help)
    #expect(sent.scenes.last?.size == backend.size)
  }

  @Test("A9: suspending gives the terminal back, stops, and takes it again")
  func suspending() {
    var loop = loop()
    loop.step([])
    loop.step(type(.control("z")))
    #expect(backend.log == ["suspend", "resume"])
    #expect(sent.stops == 1)
    loop.step([.stopAsked])
    #expect(sent.stops == 2)
    let before = backend.frames.count
    loop.step([.continued])
    #expect(backend.log.last == "resume")
    #expect(backend.frames.count == before + 1)
  }

  @Test("time spent stopped is not taken for missing readings")
  func stopped() {
    var loop = loop()
    time.advance(by: 100)
    loop.step([.continued])
    loop.step([.deadline])
    #expect(loop.view.stalledSince == nil)
  }

  @Test("q, a signal and the end of the terminal each end it, with the terminal given back once")
  func endings() {
    backend.pending = [.character("q"), .character("1")]
    var quitting = loop()
    #expect(quitting.run(on: ScriptedSource(events: [[.input]])) == .quit)
    #expect(quitting.view.focus == .memory)
    #expect(quitting.shutdown == .left(.quit))
    var killed = loop()
    #expect(killed.run(on: ScriptedSource(events: [[.signal(15), .terminalGone]])) == .signal(15))
    var gone = loop()
    #expect(gone.run(on: ScriptedSource(events: [])) == .terminalGone)
    #expect(backend.log == ["leave", "leave", "leave"])
  }

  @Test("A1: a terminal whose reads fail ends the loop without another frame")
  func readFails() {
    var loop = loop()
    loop.step([])
    let before = backend.frames.count
    backend.hasEnded = true
    loop.step([.input])
    #expect(loop.shutdown == .leaving(.terminalGone))
    #expect(backend.frames.count == before)
  }

  @Test("ctrl-l and a request to reload paint the whole screen again")
  func repainting() {
    var loop = loop()
    loop.step([])
    loop.step(type(.control("l")))
    loop.step([.reload])
    #expect(backend.log == ["resize", "repaint", "resize", "repaint"])
    #expect(backend.frames.count == 3)
  }

  private func reloading(
    _ outcome: Reloaded, usualTheme: @escaping (RGB) -> Theme? = { _ in nil }
  ) -> Loop {
    let sent = sent
    var stage = Stage(draw: { scene, size in
      sent.scenes.append(scene)
      return Canvas(size: size)
    })
    stage.reload = { outcome }
    stage.usualTheme = usualTheme
    stage.send = { sent.commands.append($0) }
    return Loop(backend: backend, stage: stage, time: time)
  }

  @Test("settings that are read again bring keys, theme and interval with them")
  func reload() throws {
    var change = Reloaded.Change(
      config: Config(), keymap: Keymap(overrides: ["focus-thermal": ["x"]]))
    change.theme = Theme(name: "night", colors: [:])
    change.interval = 3
    change.message = "read again"
    var loop = reloading(.changed(change))
    loop.step([.reload])
    #expect(backend.themes.last == "night")
    #expect(sent.commands == [.interval(3)])
    #expect(loop.view.message == "read again")
    #expect(backend.log.contains("repaint"))
    loop.step(type(.character("x")))
    #expect(loop.view.focus == .thermal)
  }

  @Test(
    "an interval that was set by a key stays, whatever the settings say when they are read again")
  func reloadAfterKey() {
    var change = Reloaded.Change(config: Config(), keymap: .standard)
    change.interval = 3
    change.message = "read again"
    var loop = reloading(.changed(change))
    loop.step([.snapshots([Scenes.snapshot(interval: 1)])])
    loop.step(type(.character("-")))
    loop.step([.snapshots([Scenes.snapshot(interval: 2)])])
    loop.step([.reload])
    #expect(sent.commands == [.interval(2)])
    #expect(loop.view.message == "read again; the interval stays at 2 s, as set by hand")
    loop.step(type(.character("-")))
    #expect(sent.commands.last == .interval(5))
  }

  @Test(
    "settings that leave the theme to the terminal heed what it said of its ground, or says later")
  func reloadToUsual() {
    var change = Reloaded.Change(config: Config(), keymap: .standard)
    change.theme = Theme(name: "usual", colors: [:])
    let usual = { (ground: RGB) in Theme(name: ground == .black ? "night" : "day", colors: [:]) }
    backend.ground = .white
    var told = reloading(.changed(change), usualTheme: usual)
    told.step([.reload])
    #expect(backend.themes.last == "day")
    backend.ground = nil
    var late = reloading(.changed(change), usualTheme: usual)
    late.step(type(.character("c")))
    late.step([.reload])
    #expect(backend.themes.last == "usual")
    backend.ground = .white
    late.step([.input])
    #expect(backend.themes.last == "day")
  }

  @Test(
    "F7: settings that are wrong change nothing, and that stays on the screen until a key is pressed"
  )
  func wrongReload() {
    var loop = reloading(.kept("config.yaml:3: wrong"))
    loop.step([.reload])
    #expect(backend.themes.last == Theme.builtIn.name)
    #expect(sent.commands == [])
    time.advance(by: 60)
    loop.step([.snapshots([Scenes.snapshot()])])
    #expect(loop.view.message == "config.yaml:3: wrong")
    #expect(sent.scenes.last?.view.message == "config.yaml:3: wrong")
    loop.step(type(.character("3")))
    #expect(loop.view.message == nil)
  }
}
