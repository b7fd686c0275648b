/// The very process that was on the screen when an action was asked for, held until the action is over.
public struct Target: Sendable {
  /// How it is held.
  let handle: TargetHandle
  private let host: Host

  static let hasEnded: Printable = "the process has ended"
  private static let isAnother: Printable =
    "the process has ended, and its number is another one's now"

  /// Takes hold of it; a later process of the same number is refused.
  init(_ key: ProcessKey, host: Host) throws(RoadFailure) {
    self.host = host
    guard !host.isFixture else {
      throw .cannot("what is watched is a tree of files, and nothing can be done to it")
    }
    do throws(TargetError) {
      handle = try TargetFinder(host: host).attach(key.pid, scratch: Scratch(size: Target.room))
    } catch {
      switch error {
      case .noSuchProcess, .noMatch: throw .gone(Target.hasEnded)
      case .notPermitted(_, let needs): throw .notPermitted(needs: needs)
      default: throw .cannot(error.sentence)
      }
    }
    guard handle.pid == key.pid, handle.startTicks == key.startTicks else {
      throw .gone(Target.isAnother)
    }
  }

  private static let room = 8192

  /// Which process it is.
  var key: ProcessKey { ProcessKey(pid: handle.pid, startTicks: handle.startTicks) }

  /// How it can be reached now; refuses one that has ended in the meantime.
  func standing() throws(RoadFailure) -> ProcessStanding {
    if let process = handle.process, host.processes.hasEnded(process) {
      throw .gone(Target.hasEnded)
    }
    do throws(SystemError) {
      let standing = try host.files.parsed("status", in: handle.directory) {
        ProcessStanding.parse($0)
      }
      guard let standing else { throw SystemError.noProcess }
      return standing
    } catch {
      throw RoadFailure(
        error, needs: "root, because /proc hides other users' processes", doing: "reading status")
    }
  }

  /// Resident memory now.
  var resident: Bytes? {
    (try? host.files.parsed("status", in: handle.directory) { ProcessStatus.parse($0)?.resident })
      ?? nil
  }

  /// Its short name.
  var name: Printable {
    let found = try? host.files.parsed("stat", in: handle.directory) { ProcessStat.name(in: $0) }
    return (found ?? nil) ?? "process"
  }

  /// The numbers of its threads.
  var threads: [Int32] {
    let names = (try? host.files.list("task", in: handle.directory)) ?? []
    return names.compactMap { Int32($0) }
  }

  /// Where a path of its own is reached from here, whoever has its number by now.
  func path(_ place: String) -> String {
    "/proc/self/fd/\(handle.directory.descriptor)/root\(place)"
  }

  /// Its mappings of files whose names a test accepts; may wait for its memory lock, for a while.
  func regions(where isWanted: (Substring) -> Bool) throws(RoadFailure) -> [MappedRegion] {
    let deadline = host.time.now().later(by: 2)
    let pieces = PieceReader(files: host.files, time: host.time, deadline: deadline)
    var found: [MappedRegion] = []
    let most = 4096
    do throws(SystemError) {
      try pieces.lines("maps", in: handle.directory, piece: 65536) { line in
        guard found.count < most, let region = MappedRegion.parse(line),
          let name = region.path.text.split(separator: "/").last, isWanted(name)
        else { return }
        found.append(region)
      }
    } catch {
      throw RoadFailure(error, needs: Target.rights, doing: "reading its mappings")
    }
    return found
  }

  /// What it takes to look into a process.
  static let rights: Printable = "the same user and group, or CAP_SYS_PTRACE"
}
