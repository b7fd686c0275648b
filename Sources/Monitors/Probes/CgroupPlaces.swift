/// Where the files of a process's control groups are.
struct CgroupPlaces: Equatable {
  /// One hierarchy's directory for the process.
  struct Place: Equatable {
    var version: Int
    var mount: String
    var directory: String
  }

  var path: String
  var memory: Place?
  var cpu: Place?

  /// Looks for the mounts and the paths; `nil` where there are no control groups at all.
  static func find(_ handle: TargetHandle?, _ files: any Files, _ scratch: Scratch) -> CgroupPlaces?
  {
    guard let mounts = try? scratch.read(files, "/proc/self/mountinfo") else { return nil }
    let table = MountTable.parse(mounts)
    let name = handle == nil ? "/proc/self/cgroup" : "cgroup"
    guard let lines = try? scratch.read(files, name, in: handle?.directory) else { return nil }
    var paths: [(controllers: [String], path: String)] = []
    var scanner = ByteScanner(lines)
    while !scanner.isAtEnd {
      let parts = String(decoding: scanner.line(), as: UTF8.self)
        .split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      paths.append((parts[1].split(separator: ",").map(String.init), String(parts[2])))
    }
    let memory = place("memory", "memory.max", paths, table, files)
    let cpu = place("cpu", "cpu.max", paths, table, files)
    guard memory != nil || cpu != nil else { return nil }
    let unified = paths.first { $0.controllers.isEmpty }?.path
    let own = paths.first { $0.controllers.contains("memory") }?.path ?? unified ?? "/"
    return CgroupPlaces(path: own, memory: memory, cpu: cpu)
  }

  private static func place(
    _ controller: String, _ marker: String, _ paths: [(controllers: [String], path: String)],
    _ table: MountTable, _ files: any Files
  ) -> Place? {
    if let path = paths.first(where: { $0.controllers.contains(controller) })?.path,
      let mount = table.mounts.first(where: { isVersion1($0, controller) }), let point = mount.path
    {
      return below(mount, path, files).map { Place(version: 1, mount: point, directory: $0) }
    }
    guard let path = paths.first(where: { $0.controllers.isEmpty })?.path,
      let mount = table.mounts.first(where: { $0.kind.elementsEqual("cgroup2".utf8) }),
      let point = mount.path, let directory = below(mount, path, files)
    else { return nil }
    // A group that was not given the controller is limited by the next one above that was.
    let holder = upwards(directory, to: point).first { directory in
      // The topmost group has no limits, so only its list tells whether the controller is here.
      (try? files.status("\(directory)/\(marker)", in: nil, following: true)) != nil
        || directory == point && controllers(point, files).contains(controller)
    }
    return holder.map { Place(version: 2, mount: point, directory: $0) }
  }

  private static func isVersion1(_ mount: MountTable.Mount, _ controller: String) -> Bool {
    guard mount.kind.elementsEqual("cgroup".utf8),
      let name = mount.path?.split(separator: "/").last
    else { return false }
    return name.split(separator: ",").contains(Substring(controller))
  }

  private static func controllers(_ mount: String, _ files: any Files) -> [String] {
    let scratch = Scratch(size: 1024)
    guard let bytes = try? scratch.read(files, "\(mount)/cgroup.controllers") else { return [] }
    return bytes.trimmed.text.split(separator: " ").map(String.init)
  }

  /// The directory of a group. In a container the mount may begin at the container's own group, or the path may name
  /// a place outside that can't be seen from here: then there is none, because any other group's limits would be a lie.
  private static func below(_ mount: MountTable.Mount, _ path: String, _ files: any Files)
    -> String?
  {
    guard let point = mount.path, !path.split(separator: "/").contains("..") else { return nil }
    let root = String(decoding: mount.root, as: UTF8.self)
    var rest = Substring(path)
    if root != "/", path == root || path.hasPrefix(root + "/") { rest = path.dropFirst(root.count) }
    guard rest != "/", !rest.isEmpty else { return point }
    let full = point + rest
    return (try? files.status(full, in: nil, following: true)) == nil ? point : full
  }

  /// A directory and all above it, up to the mount.
  static func upwards(_ directory: String, to mount: String) -> [String] {
    var found = [directory]
    while let last = found.last, last != mount, found.count < deepest,
      let slash = last.lastIndex(of: "/"), last[..<slash].count >= mount.count
    { found.append(String(last[..<slash])) }
    return found
  }

  private static let deepest = 32
}
