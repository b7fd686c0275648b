/// The mounts a process sees, from `/proc/PID/mountinfo`.
struct MountTable: Equatable {
  /// One mount.
  struct Mount: Equatable {
    /// Device number as `stat` gives it.
    var device: UInt64
    /// Where it is, decoded.
    var point: [UInt8]
    /// Which directory of the filesystem is mounted, decoded: a container's is not the topmost.
    var root: [UInt8]
    /// Its type.
    var kind: [UInt8]
    /// Whether nothing can be written to it.
    var isReadOnly: Bool

    /// The place as a path; `nil` where it is no UTF-8 and can not be asked about.
    var path: String? { String(validating: point, as: UTF8.self) }
  }

  /// In the order they were mounted.
  var mounts: [Mount]

  private static let mostMounts = 4096

  /// Reads the table; a line that makes no sense is left out.
  static func parse(_ bytes: UnsafeRawBufferPointer) -> MountTable {
    var scanner = ByteScanner(bytes)
    var mounts: [Mount] = []
    while !scanner.isAtEnd, mounts.count < mostMounts {
      if let mount = mount(of: scanner.line()) { mounts.append(mount) }
    }
    return MountTable(mounts: mounts)
  }

  /// `36 35 98:0 /root /point rw,noatime master:1 - ext4 /dev/sda1 rw`, the dash after any number of optional fields.
  private static func mount(of line: UnsafeRawBufferPointer) -> Mount? {
    var scanner = ByteScanner(line)
    guard scanner.number() != nil, scanner.number() != nil, let major = scanner.number(),
      scanner.take(":"), let minor = scanner.number()
    else { return nil }
    let root = decoded(scanner.word())
    let point = decoded(scanner.word())
    let options = scanner.word()
    guard point.first == UInt8(ascii: "/") else { return nil }
    while !scanner.isAtEnd {
      guard scanner.word().elementsEqual([UInt8(ascii: "-")]) else { continue }
      let kind = decoded(scanner.word())
      _ = scanner.word()
      return Mount(
        device: device(major: major, minor: minor), point: point, root: root, kind: kind,
        isReadOnly: isReadOnly(options) || isReadOnly(scanner.word()))
    }
    return nil
  }

  private static func isReadOnly(_ options: UnsafeRawBufferPointer) -> Bool {
    options.prefix { $0 != UInt8(ascii: ",") }.elementsEqual("ro".utf8)
  }

  /// The C library's way of putting a device's two numbers into one.
  private static func device(major: UInt64, minor: UInt64) -> UInt64 {
    (major & 0xfff) << 8 | (major & ~0xfff) << 32 | (minor & 0xff) | (minor & ~0xff) << 12
  }

  /// Undoes `\040` and its like: a backslash and three octal digits are one byte.
  static func decoded(_ bytes: UnsafeRawBufferPointer) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let digits = bytes[(index + 1)..<max(index + 1, min(index + 4, bytes.count))]
      if bytes[index] == UInt8(ascii: "\\"), digits.count == 3,
        digits.allSatisfy({ $0 >= 48 && $0 < 56 })
      {
        result.append(digits.reduce(0) { $0 &* 8 &+ ($1 &- 48) })
        index += 4
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return result
  }

  /// The mount a path lies on: the deepest one, on that device where one is; of two at one place the later covers the earlier.
  func mount(of path: [UInt8], device: UInt64?) -> Mount? {
    let onDevice = deepest(path) { $0.device == device }
    return onDevice ?? deepest(path) { _ in true }
  }

  private func deepest(_ path: [UInt8], where isWanted: (Mount) -> Bool) -> Mount? {
    var best: Mount?
    for mount in mounts where isWanted(mount) && MountTable.holds(mount.point, path) {
      if mount.point.count >= best?.point.count ?? 0 { best = mount }
    }
    return best
  }

  private static func holds(_ point: [UInt8], _ path: [UInt8]) -> Bool {
    guard path.starts(with: point) else { return false }
    return point.count == path.count || point.last == UInt8(ascii: "/")
      || path[point.count] == UInt8(ascii: "/")
  }
}
