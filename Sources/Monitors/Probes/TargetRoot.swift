/// How a path that the target names is reached from here: a container has a tree of its own.
enum TargetRoot {
  /// What to put before the target's absolute paths; empty where it sees the same tree as we do.
  static func prefix(of handle: TargetHandle, _ files: any Files) -> String {
    guard let own = try? files.readLink("/proc/self/ns/mnt", in: nil),
      let other = try? files.readLink("ns/mnt", in: handle.directory),
      let root = try? files.readLink("root", in: handle.directory)
    else { return "" }
    return own == other && root == Array("/".utf8) ? "" : "/proc/\(handle.pid)/root"
  }
}
