import Monitors

/// One pretended process, as the kernel would describe it.
public struct FakeProcess: Sendable {
  /// Its number.
  public var pid: Int32
  /// Its short name, raw.
  public var name = "robot"
  /// Its parent's number.
  public var parent: Int32 = 1
  /// State letter.
  public var state = "S"
  /// Threads, the leader included.
  public var threads = 1
  /// Start in clock ticks since boot.
  public var start: UInt64 = 5000
  /// Processor time in clock ticks.
  public var cpu: UInt64 = 70
  /// Where its stack begins; changes with each exec.
  public var stack: UInt64 = 140_000_000
  /// Anonymous memory in kB.
  public var anonymous = 20_000
  /// File pages in kB.
  public var file = 5000
  /// Shared memory in kB.
  public var shared = 1000
  /// Swapped out in kB.
  public var swapped = 0
  /// Arguments.
  public var arguments = ["/usr/bin/robot", "--fast"]
  /// Bytes given to write calls, and dirtied.
  public var written: UInt64 = 0
  /// Its owner.
  public var uid = 1000
  /// Its control group in version 2.
  public var group = "/user.slice"
  /// Resident memory in pages, as `stat` tells it.
  public var pages = 6000
  /// The kernel's flags.
  public var flags = 4_194_560
  /// How often its first thread got a processor.
  public var turns = 30

  /// Describes a process.
  public init(_ pid: Int32) { self.pid = pid }

  /// Its `stat` file.
  public var statText: String {
    "\(pid) (\(name)) \(state) \(parent) \(pid) \(pid) 0 -1 \(flags) 900 0 7 0 \(cpu) 0 0 0 20 0 "
      + "\(threads) 0 \(start) 50000000 \(pages) 18446744073709551615 1 1 \(stack) 0 0 0 0 0 0 0 0 0 "
      + "17 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
  }

  /// The `schedstat` file of its first thread.
  public var schedstatText: String { "\(cpu * 10_000_000 + UInt64(turns)) 200 \(turns)\n" }

  /// Its `status` file.
  public var statusText: String {
    let escaped = name.replacing("\n", with: "\\n")
    let head =
      "Name:\t\(escaped)\nUmask:\t0022\nState:\t\(state) (whatever)\nTgid:\t\(pid)\nNgid:\t0\n"
      + "Pid:\t\(pid)\nPPid:\t\(parent)\nTracerPid:\t0\nUid:\t\(uid)\t\(uid)\t\(uid)\t\(uid)\n"
    let memory =
      "VmPeak:\t   99999 kB\nVmSize:\t   90000 kB\nVmRSS:\t   \(anonymous + file + shared) kB\n"
      + "RssAnon:\t   \(anonymous) kB\nRssFile:\t   \(file) kB\nRssShmem:\t   \(shared) kB\n"
      + "VmSwap:\t   \(swapped) kB\n"
    return head + (state == "Z" ? "" : memory) + "Threads:\t\(threads)\nSigQ:\t1/9\n"
  }
}

extension FakeFiles {
  /// Puts a process into `/proc`, or changes the one that is there.
  public func put(_ process: FakeProcess) {
    let place = "/proc/\(process.pid)"
    write("\(place)/stat", process.statText)
    write("\(place)/status", process.statusText)
    write("\(place)/cmdline", process.arguments.map { $0 + "\0" }.joined())
    write("\(place)/schedstat", process.schedstatText)
    setStatus(
      place,
      FileStatus(kind: .directory, size: 0, mode: 0o555, owner: UInt32(clamping: process.uid)))
    write("\(place)/cgroup", "0::\(process.group)\n")
    write("\(place)/task/\(process.pid)/schedstat", "100 200 3\n")
    write(
      "\(place)/limits",
      "Limit                     Soft Limit           Hard Limit           Units     \n"
        + "Max open files            1024                 524288               files     \n"
        + "Max address space         unlimited            unlimited            bytes     \n")
    write(
      "\(place)/io",
      "rchar: 10\nwchar: \(process.written)\nsyscr: 1\nsyscw: 2\nread_bytes: 0\n"
        + "write_bytes: \(process.written)\ncancelled_write_bytes: 0\n")
    link("\(place)/exe", to: process.arguments.first ?? "")
    link("\(place)/fd/0", to: "/dev/null")
    link("\(place)/fd/1", to: "/dev/null")
  }

  /// Says which process number was given out last, and how long the machine has been up.
  public func setClock(newest pid: Int32, uptime: Double = 1000) {
    write("/proc/loadavg", "0.10 0.20 0.30 1/300 \(pid)\n")
    write("/proc/uptime", "\(uptime) 500.00\n")
  }
}
