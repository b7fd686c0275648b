import Monitors

/// Joins what a command line asks for with the parts that do it.
@MainActor
struct Session {
  let host: Host
  let options: Invocation.Options
  private let file: ConfigFile
  private let loaded: LoadedConfig

  /// Reads the settings; a file that was named and can't be read is a mistake.
  init(host: Host, options: Invocation.Options) throws(UsageError) {
    self.host = host
    self.options = options
    file = Session.configFile(host, options)
    do throws(ConfigFile.Failure) { loaded = try file.load(machine: host) } catch {
      throw UsageError(error)
    }
  }

  /// The settings are the person's own, whichever machine is looked at.
  private static func configFile(_ host: Host, _ options: Invocation.Options, named: String? = nil)
    -> ConfigFile
  {
    ConfigFile(
      files: host.isFixture ? LiveFiles() : host.files, environment: host.environment,
      option: named ?? options.config)
  }

  /// Answers a question about the settings.
  static func config(
    _ question: Invocation.ConfigQuestion, host: Host, options: Invocation.Options
  ) -> Int32 {
    let named: String? = if case .check(let path) = question { path } else { nil }
    let file = configFile(host, options, named: named)
    let answer = ConfigCommand(file: file, machine: host, options: options).answer(question)
    try? StandardStream.error.write(answer.errors)
    let said = say(answer.output)
    return answer.status == 0 ? said : answer.status
  }

  /// Judges series that lie in files; no setting has a part in it.
  static func analyze(
    _ request: Invocation.Analysis, host: Host, options: Invocation.Options
  ) -> Int32 {
    let asked: GlyphSet? = options.isASCII ? .ascii : nil
    let complain: (String) -> Void = { try? StandardStream.error.write($0) }
    let command = AnalyzeCommand(
      request: request,
      text: PlainText(glyphs: TerminalKind.prepareLocale(host.environment, asked: asked)),
      open: AnalyzeCommand.opener(complain),
      say: { (text) throws(SystemError) in try StandardStream.output.write(text) },
      complain: complain)
    do throws(SystemError) { return try command.run() } catch {
      return Session.complain("perftop: standard output: \(error.sentence)\n", 1)
    }
  }

  /// A text that can not be written is a failure: a full disk must not look like success.
  static func say(_ text: String) -> Int32 {
    do throws(SystemError) {
      try StandardStream.output.write(text)
      return 0
    } catch {
      return complain("perftop: standard output: \(error.sentence)\n", 1)
    }
  }

  /// Why a directory can not take the machine's place; `nil` where it can.
  static func lack(of sysroot: String) -> UsageError? {
    let advice: Printable = "name a directory that has proc and sys in it, as / has"
    do throws(SystemError) {
      let status = try LiveFiles().status("\(sysroot)/proc", in: nil, following: true)
      if status.kind == .directory { return nil }
      return UsageError("\(sysroot)/proc", "not a directory", advice: advice)
    } catch { return UsageError("\(sysroot)/proc", error.sentence, advice: advice) }
  }

  static func complain(_ lines: String, _ status: Int32) -> Int32 {
    try? StandardStream.error.write(lines)
    return status
  }

  private static func complain(_ failure: TargetError) -> Int32 {
    complain("perftop: \(failure.sentence)\n\(failure.advice)\n", failure.exitCode)
  }

  /// The live screen; a snapshot where nobody sits.
  func watch(_ targets: Invocation.Targets) -> Int32 {
    guard StandardStream.output.isTerminal else { return snapshot(targets, Invocation.Output()) }
    do throws(TargetError) {
      let watched = try TargetResolver(host: host).resolve(targets, mayWait: true)
      return show(watched, on: host) { $0.finish() }
    } catch { return Session.complain(error) }
  }

  private func show(
    _ targets: [WatchedTarget], on host: Host, program: WatchedProgram? = nil,
    then: (Ending) -> Int32
  ) -> Int32 {
    let command = WatchCommand(host: host, options: options)
    do throws(WatchCommand.Failure) {
      return then(try command.run(targets, program: program, settings: (loaded, file)))
    } catch { return Session.complain(error.lines, error.status) }
  }

  /// Readings without a terminal.
  func snapshot(_ targets: Invocation.Targets, _ output: Invocation.Output) -> Int32 {
    do throws(TargetError) {
      let watched = try TargetResolver(host: host).resolve(targets, mayWait: false)
      return snapshot(watched, output, on: host)
    } catch { return Session.complain(error) }
  }

  /// The settings, after a word to standard error about each that is not obeyed.
  func toldConfig() -> Config {
    for problem in loaded.problems { try? StandardStream.error.write("\(problem.text)\n") }
    return ScreenSettings.config(loaded, machine: host, options: options)
  }

