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
  /// What could not be understood of the theme's file, which is used all the same; none where an option names another.
  let warnings: [ConfigProblem]

  init(
    _ loaded: LoadedConfig, machine: Host, options: Invocation.Options, themes: ThemeCatalogue
  ) {
    config = ScreenSettings.config(loaded, machine: machine, options: options)
    let (keymap, conflicts) = ScreenSettings.keymap(loaded)
    self.keymap = keymap
    let found = ScreenSettings.theme(loaded, themes)
    theme = found.theme
    warnings = options.theme == nil ? found.warnings : []
    problems = (loaded.problems + conflicts + found.problems).sorted {
      ($0.line ?? 0) < ($1.line ?? 0)
    }
  }

  /// Both of these, in the order of the lines.
  var complaints: [ConfigProblem] {
    (problems + warnings).sorted { ($0.line ?? 0) < ($1.line ?? 0) }
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

  private struct FoundTheme {
    var theme: Theme?
    var problems: [ConfigProblem] = []
    var warnings: [ConfigProblem] = []
  }

  private static func theme(
    _ loaded: LoadedConfig, _ themes: ThemeCatalogue
  ) -> FoundTheme {
    let name = loaded.config.theme
    guard name != Config.automatic else { return FoundTheme() }
    let problem = { (sentence: Printable) in
      ConfigProblem(
        loaded.file ?? "", line: loaded.line(of: "theme"), setting: "theme", sentence)
    }
    // A path from the current directory would mean another file in each.
    if name.contains("/"), !name.hasPrefix("/") {
      return FoundTheme(problems: [problem("\(Printable(name)): name a file from the root")])
    }
    do throws(ThemeCatalogue.Failure) {
      let (theme, warnings) = try themes.theme(named: name)
      let shown = Printable(theme.name)
      return FoundTheme(theme: theme, warnings: warnings.map { problem("\(shown): \($0)") })
    } catch {
      let advice = ThemesCommand.advice(for: name, among: themes.names())
      return FoundTheme(problems: [problem("\(error.sentence) (\(advice))")])
    }
  }
}
