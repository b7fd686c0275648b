import Monitors

/// Which themes there are, and what one looks like.
struct ThemesCommand {
  let themes: ThemeCatalogue
  /// What the screen would begin with.
  let current: String
  let text: PlainText
  let isTerminal: Bool

  /// For a person a table, for a script a bare name a line.
  func list() -> String {
    let entries = themes.entries()
    guard isTerminal else { return text.lines(entries.map { Printable($0.name) }) }
    let width = entries.map { Printable($0.name).text.count }.max() ?? 0
    return text.lines(entries.map { line($0, width) })
  }

  private func line(_ entry: ThemeCatalogue.Entry, _ width: Int) -> Printable {
    let name = Printable(entry.name)
    let mark: Printable = entry.name == current ? "*" : " "
    let gap = Printable(String(repeating: " ", count: max(0, width - name.text.count)))
    return "\(mark) \(name)\(gap)  \(kind(entry))  \(place(entry))"
  }

  private func kind(_ entry: ThemeCatalogue.Entry) -> Printable {
    do throws(ThemeCatalogue.Failure) {
      return try themes.theme(named: entry.name).theme.isLight ? "light" : "dark "
    } catch { return "?    " }
  }

  private func place(_ entry: ThemeCatalogue.Entry) -> Printable {
    switch entry.origin {
    case .builtIn: return "built in"
    case .terminals: return "the terminal's own colours"
    case .directory(let path):
      do throws(ThemeCatalogue.Failure) {
        _ = try themes.theme(named: entry.name)
        return Printable(path)
      } catch { return "\(Printable(path)): \(error.sentence)" }
    }
  }

  /// A sample of a theme, and what could not be understood of its file.
  func show(_ name: String, in palette: Palette) throws(ThemeCatalogue.Failure)
    -> (sample: String, warnings: [Printable])
  {
    let (theme, warnings) = try themes.theme(named: name)
    let colors = isTerminal ? palette : .truecolor
    let sample = ThemeSample(theme: theme, palette: colors, glyphs: text.glyphs)
    let lines = sample.lines(isTerminal: isTerminal).map { $0 + "\n" }.joined()
    let shown = Printable(theme.name)
    let ground = theme.isLight ? "light" : "dark"
    let title: Printable = "\(shown), \(ground)\(isTerminal ? ", \(words(colors))" : "")"
    return (text.lines([title]) + lines, warnings.map { "theme \(shown): \($0)" })
  }

  private func words(_ palette: Palette) -> String {
    switch palette {
    case .truecolor: "in 24 bits of colour"
    case .off: "without colour"
    default: "in \(palette.rawValue) colours"
    }
  }

  /// What to do where there is no such theme.
  static func advice(_ failure: ThemeCatalogue.Failure, _ name: String, _ themes: ThemeCatalogue)
    -> Printable
  {
    if case .unreadable = failure { return "perftop themes list says what there is" }
    return advice(for: name, among: themes.names())
  }

  /// What else there is, where a theme was not found: the nearest, else as many as fit a line.
  static func advice(for name: String, among names: [String]) -> Printable {
    if let near = Nearest.match(name, among: names) { return "did you mean \(near)?" }
    let room = 60
    var shown: [String] = []
    for name in names where shown.joined(separator: ", ").utf8.count + name.utf8.count < room {
      shown.append(name)
    }
    let rest = names.count - shown.count
    let more = rest > 0 ? " and \(rest) more" : ""
    return "there are: \(shown.joined(separator: ", "))\(more)"
  }
}
