public import Monitors
import Synchronization

/// A pretended process that opens, writes and closes files.
///
///     let target = FakeTarget(pid: 42)
///     target.open(3, "/data/a.csv", inode: 7, flags: 0o1)
///     target.write(3, "/data/a.csv", inode: 7, size: 1000, position: 1000)
public final class FakeTarget: Sendable {
  /// Where it lives.
  public let files: FakeFiles
  /// Its number.
  public let pid: Int32
  /// When it started, in clock ticks.
  public let startTicks: UInt64

  /// Makes a process with empty descriptors in a machine that has been up for 1000 s.
  public init(pid: Int32 = 42, files: FakeFiles = FakeFiles(), startTicks: UInt64 = 500) {
    self.pid = pid
    self.files = files
    self.startTicks = startTicks
    files.write("/proc/uptime", "1000.00 2000.00\n")
    files.link("/proc/\(pid)/cwd", to: "/home/robot")
    open(0, "/dev/null", inode: 1, flags: 0o2, kind: .other)
    counters(wchar: 0)
  }

  /// The handle by which probes know it.
  public var handle: TargetHandle {
    let directory = DirectoryHandle(descriptor: -1, path: "/proc/\(pid)") { _ in }
    return TargetHandle(pid: pid, directory: directory, process: nil, startTicks: startTicks)
  }

  /// Opens a file, or changes what is known of an open one.
  public func open(
    _ number: Int32, _ path: String, inode: UInt64, flags: UInt32, size: Int64 = 0,
    position: Int64 = 0, allocated: Int64? = nil, born: Int64? = nil, links: UInt32 = 1,
    kind: FileStatus.Kind = .regular
  ) {
    files.link("/proc/\(pid)/fd/\(number)", to: path)
    files.write(
      "/proc/\(pid)/fdinfo/\(number)",
      "pos:\t\(position)\nflags:\t0\(String(flags, radix: 8))\nmnt_id:\t30\nino:\t\(inode)\n")
    files.setStatus(
      "/proc/\(pid)/fd/\(number)",
      FileStatus(
        kind: kind, size: size, allocated: allocated ?? (size + 4095) / 4096 * 4096, device: 8,
        inode: inode, links: links, born: born))
  }

  /// Closes a descriptor.
  public func close(_ number: Int32) {
    files.remove("/proc/\(pid)/fd/\(number)")
    files.remove("/proc/\(pid)/fdinfo/\(number)")
  }

  /// Sets what the kernel says it has written.
  public func counters(wchar: UInt64, writeBytes: UInt64 = 0) {
    files.write(
      "/proc/\(pid)/io",
      """
      rchar: 0
      wchar: \(wchar)
      syscr: 0
      syscw: 0
      read_bytes: 0
      write_bytes: \(writeBytes)
      cancelled_write_bytes: 0

      """)
  }
}
