/// The directories in which linked programs listen.
enum LinkPlaces {
  /// Those of a user, the first that counts first; `runtime` is the program's own `XDG_RUNTIME_DIR`.
  static func directories(of user: UInt32, runtime: String? = nil) -> [String] {
    var places: [String] = []
    if let runtime, runtime.hasPrefix("/") { places.append("\(runtime)/perftop") }
    for place in ["/run/user/\(String(user))/perftop", "/tmp/perftop-\(String(user))"]
    where !places.contains(place) {
      places.append(place)
    }
    return places
  }

  /// The name of a process's socket.
  static func name(of process: Int32) -> String { "\(process)\(ending)" }

  /// Whose socket has that name.
  static func process(named name: String) -> Int32? {
    name.hasSuffix(ending) ? Int32(name.dropLast(ending.count)) : nil
  }

  private static let ending = ".sock"
}
