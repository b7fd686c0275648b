import Monitors

/// The live screen: an engine on its own thread, a mailbox between, and the loop on this one.
@MainActor
struct WatchCommand {
  let host: Host
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

  /// Shows the targets until something ends it, such as the end of a program that was launched.
  func run(
    _ targets: [WatchedTarget], program: WatchedProgram? = nil, settings: (LoadedConfig, ConfigFile)
  ) throws(Failure) -> Ending {
    let themes = ThemeCatalogue.installed(themesDirectory: options.themesDirectory)
    let settings = LiveSettings(
      settings.0, from: settings.1, machine: host, options: options, themes: themes)
    let config = settings.current.config
    let (theme, warning) = try theme(themes, settings.current.theme)
    Signals.blockAll()
    let backend = try openTerminal(config)
    let endings = SignalThread()
    endings.start()
    let snapshots = Mailbox<[Snapshot]>()
    let engine = Inlet()
    if targets.isEmpty { engine.commands.offer(.browse(true)) }
    let alerts = alertDesk(config)
    guard startEngine(targets, config, engine, snapshots, alerts) else {
      backend.leave()
      throw Failure(
        sentence: "threads: the system refuses a new one",
        advice: "a limit on processes may be reached: ulimit -u", status: 1)
    }
    var view = ViewState()
    view.isReadOnly = config.isReadOnly
    view.message = settings.warning ?? warning
    view.isPicking = targets.isEmpty
    var stage = stage(backend.glyphs, themes, engine, settings)
    stage.program = program
    var loop = Loop(
      backend: backend, stage: stage, view: view, keymap: settings.current.keymap, theme: theme,
      time: host.time)
    let ending = loop.run(
      on: PollSource(
        snapshots: snapshots, endings: endings, program: program?.descriptor ?? -1, time: host.time)
    )
    endings.loopHasLeft()
    alerts.finish(
      sendingWithin: WatchCommand.patienceForMessages, within: WatchCommand.patienceAtEnd)
    return ending
  }

  private static let patienceAtEnd = 1.0
  private static let patienceForMessages = 2.0

  /// What is only simulated or recorded is nobody else's business.
  private func alertDesk(_ config: Config) -> AlertDesk {
    let isReal = !host.isSimulated && !host.isFixture
    return AlertDesk(
      host: host, config, place: isReal ? JournalPlace.usual(host.environment) : nil,
      tellsOthers: isReal)
  }

  /// The ways into the engine: commands, and the settings that one of them is about.
  private struct Inlet {
    let commands = BoundedQueue<Command>()
    let settings = Mailbox<Config>()
  }

  /// The theme to begin with, and what is wrong with its file.
  private func theme(
    _ themes: ThemeCatalogue, _ set: Theme?
  ) throws(Failure) -> (Theme, Printable?) {
    guard let name = options.theme else {
      return (set ?? themes.usual(host.environment), nil)
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

  private func openTerminal(_ config: Config) throws(Failure) -> NcursesBackend {
    var wanted = NcursesBackend.Options()
    if config.isASCII { wanted.glyphs = .ascii }
    wanted.palette = ScreenSettings.palette(config, options: options, host.environment)
    do throws(TerminalError) {
      return try NcursesBackend(host: host, options: wanted)
    } catch {
      throw Failure(
        sentence: error.sentence, advice: error.advice, status: WatchCommand.unusableTerminal)
    }
  }

  private func startEngine(
    _ targets: [WatchedTarget], _ config: Config, _ inlet: Inlet,
    _ snapshots: Mailbox<[Snapshot]>, _ alerts: AlertDesk
  ) -> Bool {
    var hub = Hub()
    hub.add(snapshots)
    let (host, consumers) = (host, hub)
    let who = Operator.name(host.environment)
    let port = TargetController.port(host: host, link: LinkCourier.exchange(host: host))
    return EngineThread.start(
      host: host, commands: inlet.commands, settings: inlet.settings, operator: who,
      offer: { consumers.offer($0) },
      make: {
        let sampler = Sampler(host: host, config: config, targets: targets)
        var engine = Engine(source: sampler, host: host, config: config)
        engine.actions = port
        engine.desk = alerts
        return engine
      })
  }

  private func stage(
    _ glyphs: GlyphSet, _ themes: ThemeCatalogue, _ inlet: Inlet, _ settings: LiveSettings
  ) -> Stage {
    let screen = Screen(glyphs: glyphs)
    let help = { (scene: Scene) -> [HelpRow] in
      guard scene.view.overlay == .help else { return [] }
      return settings.helpRows + Action.help(scene, about: settings.about)
    }
    var stage = Stage(draw: { scene, size in
      screen.drawn(scene, size: size, keys: Action.footer(scene), help: help(scene))
    })
    stage.lines = { scene, size in
      screen.scrolled(scene, size: size, help: help(scene)).lines
    }
    stage.limit = { scene, size in
      let scrolled = screen.scrolled(scene, size: size, help: help(scene))
      return max(0, scrolled.lines.count - scrolled.room)
    }
    addPlaces(of: screen, to: &stage)
    stage.settle = { OwnProgram.settle() }
    stage.rest = { OwnProgram.rest() }
    stage.nextTheme = { themes.theme(after: $0.name) }
    stage.themes = { themes.names() }
    stage.theme = { try? themes.theme(named: $0).theme }
    if options.theme == nil {
      stage.usualTheme = { ground in
        guard settings.current.theme == nil else { return nil }
        return themes.usualTheme(isLight: ground.opposite == .black)
      }
    }
    stage.send = { inlet.commands.offer($0) }
    stage.reload = { reload(settings, inlet) }
    stage.attention = { settings.current.config.delivery }
    return stage
  }

  private func reload(_ settings: LiveSettings, _ inlet: Inlet) -> Reloaded {
    let outcome = settings.reload()
    if case .changed(let change) = outcome {
      inlet.settings.offer(change.config)
      inlet.commands.offer(.configure)
    }
    return outcome
  }

  /// What lies where, for the mouse.
  private func addPlaces(of screen: Screen, to stage: inout Stage) {
    stage.spot = { scene, size, x, y in
      screen.spot(scene, size: size, x: x, y: y).map { Page.Spot(pane: $0.pane, alert: $0.alert) }
    }
    stage.key = { scene, size, x, y in
      screen.key(scene, size: size, keys: Action.footer(scene), x: x, y: y)
    }
    stage.row = { screen.row($0, size: $1, x: $2, y: $3) }
    stage.picked = { screen.picked($0, size: $1, x: $2, y: $3) }
    stage.pickerRoom = { screen.pickerRoom($0, size: $1) }
  }
}