  private func snapshot(
    _ targets: [WatchedTarget], _ output: Invocation.Output, on host: Host
  ) -> Int32 {
    let config = toldConfig()
    do throws(SystemError) {
      let command = SnapshotCommand(
        host: host, config: config, output: output, text: text(config))
      return try command.run(targets)
    } catch {
      return Session.complain("perftop: standard output: \(error.sentence)\n", 1)
    }
  }

  /// Whether all is well enough to launch something.
  func check(_ targets: Invocation.Targets, _ wish: Invocation.Check) -> Int32 {
    do throws(TargetError) {
      let watched = try TargetResolver(host: host).resolve(targets, mayWait: false)
      let config = toldConfig()
      do throws(SystemError) {
        let command = CheckCommand(host: host, config: config, wish: wish, text: text(config))
        return try command.run(watched)
      } catch {
        return Session.complain("perftop: standard output: \(error.sentence)\n", 1)
      }
    } catch { return Session.complain(error) }
  }

  /// Text as standard output can show it.
  private func text(_ config: Config) -> PlainText {
    PlainText(
      glyphs: TerminalKind.prepareLocale(host.environment, asked: config.isASCII ? .ascii : nil))
  }

  /// Makes processes do something, and says what came of it.
  func send(_ wish: Invocation.Send) -> Int32 {
    let config = ScreenSettings.config(loaded, machine: host, options: options)
    let command = SendCommand(
      host: host, config: config, link: LinkCourier.exchange(host: host))
    let answer = command.answer(wish)
    try? StandardStream.error.write(text(config).lines(answer.errors))
    let said = Session.say(text(config).lines(answer.lines))
    return answer.status == 0 ? said : answer.status
  }

  /// What can be read here, and what it lacks.
  func doctor(_ targets: Invocation.Targets) -> Int32 {
    do throws(TargetError) {
      let watched = try TargetResolver(host: host).resolve(targets, mayWait: false)
      let lines = Doctor.lines(host, target: watched.first?.first)
      let config = ScreenSettings.config(loaded, machine: host, options: options)
      return Session.say(text(config).lines(lines))
    } catch { return Session.complain(error) }
  }

  /// Which themes there are, or what one looks like.
  func themes(_ request: Invocation.Themes) -> Int32 {
    let themes = ThemeCatalogue.installed(themesDirectory: options.themesDirectory)
    let settings = ScreenSettings(loaded, machine: host, options: options, themes: themes)
    let usual = (settings.theme ?? themes.usual(host.environment)).name
    let command = ThemesCommand(
      themes: themes, current: options.theme ?? usual, text: text(settings.config),
      isTerminal: StandardStream.output.isTerminal)
    guard case .show(let asked) = request else { return Session.say(command.list()) }
    let name = asked ?? command.current
    let palette = NcursesBackend.palette(
      host: host,
      asked: ScreenSettings.palette(settings.config, options: options, host.environment))
    do throws(ThemeCatalogue.Failure) {
      let (sample, warnings) = try command.show(name, in: palette)
      for warning in warnings { try? StandardStream.error.write("perftop: \(warning)\n") }
      return Session.say(sample)
    } catch {
      let advice = ThemesCommand.advice(error, name, themes)
      return Session.complain(
        "perftop: \(error.sentence)\n\(advice)\n", UsageError.exitStatus)
    }
  }

  /// A program of the person's own, from its start to its end.
  func launch(_ launch: Invocation.Launch) -> Int32 {
    LaunchCommand.run(launch, host: host) { program in
      guard StandardStream.output.isTerminal,
        let found = try? TargetFinder(host: host).attach(program.pid, scratch: Scratch())
      else { return program.wait() }
      let target = WatchedTarget(.pid(program.pid), first: found)
      let held = HeldProgram(program)
      var left: Ending?
      _ = show([target], on: host, program: held.watched(found, launch, time: host.time)) {
        left = $0
        return 0
      }
      program = held.program
      return leave(left, &program)
    }
  }

  /// How the program ended; `nil` where the person left before.
  private func leave(_ ending: Ending?, _ program: inout LaunchedProgram) -> ProcessEnd? {
    // Without a screen to show it on there is nothing to do but wait.
    guard let ending, ending != .programEnded else { return program.wait() }
    if case .signal = ending {
      program.leave()
      _ = ending.finish()
    }
    return program.status()
  }

  /// The simulated robot.
  func demo(seconds: Double?) -> Int32 {
    DemoCommand.run(seconds: seconds, host: host) { demo, simulated in
      guard let found = try? TargetFinder(host: simulated).attach(demo.pid, scratch: Scratch())
      else { return }
      let target = WatchedTarget(.pid(demo.pid), first: found)
      guard StandardStream.output.isTerminal else {
        _ = snapshot([target], Invocation.Output(), on: simulated)
        return
      }
      let program = WatchedProgram(
        descriptor: demo.descriptor, key: ProcessKey(pid: found.pid, startTicks: found.startTicks)
      ) { "the demo has ended" }
      _ = show([target], on: simulated, program: program) { ending in
        demo.stop()
        return ending.finish()
      }
    }
  }
}
