import Monitors

/// The settings of a running screen: read at the start, and again when they are asked for.
@MainActor
final class LiveSettings {
  private let file: ConfigFile
  private let machine: Host
  private let options: Invocation.Options
  private let themes: ThemeCatalogue
  private var loaded: LoadedConfig
  private(set) var current: ScreenSettings
  /// What was wrong with the file when it was read again last; empty where it was obeyed.
  private var refused: [ConfigProblem] = []

  init(
    _ loaded: LoadedConfig, from file: ConfigFile, machine: Host, options: Invocation.Options,
    themes: ThemeCatalogue
  ) {
    self.loaded = loaded
    self.file = file
    self.machine = machine
    self.options = options
    self.themes = themes
    current = ScreenSettings(loaded, machine: machine, options: options, themes: themes)
  }

  /// What is said at the start of what is not obeyed; `nil` where all is.
  var warning: Printable? {
    LiveSettings.first(current.complaints)
  }

  private static func first(_ problems: [ConfigProblem]) -> Printable? {
    guard let first = problems.first?.short else { return nil }
    return problems.count > 1 ? "\(first), and \(problems.count - 1) more: see help" : first
  }

  private static let mostRows = 100

  /// All that is not obeyed, for help: what was wrong with the file that was not taken first.
  var helpRows: [HelpRow] {
    let problems = (refused + current.complaints).prefix(LiveSettings.mostRows)
    guard !problems.isEmpty else { return [] }
    return [.heading("Settings that are not obeyed")] + problems.map { HelpRow.note($0.short) }
  }

  /// The end of help: which program this is, and what it was told.
  var about: [Printable] {
    [
      "perftop \(Version.number)",
      loaded.file.map { "settings: \(Printable($0))" } ?? "settings: the defaults; no file",
    ]
  }

  /// Reads the file again: what is right as a whole takes the place of what held, anything else changes nothing.
  func reload() -> Reloaded {
    let fresh: LoadedConfig
    do throws(ConfigFile.Failure) {
      guard let found = try file.loadWhenQuiet(machine: machine) else {
        return .kept("\(name(of: loaded.file)) is being written: the settings stay as they were")
      }
      fresh = found
    } catch { return .kept("\(error.what): \(error.why): the settings stay as they were") }
    if let lost = loaded.file, fresh.file == nil, fresh.problems.isEmpty {
      return .kept("\(name(of: lost)) is gone: the settings stay as they were")
    }
    let next = ScreenSettings(fresh, machine: machine, options: options, themes: themes)
    refused = next.problems
    if let problem = LiveSettings.first(next.problems) {
      return .kept("\(problem): the settings stay as they were")
    }
    let before = current
    let themeBefore = loaded.config.theme
    (loaded, current) = (fresh, next)
    var change = Reloaded.Change(config: next.config, keymap: next.keymap)
    if next.config.interval != before.config.interval { change.interval = next.config.interval }
    if options.theme == nil, fresh.config.theme != themeBefore {
      change.theme = next.theme ?? themes.usual(machine.environment)
    }
    change.message = message(fresh)
    return .changed(change)
  }

  private func message(_ fresh: LoadedConfig) -> Printable {
    if fresh.file == nil { return "no config file: the defaults hold" }
    let read: Printable = "\(name(of: fresh.file)) read again, \(Counted.settings(fresh.count))"
    return warning.map { "\(read); \($0)" } ?? read
  }

  private func name(of file: String?) -> Printable {
    Printable(file?.split(separator: "/").last.map(String.init) ?? "the config file")
  }
}

/// Numbers of things, in words.
enum Counted {
  static func settings(_ count: Int) -> Printable { count == 1 ? "1 setting" : "\(count) settings" }
}
