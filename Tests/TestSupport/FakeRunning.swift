import Monitors

/// A pretended process with the files that tell of its state, memory and family.
///
///     var process = FakeRunning(pid: 42, on: files)
///     process.residentKilobytes = 100_000
///     process.write()
public struct FakeRunning {
  /// Where it lives.
  public let files: FakeFiles
  /// Its number.
  public let pid: Int32
  /// Its short name.
  public var name = "robot"
  /// Its parent.
  public var parent: Int32 = 1
  /// The letter of its state.
  public var state = "S"
  /// How many threads it has.
  public var threads = 1
  /// When it started, in clock ticks since boot.
  public var startTicks: UInt64 = 500
  /// Resident memory; half of it anonymous.
  public var residentKilobytes: UInt64 = 20_000
  /// Its command line.
  public var command: [String] = ["/usr/bin/robot", "--fast"]
  /// Its control group.
  public var cgroup = "0::/\n"
  /// The children of its main thread.
  public var children: [Int32] = []

  /// Names a process; nothing is there until it is written.
  public init(pid: Int32, on files: FakeFiles) {
    self.pid = pid
    self.files = files
  }

  /// Puts or replaces its files.
  public func write() {
    let place = "/proc/\(pid)"
    files.write("\(place)/stat", stat)
    files.setStatus(place, FileStatus(kind: .directory, size: 0, mode: 0o555, owner: 1000))
    files.write("\(place)/status", status)
    files.write("\(place)/io", FakeRunning.io(writing: 0))
    files.write("\(place)/schedstat", "1000000 2000000 30\n")
    files.write("\(place)/cmdline", command.map { $0 + "\0" }.joined())
    files.write("\(place)/cgroup", cgroup)
    files.write(
      "\(place)/limits",
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max open files            1024                 1048576              files
      Max address space         unlimited            unlimited            bytes

      """)
    files.write(
      "\(place)/task/\(pid)/children", children.map { "\($0) " }.joined())
    files.link("\(place)/exe", to: command.first ?? "/bin/true")
    files.link("\(place)/fd/0", to: "/dev/null")
    writeMappings(anonymous: residentKilobytes / 2)
  }

  /// Puts what is counted by mapping: one anonymous region, and a file with the rest.
  public func writeMappings(anonymous: UInt64) {
    let end = String(0x7f00_0000_0000 + anonymous * 1024, radix: 16)
    let maps = [
      "00400000-00500000 r-xp 00000000 08:01 77 \(command.first ?? "/bin/true")",
      "7f0000000000-\(end) rw-p 00000000 00:00 0 ",
    ]
    files.write("/proc/\(pid)/maps", maps.map { $0 + "\n" }.joined())
    files.write(
      "/proc/\(pid)/smaps",
      """
      \(maps[0])
      Rss: \(residentKilobytes / 2) kB
      Pss: \(residentKilobytes / 4) kB
      Anonymous: 0 kB
      Swap: 0 kB
      \(maps[1])
      Rss: \(anonymous) kB
      Pss: \(anonymous) kB
      Anonymous: \(anonymous) kB
      Swap: 0 kB

      """)
    files.write("/proc/\(pid)/smaps_rollup", "00-ff ---p 0 00:00 0 [rollup]\nPss: 1000 kB\n")
  }

  private var stat: String {
    "\(pid) (\(name)) \(state) \(parent) 1 1 0 -1 4194304 100 0 7 0 30 12 0 0 20 0 \(threads) 0 "
      + "\(startTicks) 100000000 5000 18446744073709551615\n"
  }

  private var status: String {
    let memory = """
      VmSize:\t  100000 kB
      VmRSS:\t   \(residentKilobytes) kB
      RssAnon:\t   \(residentKilobytes / 2) kB
      RssFile:\t   \(residentKilobytes / 2) kB
      RssShmem:\t       0 kB
      VmSwap:\t       0 kB

      """
    return """
      Name:\t\(name)
      Tgid:\t\(pid)
      Uid:\t1000\t1000\t1000\t1000
      \(state == "Z" ? "" : memory)Threads:\t\(threads)

      """
  }

  /// The counters of storage, with a number of bytes given to write calls.
  public static func io(writing bytes: UInt64) -> String {
    """
    rchar: 10
    wchar: \(bytes)
    syscr: 2
    syscw: 3
    read_bytes: 4096
    write_bytes: \(bytes)
    cancelled_write_bytes: 0

    """
  }
}

/// Numbers that look random and are the same every time.
public struct SeededNumbers: RandomNumberGenerator {
  private var state: UInt64

  /// Starts a sequence of its own for each seed.
  public init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

  /// The next number.
  public mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }

  /// Bytes of which about half are those that a parser looks for.
  public mutating func bytes(most: Int, alphabet: String) -> [UInt8] {
    let known = Array(alphabet.utf8)
    return (0..<Int.random(in: 0...most, using: &self)).map { _ in
      Bool.random(using: &self)
        ? known.randomElement(using: &self) ?? 0 : UInt8.random(in: 0...255, using: &self)
    }
  }

  /// A text of which a piece was cut off, doubled, or written over.
  public mutating func damaged(_ text: [UInt8]) -> [UInt8] {
    guard !text.isEmpty else { return text }
    let place = Int.random(in: 0..<text.count, using: &self)
    switch Int.random(in: 0..<5, using: &self) {
    case 0: return Array(text[..<place])
    case 1: return Array(text[place...])
    case 2: return Array(text[..<place]) + text
    case 3: return Array(text[..<place]) + Array("99999999999999999999999".utf8) + text[place...]
    default:
      var copy = text
      copy[place] = UInt8.random(in: 0...255, using: &self)
      return copy
    }
  }
}
