import Glibc

/// What the kernel does to a process at another's wish: signals by pidfd, niceness and processors thread by thread.
struct SignalRoad: Road {
  let name: Printable = "kernel"
  private static let patience = 2.0

  func take(_ errand: Errand) throws(RoadFailure) -> Achievement {
    switch errand.order.action {
    case .signal(let number): try signal(number, errand)
    case .nice(let value): try nice(value, errand)
    case .affinity(let processors): try affinity(processors, errand)
    default: throw .cannot("the kernel can not do this")
    }
  }

  private func signal(_ number: Int32, _ errand: Errand) throws(RoadFailure) -> Achievement {
    guard (1...64).contains(number) else { throw .cannot("there is no signal \(number)") }
    guard let process = errand.target.handle.process else {
      throw .cannot("the kernel gives no pidfd, and a signal by number could hit another process")
    }
    let name = errand.target.name
    do throws(SystemError) { try errand.host.processes.signal(process, number) } catch {
      throw RoadFailure(error, needs: "the same user, or CAP_KILL", doing: "sending it")
    }
    let what: Printable = "\(Printable(Signals.name(number))) to \(name) \(process.pid)"
    return Achievement(
      lead: "\(what), \(after(number, process, errand))", road: "pidfd")
  }

  /// What became of the process; one that is asked to end gets a little time for it.
  private func after(_ number: Int32, _ process: ProcessHandle, _ errand: Errand) -> Printable {
    let ending: Set<Int32> = [SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGTERM, SIGABRT]
    let patience = ending.contains(number) ? SignalRoad.patience : 0.05
    let limit = errand.host.time.now().later(by: patience)
    let isStopping = number == SIGSTOP || number == SIGTSTP
    while errand.host.time.now() < limit {
      if errand.host.processes.hasEnded(process) {
        let end = errand.host.processes.end(of: process)
        return end == .unknown ? "it ended" : "it \(end.words)"
      }
      if isStopping, (try? errand.target.standing())?.state == UInt8(ascii: "T") {
        return "it is stopped"
      }
      errand.host.time.wait(nanoseconds: 5_000_000)
    }
    return "it is still there"
  }

  private func nice(_ value: Int, _ errand: Errand) throws(RoadFailure) -> Achievement {
    guard (-20...19).contains(value) else { throw .cannot("niceness goes from -20 to 19") }
    let before = try SignalRoad.change(errand, needs: "CAP_SYS_NICE to go below what it has") {
      thread throws(SystemError) in
      let before = try ProcessTuning.nice(of: thread)
      try ProcessTuning.setNice(value, of: thread)
      guard try ProcessTuning.nice(of: thread) == value else { throw SystemError(EPERM) }
      return before
    }
    return Achievement(lead: "niceness \(before) → \(value)", road: "setpriority")
  }

  private func affinity(_ processors: [Int], _ errand: Errand) throws(RoadFailure) -> Achievement {
    guard !processors.isEmpty else { throw .cannot("no processor is named") }
    let wanted = Set(processors)
    let before = try SignalRoad.change(errand, needs: "the same user, or CAP_SYS_NICE") {
      thread throws(SystemError) in
      let before = try ProcessTuning.affinity(of: thread)
      try ProcessTuning.setAffinity(processors, of: thread)
      guard try Set(ProcessTuning.affinity(of: thread)).isSubset(of: wanted) else {
        throw SystemError(EINVAL)
      }
      return before
    }
    let change = "\(NumberRanges.text(before)) → \(NumberRanges.text(processors))"
    return Achievement(lead: "processors \(Printable(change))", road: "sched_setaffinity")
  }

  /// Changes every thread; the process's number stays its own as long as it is held and has not ended.
  private static func change<Value>(
    _ errand: Errand, needs: Printable, _ body: (Int32) throws(SystemError) -> Value
  ) throws(RoadFailure) -> Value {
    var first: Value?
    for thread in errand.target.threads {
      _ = try errand.target.standing()
      do throws(SystemError) {
        let before = try body(thread)
        if thread == errand.target.handle.pid || first == nil { first = before }
      } catch {
        // A thread may end at any time.
        if error == .noProcess { continue }
        throw RoadFailure(error, needs: needs, doing: "changing thread \(thread)")
      }
    }
    guard let first else { throw .gone(Target.hasEnded) }
    return first
  }
}

/// `0-3,6`: numbers in order, those in a row together.
enum NumberRanges {
  static func text(_ numbers: [Int]) -> String {
    var parts: [ClosedRange<Int>] = []
    for number in Set(numbers).sorted() {
      if let last = parts.last, last.upperBound + 1 == number {
        parts[parts.count - 1] = last.lowerBound...number
      } else {
        parts.append(number...number)
      }
    }
    return parts.map { $0.count == 1 ? "\($0.lowerBound)" : "\($0.lowerBound)-\($0.upperBound)" }
      .joined(separator: ",")
  }
}
