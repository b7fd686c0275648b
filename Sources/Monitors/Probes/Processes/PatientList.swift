internal import CSystem

/// Lists processes without being held up by one whose command line never comes back: that one has no arguments.
///
/// The reading is done on a thread of its own; where it is stuck, another one goes on behind that process.
struct PatientList {
  let files: any Files
  private static let patience: Int64 = 300_000_000
  /// Each costs a thread that sleeps until perftop ends.
  private static let mostStuck = 8

  /// All that are alive and not in `excluded`.
  func list(_ scratch: Scratch, excluding excluded: Set<Int32>) -> [ProcessCandidate] {
    let names = (try? files.list("/proc", in: nil)) ?? []
    var rest = names.compactMap(Int32.init).filter { !excluded.contains($0) }[...]
    var found: [ProcessCandidate] = []
    for _ in 0..<PatientList.mostStuck where !rest.isEmpty {
      let answers = answers(for: rest)
      found += answers.compactMap(\.self)
      rest = rest.dropFirst(answers.count)
      guard let stuck = rest.popFirst() else { break }
      let table = ProcessTable(files: files)
      if let bare = table.candidate(stuck, scratch, withArguments: false) { found.append(bare) }
    }
    return found
  }

  /// One answer for each process, in order; fewer where one of them held up the reading.
  private func answers(for pids: ArraySlice<Int32>) -> [ProcessCandidate?] {
    let queue = BoundedQueue<ProcessCandidate?>(capacity: pids.count)
    let table = ProcessTable(files: files)
    let read: @Sendable () -> Void = {
      let scratch = Scratch()
      for pid in pids { queue.offer(table.candidate(pid, scratch)) }
    }
    if !Threads.start(name: "processes", read) { read() }
    var answers: [ProcessCandidate?] = []
    while answers.count < pids.count,
      cs_wait_readable(queue.descriptor, PatientList.patience) > 0
    {
      answers += queue.takeAll()
    }
    return answers
  }
}
