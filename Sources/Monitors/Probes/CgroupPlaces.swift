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
      let mount = table.mounts.first(where: { mount in
        mount.kind.elementsEqual("cgroup".utf8)
          && (mount.path ?? "").split(separator: "/").last.map {
            $0.split(separator: ",").contains(Substring(controller))
          } == true
      })?.path
    {
      return Place(version: 1, mount: mount, directory: below(mount, path, files))
    }
    guard let path = paths.first(where: { $0.controllers.isEmpty })?.path,
      let mount = table.mounts.first(where: { $0.kind.elementsEqual("cgroup2".utf8) })?.path
    else { return nil }
    let directory = below(mount, path, files)
    // The root group has no limits, so only what lies below it tells whether the controller is here.
    let isHere =
      directory == mount
      ? controllers(mount, files).contains(controller)
      : (try? files.status("\(directory)/\(marker)", in: nil, following: true)) != nil
    return isHere ? Place(version: 2, mount: mount, directory: directory) : nil
  }

  private static func controllers(_ mount: String, _ files: any Files) -> [String] {
    guard let bytes = try? Scratch(size: 1024).read(files, "\(mount)/cgroup.controllers") else {
      return []
    }
    return bytes.trimmed.text.split(separator: " ").map(String.init)
  }

  /// In a container the path may mean nothing here; then the mount itself is the group.
  private static func below(_ mount: String, _ path: String, _ files: any Files) -> String {
    guard path != "/", !path.contains("..") else { return mount }
    let full = mount + path
    return (try? files.status(full, in: nil, following: true)) == nil ? mount : full
  }
}
