import Glibc
import Monitors

/// Where themes may lie: from the most personal place to the most general, and never the current directory.
struct ThemePlaces: Sendable, Equatable {
  /// Absolute paths, but for one that a person named otherwise.
  let directories: [String]

  /// `user` is who we run as: for root, a home of somebody else is no place to read from.
  init(
    host: Host, themesDirectory: String?, executable: String?, user: UInt32 = geteuid()
  ) {
    var found = themesDirectory.map { [$0] } ?? []
    if let home = ThemePlaces.configurationHome(host.environment) {
      let own = ["\(home)/perftop/themes", "\(home)/btop/themes"]
      found += own.filter { ThemePlaces.isTrusted([home, $0], by: user, host.files) }
    }
    found += executable.map(ThemePlaces.installed) ?? []
    for prefix in ["/usr/local/share", "/usr/share"] {
      found += ["\(prefix)/perftop/themes", "\(prefix)/btop/themes"]
    }
    var seen: Set<String> = []
    directories = found.filter { seen.insert($0).inserted }
  }

  private static func isTrusted(_ paths: [String], by user: UInt32, _ files: any Files) -> Bool {
    guard user == 0 else { return true }
    return paths.allSatisfy { (try? files.status($0, in: nil, following: true))?.owner == 0 }
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
}
