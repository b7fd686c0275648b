import Glibc
import Monitors

/// Finds themes by name or file: in the directories of perftop and of btop, and two that are built in.
struct ThemeCatalogue: Sendable {
  private let files: any Files
  /// Where themes are looked for, in this order.
  let directories: [String]

  private static let suffix = ".theme"

  /// A theme that could be had.
  struct Entry: Sendable, Equatable {
    enum Origin: Sendable, Equatable {
      case builtIn
      /// Made of the terminal's own colours.
      case terminals
      case directory(String)
    }

    let name: String
    let origin: Origin
  }

  /// A theme and its place among all.
  struct Choice: Sendable, Equatable {
    var theme: Theme
    /// From 1; `nil` where it is not one of the list.
    var place: Int?
    var count: Int

    /// `theme 4 of 13: perftop-warm`.
    var words: Printable {
      let name = Printable(theme.name)
      return place.map { "theme \($0) of \(count): \(name)" } ?? "theme \(name)"
    }
  }

  /// Why there is no such theme.
  enum Failure: Error, Equatable {
    case notFound(Printable)
    case unreadable(Printable, Printable)

    var sentence: Printable {
      switch self {
      case .notFound(let name): "no theme named \(name)"
      case .unreadable(let name, let reason): "theme \(name): \(reason)"
      }
    }
  }

  init(
    host: Host, themesDirectory: String? = nil, executable: String?, user: UInt32 = geteuid()
  ) {
    files = host.files
    directories =
      ThemePlaces(
        host: host, themesDirectory: themesDirectory, executable: executable, user: user
      ).directories
  }

  /// The themes of this machine: they lie on it even where its measurements are read from a fixture.
  static func installed(themesDirectory: String?) -> ThemeCatalogue {
    let host = Host.live()
    let executable = (try? host.files.readLink("/proc/self/exe", in: nil)).map {
      String(decoding: $0, as: UTF8.self)
    }
    return ThemeCatalogue(host: host, themesDirectory: themesDirectory, executable: executable)
  }

  /// Whether the terminal says in `COLORFGBG` that it is light, as some do.
  static func isLight(_ environment: (String) -> String?) -> Bool {
    let background = environment("COLORFGBG")?.split(separator: ";").last.flatMap { Int($0) }
    return background == 7 || background == 15
  }

  /// The theme to begin with where none is asked for.
  func usualTheme(isLight: Bool) -> Theme {
    (try? theme(named: isLight ? "perftop-light" : Theme.builtIn.name).theme) ?? .builtIn
  }

  /// The same, as far as the environment says what the terminal is like.
  func usual(_ environment: (String) -> String?) -> Theme {
    usualTheme(isLight: ThemeCatalogue.isLight(environment))
  }

  /// Every theme once: those that are built in, then by name. The first place that has a name is where it comes from.
  func entries() -> [Entry] {
    var found: [String: Entry] = [:]
    for directory in directories {
      for file in (try? files.list(directory, in: nil)) ?? [] {
        guard file.hasSuffix(Self.suffix), !file.hasPrefix("."), file != Self.suffix else {
          continue
        }
        let name = String(file.dropLast(Self.suffix.count))
        if found[name] == nil { found[name] = Entry(name: name, origin: .directory(directory)) }
      }
    }
    let fixed = [
      found.removeValue(forKey: Theme.builtIn.name)
        ?? Entry(name: Theme.builtIn.name, origin: .builtIn),
      found.removeValue(forKey: Theme.terminals.name)
        ?? Entry(name: Theme.terminals.name, origin: .terminals),
    ]
    return fixed + found.values.sorted { $0.name < $1.name }
  }

  /// Every theme's name, in the same order.
  func names() -> [String] { entries().map(\.name) }

  /// The theme after a given one; those that can't be read are passed over.
  func theme(after name: String) -> Choice {
    let all = names()
    let start = all.firstIndex(of: name) ?? -1
    for step in 1...max(1, all.count) {
      let place = (start + step) % all.count
      if let found = try? theme(named: all[place]) {
        return Choice(theme: found.theme, place: place + 1, count: all.count)
      }
    }
    return Choice(theme: .builtIn, place: nil, count: all.count)
  }

  /// A theme by name, by name of its file, or by path, with what could not be understood of it.
  func theme(named name: String) throws(Failure) -> (theme: Theme, warnings: [Printable]) {
    let stem = ThemeCatalogue.stem(name)
    if name.contains("/") {
      // A path of another machine's still names the theme.
      do { return try load(name, name: stem) } catch {
        guard case .notFound = error else { throw error }
        if let found = try? theme(stem: stem) { return found }
        throw .notFound(ThemeCatalogue.shown(name))
      }
    }
    guard let found = try theme(stem: stem) else { throw .notFound(ThemeCatalogue.shown(name)) }
    return found
  }

  private func theme(stem: String) throws(Failure) -> (theme: Theme, warnings: [Printable])? {
    for directory in directories where !stem.isEmpty {
      do { return try load("\(directory)/\(stem)\(Self.suffix)", name: stem) } catch {
        if case .unreadable = error { throw error }
      }
    }
    switch stem.lowercased() {
    case Theme.builtIn.name, "default": return (.builtIn, [])
    case Theme.terminals.name.lowercased(): return (.terminals, [])
    default: return nil
    }
  }

  private static func shown(_ name: String) -> Printable {
    let longest = 80
    return Printable(String(name.prefix(longest)))
  }

  private static func stem(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? ""
    return file.hasSuffix(suffix) ? String(file.dropLast(suffix.count)) : file
  }

  private func load(_ path: String, name: String) throws(Failure) -> (Theme, [Printable]) {
    let shown = ThemeCatalogue.shown(name)
    do throws(SystemError) {
      let status = try files.status(path, in: nil, following: true)
      if status.kind == .regular, status.size <= ThemeFile.largestSize {
        let file = ThemeFile(try contents(path, size: Int(status.size)))
        return (Theme(name: name, file: file), file.warnings)
      }
    } catch {
      let isAbsent = [ENOENT, ENOTDIR, ENAMETOOLONG].contains { error == SystemError($0) }
      throw isAbsent ? .notFound(shown) : .unreadable(shown, error.sentence)
    }
    throw .unreadable(shown, "not a regular file of at most \(ThemeFile.largestSize / 1024) KiB")
  }

  private func contents(_ path: String, size: Int) throws(SystemError) -> [UInt8] {
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: size + 1) { buffer, count in
      do throws(SystemError) {
        count = try files.read(path, in: nil, into: UnsafeMutableRawBufferPointer(buffer))
      } catch { failure = error }
    }
    if let failure { throw failure }
    return bytes
  }
}
