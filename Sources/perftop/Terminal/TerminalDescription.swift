import Monitors

/// What people add to the description of a terminal, by name: ncurses trips over a damaged list of such names, so it is
/// not asked for them.
struct TerminalDescription {
  private let bytes: [UInt8]
  private let path: String

  private static let largest = 32768
  private static let systemPlaces = [
    "/etc/terminfo", "/lib/terminfo", "/usr/lib/terminfo", "/usr/share/terminfo",
  ]

  /// Finds a description where ncurses does, once `TerminalKind.distrustEnvironment` has hidden what is not trusted.
  init(_ name: String, host: Host) {
    let places = TerminalDescription.own(host) + Self.systemPlaces
    guard let first = name.utf8.first, !name.utf8.contains(UInt8(ascii: "/")) else {
      (bytes, path) = ([], "")
      return
    }
    let code = String(first, radix: 16)
    let letter = String(Character(UnicodeScalar(first)))
    let paths = places.flatMap { place in [letter, code].map { "\(place)/\($0)/\(name)" } }
    let found = paths.lazy.compactMap { path in
      TerminalDescription.contents(path, host).map { ($0, path) }
    }
    (bytes, path) = found.first ?? ([], "")
  }

  /// Where it lies, if it is not what ncurses can be trusted with: a place in it that leads out of it is followed.
  var damaged: Printable? {
    bytes.isEmpty || TerminalTables(bytes).areWhole ? nil : Printable(path)
  }

  private static func own(_ host: Host) -> [String] {
    let lists = host.environment("TERMINFO_DIRS")?.split(separator: ":").map(String.init) ?? []
    let home = host.environment("HOME").map { "\($0)/.terminfo" }
    return ([host.environment("TERMINFO"), home].compactMap(\.self) + lists).filter {
      $0.hasPrefix("/")
    }
  }

  private static func contents(_ path: String, _ host: Host) -> [UInt8]? {
    guard let status = try? host.files.status(path, in: nil, following: true),
      status.kind == .regular, (1...Int64(largest)).contains(status.size)
    else { return nil }
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(status.size)) { buffer, count in
      let space = UnsafeMutableRawBufferPointer(buffer)
      count = (try? host.files.read(path, in: nil, into: space)) ?? 0
    }
    return bytes.isEmpty ? nil : bytes
  }

  /// Whether one of the names at its end is this one.
  func names(_ name: String) -> Bool {
    let wanted = [0] + Array(name.utf8) + [0]
    guard bytes.count >= wanted.count else { return false }
    return (0...(bytes.count - wanted.count)).contains { bytes[$0...].starts(with: wanted) }
  }

  /// Whether it promises 24 bits of colour, as xterm's authors write it or as tmux's do.
  var promisesDirect: Bool { names("RGB") || names("Tc") }
}
