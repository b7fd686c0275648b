/// A process among others, as a search or a list sees it.
public struct ProcessCandidate: Sendable, Equatable {
  /// Its number.
  public var pid: Int32
  /// Its parent's number.
  public var parent: Int32
  /// When it started, in clock ticks since boot.
  public var startTicks: UInt64
  /// Its short name.
  public var name: Printable
  /// Its arguments, from at most 4 KiB.
  public var arguments: [String]
  /// Its owner.
  public var uid: UInt32
  /// The systemd service it runs in.
  public var service: String?

  /// Its command line; its name in brackets where it has none.
  public var command: Printable {
    arguments.isEmpty ? "[\(name)]" : CommandText.text(arguments)
  }
}

/// Lists processes; waits where a process's memory lock is held, so that only workers and start-up ask.
struct ProcessTable {
  let files: any Files

  /// All that are alive and not in `excluded`.
  func list(_ scratch: Scratch, excluding excluded: Set<Int32> = [], since ticks: UInt64 = 0)
    -> [ProcessCandidate]
  {
    let names = (try? files.list("/proc", in: nil)) ?? []
    return names.compactMap { name in
      guard let pid = Int32(name), !excluded.contains(pid) else { return nil }
      return candidate(pid, scratch, since: ticks)
    }
  }

  /// One of them; `nil` if it has ended or is no process.
  func candidate(
    _ pid: Int32, _ scratch: Scratch, since ticks: UInt64 = 0, withArguments: Bool = true
  ) -> ProcessCandidate? {
    let place = "/proc/\(String(pid))"
    guard let bytes = try? scratch.read(files, "\(place)/stat"),
      let stat = ProcessStat.parse(bytes), stat.startTicks >= ticks,
      !StatusProbe.isEnded(stat.state) || stat.threads > 1
    else { return nil }
    let name = ProcessStat.name(in: bytes) ?? ""
    var candidate = ProcessCandidate(
      pid: pid, parent: stat.parent, startTicks: stat.startTicks, name: name, arguments: [],
      uid: 0, service: nil)
    if withArguments, let bytes = try? scratch.read(files, "\(place)/cmdline") {
      candidate.arguments = CommandText.arguments(
        UnsafeRawBufferPointer(rebasing: bytes.prefix(CommandText.longest)))
    }
    return candidate
  }

  /// Fills in what tells a program's next process from a stranger.
  func identified(_ candidate: ProcessCandidate, _ scratch: Scratch) -> ProcessCandidate {
    let place = "/proc/\(String(candidate.pid))"
    var candidate = candidate
    if let bytes = try? scratch.read(files, "\(place)/status") {
      candidate.uid = ProcessStatus.parse(bytes)?.uid ?? 0
    }
    if let bytes = try? scratch.read(files, "\(place)/cgroup") {
      candidate.service = CgroupPaths.parse(bytes).service
    }
    return candidate
  }

  /// perftop and everything it was started by: `sudo perftop -n camera` must not find itself.
  func ownLineage(_ scratch: Scratch) -> Set<Int32> {
    guard let link = try? files.readLink("/proc/self", in: nil),
      var pid = Int32(String(decoding: link, as: UTF8.self))
    else { return [] }
    var lineage: Set<Int32> = []
    while pid > 0, lineage.insert(pid).inserted,
      let bytes = try? scratch.read(files, "/proc/\(String(pid))/stat"),
      let stat = ProcessStat.parse(bytes)
    {
      pid = stat.parent
    }
    return lineage
  }
}
