import Synchronization

/// Lists processes without being held up by one whose command line never comes back: that one has no arguments.
///
/// The reading is done on a thread of its own; where it is stuck, another one goes on behind that process.
struct PatientList {
  let host: Host
  private static let patience = 0.3
  private static let step: Int64 = 1_000_000
  /// Each costs a thread that sleeps until perftop ends.
  private static let mostStuck = 8

  private final class Desk: Sendable {
    struct State: Sendable {
      var found: [ProcessCandidate] = []
      /// How many of the processes are done with.
      var done = 0
    }
    let state = Mutex(State())

    var now: State { state.withLock { $0 } }

    func add(_ candidate: ProcessCandidate?) {
      state.withLock { state in
        state.done += 1
        if let candidate { state.found.append(candidate) }
      }
    }
  }

  /// All that are alive and not in `excluded`.
  func list(_ scratch: Scratch, excluding excluded: Set<Int32>) -> [ProcessCandidate] {
    let names = (try? host.files.list("/proc", in: nil)) ?? []
    var rest = names.compactMap(Int32.init).filter { !excluded.contains($0) }[...]
    var found: [ProcessCandidate] = []
    for _ in 0..<PatientList.mostStuck where !rest.isEmpty {
      let desk = Desk()
      begin(rest, desk)
      let answer = wait(for: rest.count, desk)
      found += answer.found
      rest = rest.dropFirst(answer.done)
      guard let stuck = rest.popFirst() else { break }
      let table = ProcessTable(files: host.files)
      if let bare = table.candidate(stuck, scratch, withArguments: false) { found.append(bare) }
    }
    return found
  }

  private func begin(_ pids: ArraySlice<Int32>, _ desk: Desk) {
    let table = ProcessTable(files: host.files)
    let read: @Sendable () -> Void = {
      let scratch = Scratch()
      for pid in pids { desk.add(table.candidate(pid, scratch)) }
    }
    if !Threads.start(name: "processes", read) { read() }
  }

  /// What is there when all are done, or when nothing has come for too long.
  private func wait(for count: Int, _ desk: Desk) -> Desk.State {
    var last = (done: 0, at: host.time.now())
    while true {
      let state = desk.now
      let now = host.time.now()
      if state.done > last.done { last = (state.done, now) }
      if state.done == count || now.seconds(since: last.at) > PatientList.patience { return state }
      host.time.wait(nanoseconds: PatientList.step)
    }
  }
}
