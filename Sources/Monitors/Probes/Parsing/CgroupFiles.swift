/// Where control groups are mounted, from `/proc/self/mountinfo`.
struct CgroupMounts: Sendable, Equatable {
  /// One hierarchy: where it is mounted, and which of its groups stands at that place.
  struct Mount: Sendable, Equatable {
    var place: String
    var root: String
  }

  var unified: Mount?
  var memory: Mount?
  var processor: Mount?

  /// Takes the lines apart; a machine without control groups has none.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> CgroupMounts {
    var mounts = CgroupMounts()
    var scanner = ByteScanner(bytes)
    while !scanner.isAtEnd {
      let words = String(decoding: scanner.line(), as: UTF8.self).split(separator: " ")
      guard let dash = words.firstIndex(of: "-"), dash >= 6, words.count > dash + 3 else {
        continue
      }
      let mount = Mount(place: String(words[4]), root: String(words[3]))
      let controllers = words[dash + 3].split(separator: ",")
      if words[dash + 1] == "cgroup2" {
        mounts.unified = mounts.unified ?? mount
      } else if words[dash + 1] == "cgroup" {
        if controllers.contains("memory") { mounts.memory = mounts.memory ?? mount }
        if controllers.contains("cpu") { mounts.processor = mounts.processor ?? mount }
      }
    }
    return mounts
  }
}

/// To which control groups a process belongs, from `/proc/PID/cgroup`.
struct CgroupPaths: Sendable, Equatable {
  var unified: String?
  var memory: String?
  var processor: String?

  /// Takes lines like `4:memory:/system.slice/x.service` and `0::/user.slice`.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> CgroupPaths {
    var paths = CgroupPaths()
    var scanner = ByteScanner(bytes)
    while !scanner.isAtEnd {
      let parts = String(decoding: scanner.line(), as: UTF8.self).split(
        separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { continue }
      let path = String(parts[2])
      if parts[0] == "0", parts[1].isEmpty { paths.unified = path }
      let controllers = parts[1].split(separator: ",")
      if controllers.contains("memory") { paths.memory = path }
      if controllers.contains("cpu") { paths.processor = path }
    }
    return paths
  }

  /// The systemd service it runs in, whose next process is the same program again; `nil` for sessions and the rest.
  var service: String? {
    let path = unified.flatMap { $0 == "/" ? nil : $0 } ?? memory
    guard let path, path.hasSuffix(".service"), !path.hasSuffix("/user@.service") else {
      return nil
    }
    return path
  }
}

/// Reads the small files of a control group.
enum CgroupFile {
  /// Version 1 says "none" by the largest whole number of pages.
  private static let unlimited: UInt64 = 1 << 60

  /// A limit: a number, or `max`; `.some(nil)` is none, `nil` is unreadable.
  static func limit(_ bytes: UnsafeRawBufferPointer) -> Bytes?? {
    var scanner = ByteScanner(bytes)
    if scanner.take("max") { return .some(nil) }
    if scanner.peek == UInt8(ascii: "-") { return .some(nil) }
    guard let number = scanner.number() else { return nil }
    return .some(number >= unlimited ? nil : Bytes(clamping: number))
  }

  /// One number.
  static func number(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
    var scanner = ByteScanner(bytes)
    return scanner.number()
  }

  /// The number behind a key at the beginning of a line; the key ends with a blank.
  static func value(_ key: StaticString, _ bytes: UnsafeRawBufferPointer) -> UInt64? {
    var scanner = ByteScanner(bytes)
    return scanner.skip(to: key) ? scanner.number() : nil
  }

  /// `cpu.max`: quota and period in microseconds, as processors; `.some(nil)` is no limit.
  static func processors(_ bytes: UnsafeRawBufferPointer) -> Double?? {
    var scanner = ByteScanner(bytes)
    if scanner.take("max") { return .some(nil) }
    guard let quota = scanner.number(), let period = scanner.number(), period > 0 else {
      return nil
    }
    return .some(Double(quota) / Double(period))
  }
}
