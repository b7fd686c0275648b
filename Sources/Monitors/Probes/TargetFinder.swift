/// Finds processes by number or name and takes hold of them.
public struct TargetFinder: Sendable {
  private let host: Host
  private var table: ProcessTable { ProcessTable(files: host.files) }

  /// Searches this host.
  public init(host: Host) { self.host = host }

  /// Takes hold of the process of that number; that of a thread is its process's.
  ///
  /// The directory comes first, then the pidfd, and if the directory still answers after that, both are of the same
  /// process, however quickly numbers are given out again.
  public func attach(_ pid: Int32, scratch: Scratch) throws(TargetError) -> TargetHandle {
    guard pid > 0 else { throw .noSuchProcess(pid) }
    let attempts = 3
    for _ in 0..<attempts {
      if let handle = try hold(pid, scratch) { return handle }
    }
    throw .noSuchProcess(pid)
  }

  /// Every process that goes by that name, else every one whose command line matches; oldest first.
  ///
  /// A match that was started by another match is left out: it is watched as that one's child. A process whose command
  /// line can't be had, because its memory lock is held, holds nobody up where `isPatient`, and goes by its name alone.
  public func find(_ pattern: CommandPattern, scratch: Scratch, isPatient: Bool = false)
    -> [ProcessCandidate]
  {
    let lineage = table.ownLineage(scratch)
    let listed =
      isPatient
      ? PatientList(files: host.files).list(scratch, excluding: lineage)
      : table.list(scratch, excluding: lineage)
    let all = listed.filter { $0.name != "perftop" }
    var found = all.filter { pattern.isName($0.name.text, $0.arguments) }
    if found.isEmpty {
      let isMatch = pattern.matches(all.map { $0.arguments.joined(separator: " ") })
      found = zip(all, isMatch).filter(\.1).map(\.0)
    }
    return TargetFinder.topmost(found)
  }

  /// All processes but perftop, for a list to choose from; may wait for a process's memory lock.
  public func all(scratch: Scratch) -> [ProcessCandidate] {
    let own = (try? host.files.readLink("/proc/self", in: nil)).flatMap {
      Int32(String(decoding: $0, as: UTF8.self))
    }
    return table.list(scratch, excluding: own.map { [$0] } ?? [])
  }

  /// The oldest match, held.
  public func attach(_ pattern: CommandPattern, scratch: Scratch) throws(TargetError)
    -> TargetHandle
  {
    for candidate in find(pattern, scratch: scratch) {
      if let handle = try? attach(candidate.pid, scratch: scratch),
        handle.startTicks == candidate.startTicks
      {
        return handle
      }
    }
    throw .noMatch(Printable(pattern.text))
  }

  static func topmost(_ candidates: [ProcessCandidate]) -> [ProcessCandidate] {
    let pids = Set(candidates.map(\.pid))
    return candidates.filter { !pids.contains($0.parent) }.sorted {
      ($0.startTicks, $0.pid) < ($1.startTicks, $1.pid)
    }
  }

  private func hold(_ pid: Int32, _ scratch: Scratch) throws(TargetError) -> TargetHandle? {
    let directory = try openDirectory(pid)
    let group: Int32?
    do throws(SystemError) {
      let status = try scratch.read(host.files, "status", in: directory)
      group = ProcessStatus.parse(status)?.group
    } catch { throw TargetFinder.error(error, pid) }
    if let group, group > 0, group != pid { return try hold(group, scratch) }
    // Without a pidfd the directory alone still can not be mistaken for a later process.
    let process = try? host.processes.open(pid)
    guard let bytes = try? scratch.read(host.files, "stat", in: directory) else { return nil }
    guard let stat = ProcessStat.parse(bytes) else {
      throw .failed(pid, why: "its state can not be read")
    }
    return TargetHandle(
      pid: pid, directory: directory, process: process, startTicks: stat.startTicks)
  }

  private func openDirectory(_ pid: Int32) throws(TargetError) -> DirectoryHandle {
    do throws(SystemError) {
      return try host.files.openDirectory("/proc/\(String(pid))", in: nil)
    } catch {
      // What /proc hides can still be held by number.
      if error == .notFound, !host.isFixture, (try? host.processes.open(pid)) != nil {
        throw .notPermitted(pid, needs: TargetFinder.needs)
      }
      throw TargetFinder.error(error, pid)
    }
  }

  private static let needs: Printable = "root, because /proc hides other users' processes"

  private static func error(_ error: SystemError, _ pid: Int32) -> TargetError {
    switch error.absence(needs: needs) {
    case .gone: .noSuchProcess(pid)
    case .notPermitted(let needs): .notPermitted(pid, needs: needs)
    case let other: .failed(pid, why: other.sentence)
    }
  }
}
