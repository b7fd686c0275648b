import Monitors

/// What a config file means to the screen: settings, keys and theme, and what of it is not obeyed.
struct ScreenSettings {
  /// The settings, and what the command line says over them.
  let config: Config
  let keymap: Keymap
  /// `nil` where none is named, or none of that name can be used.
  let theme: Theme?
  /// The line of each is one of the file's; the first comes first.
  let problems: [ConfigProblem]

  init(
    _ loaded: LoadedConfig, machine: Host, options: Invocation.Options, themes: ThemeCatalogue
  ) {
    config = ScreenSettings.config(loaded, machine: machine, options: options)
    let (keymap, conflicts) = ScreenSettings.keymap(loaded)
    self.keymap = keymap
    let (theme, lack) = ScreenSettings.theme(loaded, themes)
    self.theme = theme
    problems = (loaded.problems + conflicts + lack).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// What the command line says comes before what the file says.
  static func config(
    _ loaded: LoadedConfig, machine: Host, options: Invocation.Options
  ) -> Config {
    var config = loaded.config(on: machine)
    config.interval = options.delay ?? config.interval
    config.includesChildren = config.includesChildren && options.includesChildren
    config.isASCII = config.isASCII || options.isASCII
    config.isReadOnly = config.isReadOnly || options.isReadOnly
    return config
  }

  /// The palette asked for; a file is no answer to `NO_COLOR`, an option is.
  static func palette(
    _ config: Config, options: Invocation.Options, _ environment: (String) -> String?
  ) -> Palette? {
    if let colours = options.colours { return Palette(rawValue: colours.rawValue) }
    return Palette.isRefused(environment) ? nil : Palette(rawValue: config.palette)
  }

  /// The keys as the file wants them; what can't be bound keeps its own.
  private static func keymap(_ loaded: LoadedConfig) -> (Keymap, [ConfigProblem]) {
    guard !loaded.config.keys.isEmpty else { return (.standard, []) }
    let keymap = Keymap(overrides: loaded.config.keys)
    let problems = keymap.problems.map { problem in
      let setting = "keys.\(problem.action.prefix(longestName))"
      return ConfigProblem(
        loaded.file ?? "", line: loaded.line(of: "keys.\(problem.action)"), setting: setting,
        problem.explanation)
    }
    return (keymap, problems)
  }

  private static let longestName = 40

  private static func theme(
    _ loaded: LoadedConfig, _ themes: ThemeCatalogue
  ) -> (Theme?, [ConfigProblem]) {
    let name = loaded.config.theme
    guard name != Config.automatic else { return (nil, []) }
    let problem = { (sentence: Printable) in
      ConfigProblem(
        loaded.file ?? "", line: loaded.line(of: "theme"), setting: "theme", sentence)
    }
    // A path from the current directory would mean another file in each.
    if name.contains("/"), !name.hasPrefix("/") {
      return (nil, [problem("\(Printable(name)): name a file from the root")])
    }
    do throws(ThemeCatalogue.Failure) {
      return (try themes.theme(named: name).theme, [])
    } catch {
      let advice = ThemesCommand.advice(for: name, among: themes.names())
      return (nil, [problem("\(error.sentence) (\(advice))")])
    }
  }
}
