/// What a process's control groups are to people: the systemd unit, the container.
struct CgroupNames: Sendable, Equatable {
  var unit: Printable?
  var container: Printable?

  /// Takes the lines of `/proc/PID/cgroup` apart.
  ///
  /// Of several hierarchies the one that tells most is believed: some stop half way down.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> CgroupNames {
    var scanner = ByteScanner(bytes)
    var longest = UnsafeRawBufferPointer(rebasing: bytes[..<0])
    while !scanner.isAtEnd {
      let line = scanner.line()
      guard let first = line.firstIndex(of: colon),
        let second = line[(first + 1)...].firstIndex(of: colon)
      else { continue }
      let path = UnsafeRawBufferPointer(rebasing: line[(second + 1)...])
      if path.count > longest.count { longest = path }
    }
    guard longest.count > 1 else { return CgroupNames() }
    return CgroupNames(path: String(decoding: longest, as: UTF8.self))
  }

  private static let colon = UInt8(ascii: ":")

  private init() {}

  private init(path: String) {
    let parts = path.split(separator: "/")
    for (place, part) in parts.enumerated() {
      let parent = place > 0 ? parts[place - 1] : ""
      if let found = CgroupNames.container(part, in: parent, isPod: path.hasPrefix("/kubepods")) {
        container = found
      } else if CgroupNames.isUnit(part) {
        unit = Printable(String(part))
      }
    }
  }

  private static func isUnit(_ part: Substring) -> Bool {
    [".service", ".scope", ".mount", ".socket"].contains { part.hasSuffix($0) }
  }

  private static let shortId = 12
  private static let wholeId = 64

  /// The container that a group belongs to, by its engine and short id; `nil` for any other group.
  private static func container(_ part: Substring, in parent: Substring, isPod: Bool) -> Printable?
  {
    if let name = linuxContainer(part, in: parent) { return name }
    let stem = part.hasSuffix(".scope") ? part.dropLast(".scope".count) : part
    let id = stem.lastIndex(of: "-").map { stem[stem.index(after: $0)...] } ?? stem
    guard id.utf8.count == wholeId, id.allSatisfy(\.isHexDigit) else { return nil }
    let maker = stem.dropLast(id.count).hasSuffix("-") ? stem.dropLast(id.count + 1) : ""
    // What watches a container from outside has a group that is called nearly like its.
    guard !maker.hasSuffix("conmon") else { return nil }
    let engine = engine(maker: maker, parent: parent) ?? (isPod ? "k8s" : "container")
    return "\(engine) \(String(id.prefix(shortId)))"
  }

  private static func engine(maker: Substring, parent: Substring) -> Printable? {
    switch maker {
    case "docker": return "docker"
    case "libpod", "libpod-payload": return "podman"
    case "crio": return "crio"
    case "cri-containerd", "nerdctl": return "containerd"
    default: break
    }
    switch parent {
    case "docker", "moby": return "docker"
    case "libpod_parent": return "podman"
    case "default", "k8s.io": return "containerd"
    default: return nil
    }
  }

  /// Containers of LXC have names instead of numbers.
  private static func linuxContainer(_ part: Substring, in parent: Substring) -> Printable? {
    let longest = 32
    let prefix = "lxc.payload."
    if part.hasPrefix(prefix), part.count > prefix.count {
      return "lxc \(String(part.dropFirst(prefix.count).prefix(longest)))"
    }
    guard parent == "lxc" || parent == "lxc.payload" else { return nil }
    return "lxc \(String(part.prefix(longest)))"
  }
}
