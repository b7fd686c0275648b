import Monitors

/// Finds themes by name or file: in the directories of perftop and of btop, and one that is built in.
struct ThemeCatalogue: Sendable {
  private let files: any Files
  /// Where themes are looked for, in this order.
  let directories: [String]

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

  init(host: Host, themesDirectory: String? = nil, executable: String?) {
    files = host.files
    directories = ThemeCatalogue.places(
      environment: host.environment, themesDirectory: themesDirectory, executable: executable)
  }

  /// Where the running program lies, links resolved.
  static func executable(_ files: any Files) -> String? {
    (try? files.readLink("/proc/self/exe", in: nil)).map { String(decoding: $0, as: UTF8.self) }
  }

  private static func places(
    environment: (String) -> String?, themesDirectory: String?, executable: String?
  ) -> [String] {
    var found = themesDirectory.map { [$0] } ?? []
    if let home = configurationHome(environment) {
      found += ["\(home)/perftop/themes", "\(home)/btop/themes"]
    }
    found += executable.map(installed) ?? []
    for prefix in ["/usr/local/share", "/usr/share"] {
      found += ["\(prefix)/perftop/themes", "\(prefix)/btop/themes"]
    }
    var seen: Set<String> = []
    return found.filter { seen.insert($0).inserted }
  }

  /// A relative path would mean the current directory, where anyone may have put things.
  private static func configurationHome(_ environment: (String) -> String?) -> String? {
    if let home = environment("XDG_CONFIG_HOME"), home.hasPrefix("/") { return home }
    if let home = environment("HOME"), home.hasPrefix("/") { return "\(home)/.config" }
    return nil
  }

  private static func installed(_ executable: String) -> [String] {
    let parts = executable.split(separator: "/")
    guard executable.hasPrefix("/"), parts.count >= 2 else { return [] }
    let prefix = parts.dropLast(2).map { "/\($0)" }.joined()
    var places = ["\(prefix)/share/perftop/themes", "\(prefix)/share/btop/themes"]
    if let build = parts.lastIndex(of: ".build") {
      places.insert(parts[..<build].map { "/\($0)" }.joined() + "/themes", at: 0)
    }
    return places
  }

  /// The theme to begin with where none is asked for: some terminals say in `COLORFGBG` that they are light.
  static func usualName(_ environment: (String) -> String?) -> String {
    let background = environment("COLORFGBG")?.split(separator: ";").last.flatMap { Int($0) }
    return background == 7 || background == 15 ? "perftop-light" : Theme.builtIn.name
  }

  /// The theme to begin with.
  func usual(_ environment: (String) -> String?) -> Theme {
    (try? theme(named: ThemeCatalogue.usualName(environment)).theme) ?? .builtIn
  }

  /// Every theme's name: the built-in one first, then by name.
  func names() -> [String] {
    var found: Set<String> = []
    for directory in directories {
      for name in (try? files.list(directory, in: nil)) ?? [] where name.hasSuffix(Self.suffix) {
        found.insert(String(name.dropLast(Self.suffix.count)))
      }
    }
    found.remove(Theme.builtIn.name)
    return [Theme.builtIn.name] + found.sorted()
  }

  private static let suffix = ".theme"

  /// The theme after a given one; those that can't be read are passed over.
  func theme(after name: String) -> Theme {
    let all = names()
    let start = all.firstIndex(of: name) ?? -1
    for step in 1...max(1, all.count) {
      let candidate = all[(start + step) % all.count]
      if let found = try? theme(named: candidate) { return found.theme }
    }
    return .builtIn
  }

  /// A theme by name, by name of its file, or by path, with what could not be understood of it.
  func theme(named name: String) throws(Failure) -> (theme: Theme, warnings: [Printable]) {
    if name.contains("/") { return try load(name, name: ThemeCatalogue.stem(name)) }
    let stem = ThemeCatalogue.stem(name)
    for directory in directories {
      do { return try load("\(directory)/\(stem)\(Self.suffix)", name: stem) } catch {
        if case .unreadable = error { throw error }
      }
    }
    guard stem == Theme.builtIn.name || stem.lowercased() == "default" else {
      throw .notFound(Printable(name))
    }
    return (.builtIn, [])
  }

  private static func stem(_ path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? path
    return file.hasSuffix(suffix) ? String(file.dropLast(suffix.count)) : file
  }

  private func load(_ path: String, name: String) throws(Failure) -> (Theme, [Printable]) {
    let shown = Printable(name)
    do throws(SystemError) {
      let status = try files.status(path, in: nil, following: true)
      if status.kind == .regular, status.size <= ThemeFile.largestSize {
        let file = ThemeFile(try contents(path, size: Int(status.size)))
        return (Theme(name: name, file: file), file.warnings)
      }
    } catch {
      throw error == .notFound ? .notFound(shown) : .unreadable(shown, error.sentence)
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
