import Monitors

/// The live screen: an engine on its own thread, a mailbox between, and the loop on this one.
@MainActor
struct WatchCommand {
  let host: Host
  let config: Config
  let options: Invocation.Options

  /// Why the screen could not be opened: two lines and an exit code.
  struct Failure: Error {
    var sentence: Printable
    var advice: Printable
    var status: Int32

    /// The two lines for standard error.
    var lines: String { "perftop: \(sentence)\n\(advice)\n" }
  }

  private static let unusableTerminal: Int32 = 5

  /// Shows the targets until something ends it; `program` becomes readable when a launched program ends.
  func run(_ targets: [WatchedTarget], program: Int32 = -1) throws(Failure) -> Ending {
    let themes = ThemeCatalogue.installed(themesDirectory: options.themesDirectory)
    let (theme, warning) = try theme(themes)
    Signals.blockAll()
    let backend = try openTerminal()
    let endings = SignalThread()
    endings.start()
    let snapshots = Mailbox<[Snapshot]>()
    let commands = BoundedQueue<Command>()
    guard startEngine(targets, commands, snapshots) else {
      backend.leave()
      throw Failure(
        sentence: "threads: the system refuses a new one",
        advice: "a limit on processes may be reached: ulimit -u", status: 1)
    }
    var view = ViewState()
    view.isReadOnly = options.isReadOnly
    view.message = warning
    var loop = Loop(
      backend: backend, stage: stage(backend.glyphs, themes, commands), view: view,
      theme: theme, time: host.time)
    let ending = loop.run(
      on: PollSource(snapshots: snapshots, endings: endings, program: program, time: host.time))
    endings.loopHasLeft()
    return ending
  }

  /// The theme to begin with, and what is wrong with its file.
  private func theme(_ themes: ThemeCatalogue) throws(Failure) -> (Theme, Printable?) {
    guard let name = options.theme else {
      return (themes.usualTheme(isLight: ThemeCatalogue.isLight(host.environment)), nil)
    }
    do throws(ThemeCatalogue.Failure) {
      let (theme, warnings) = try themes.theme(named: name)
      return (theme, warnings.first.map { "theme \(Printable(theme.name)): \($0)" })
    } catch {
      throw Failure(
        sentence: error.sentence, advice: ThemesCommand.advice(error, name, themes),
        status: UsageError.exitStatus)
    }
  }

  private func openTerminal() throws(Failure) -> NcursesBackend {
    var wanted = NcursesBackend.Options()
    if options.isASCII { wanted.glyphs = .ascii }
    wanted.palette = options.colours.flatMap { Palette(rawValue: $0.rawValue) }
    do throws(TerminalError) {
      return try NcursesBackend(host: host, options: wanted)
    } catch {
      throw Failure(
        sentence: error.sentence, advice: error.advice, status: WatchCommand.unusableTerminal)
    }
  }

  private func startEngine(
    _ targets: [WatchedTarget], _ commands: BoundedQueue<Command>, _ snapshots: Mailbox<[Snapshot]>
  ) -> Bool {
    var hub = Hub()
    hub.add(snapshots)
    let (host, config, consumers) = (host, config, hub)
    let who = Operator.name(host.environment)
    return EngineThread.start(
      host: host, commands: commands, operator: who, offer: { consumers.offer($0) },
      make: {
        let sampler = Sampler(host: host, config: config, targets: targets)
        return Engine(source: sampler, host: host, config: config)
      })
  }

  private func stage(
    _ glyphs: GlyphSet, _ themes: ThemeCatalogue, _ commands: BoundedQueue<Command>
  ) -> Stage {
    let screen = Screen(glyphs: glyphs)
    let keymap = Keymap.standard
    var stage = Stage(draw: { scene, size in
      let isHelp = scene.view.overlay == .help
      return screen.drawn(
        scene, size: size, keys: Action.footer(scene, keymap),
        help: isHelp ? Action.help(scene, keymap) : [])
    })
    stage.lines = { scene, size in
      screen.scrolled(scene, size: size, help: Action.help(scene, keymap)).lines
    }
    stage.limit = { scene, size in
      let scrolled = screen.scrolled(scene, size: size, help: Action.help(scene, keymap))
      return max(0, scrolled.lines.count - scrolled.room)
    }
    stage.spot = { scene, size, x, y in
      screen.spot(scene, size: size, x: x, y: y).map { Page.Spot(pane: $0.pane, alert: $0.alert) }
    }
    stage.settle = { OwnProgram.settle() }
    stage.rest = { OwnProgram.rest() }
    stage.nextTheme = { themes.theme(after: $0.name) }
    if options.theme == nil {
      stage.usualTheme = { themes.usualTheme(isLight: $0.opposite == .black) }
    }
    stage.send = { commands.offer($0) }
    return stage
  }
}
