/// What tells a program's next process from a stranger.
struct ProcessPortrait: Sendable, Equatable {
  var candidate: ProcessCandidate
  var executable: [UInt8]?

  /// Whether another process is the same program started again: by its unit and name, or by file, arguments and owner.
  func isSucceeded(by other: ProcessPortrait) -> Bool {
    if let service = candidate.service, service == other.candidate.service {
      return executable == other.executable || candidate.name == other.candidate.name
    }
    return !candidate.arguments.isEmpty && candidate.arguments == other.candidate.arguments
      && executable == other.executable && candidate.uid == other.candidate.uid
  }
}

/// Looks for the process that takes the place of one that ended; may wait for a memory lock.
struct SuccessorSearch: Sendable {
  let host: Host
  let request: TargetRequest
  let portrait: ProcessPortrait?
  /// Processes that started before, in clock ticks since boot, can be no successors.
  let earliest: UInt64

  /// The one to follow; `nil` if there is none, or more than one.
  func run() -> ProcessCandidate? {
    let scratch = Scratch()
    switch request {
    case .name(let pattern):
      return TargetFinder(host: host).find(pattern, scratch: scratch).first {
        $0.pid != portrait?.candidate.pid || $0.startTicks != portrait?.candidate.startTicks
      }
    case .pid:
      guard let portrait else { return nil }
      let table = ProcessTable(files: host.files)
      let found = table.list(scratch, since: earliest).filter { candidate in
        candidate.startTicks != portrait.candidate.startTicks
          && portrait.isSucceeded(by: SuccessorSearch.portrait(candidate, table, host, scratch))
      }
      let topmost = TargetFinder.topmost(found)
      return topmost.count == 1 ? topmost.first : nil
    }
  }

  static func portrait(
    _ candidate: ProcessCandidate, _ table: ProcessTable, _ host: Host, _ scratch: Scratch
  ) -> ProcessPortrait {
    ProcessPortrait(
      candidate: table.identified(candidate, scratch),
      executable: try? host.files.readLink("/proc/\(String(candidate.pid))/exe", in: nil))
  }
}
