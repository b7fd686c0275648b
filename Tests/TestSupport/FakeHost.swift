public import Monitors
import Synchronization

/// A clock that only moves when told to.
public final class FakeTime: TimeSource {
  private struct State {
    var nanoseconds: Int64 = 1_000_000_000_000
    var wall: Int64 = 1_790_000_000_000_000_000
  }

  private let state = Mutex(State())

  /// Starts at an arbitrary instant.
  public init() {}

  /// Moves both clocks.
  public func advance(by seconds: Double) {
    state.withLock {
      $0.nanoseconds += Int64(seconds * 1e9)
      $0.wall += Int64(seconds * 1e9)
    }
  }

  /// Moves the wall clock alone, as an operator or NTP does.
  public func jump(by seconds: Double) { state.withLock { $0.wall += Int64(seconds * 1e9) } }

  /// Moves the clocks instead of sleeping.
  public func wait(nanoseconds: Int64) { advance(by: Double(nanoseconds) / 1e9) }

  /// Now, as far as the test has moved it.
  public func now() -> Moment {
    state.withLock { Moment(nanoseconds: $0.nanoseconds, wall: $0.wall) }
  }
}

/// Processes that live and die as a test says.
public final class FakeProcesses: Processes {
  private struct State {
    var ends: [Int32: ProcessEnd] = [:]
    var refusals: [Int32: Int32] = [:]
    var signals: [Int32] = []
  }

  private let state = Mutex(State())

  /// Starts with every process alive.
  public init() {}

  /// Ends a process.
  public func end(_ pid: Int32, _ end: ProcessEnd) { state.withLock { $0.ends[pid] = end } }

  /// Lets a number be used again.
  public func revive(_ pid: Int32) { state.withLock { $0.ends[pid] = nil } }

  /// Makes opening a process fail.
  public func refuse(_ pid: Int32, with code: Int32) { state.withLock { $0.refusals[pid] = code } }

  /// The signals that were sent.
  public var signals: [Int32] { state.withLock { $0.signals } }

  /// Holds a process, unless told to refuse.
  public func open(_ pid: Int32) throws(SystemError) -> ProcessHandle {
    if let code = state.withLock({ $0.refusals[pid] }) { throw SystemError(code) }
    return ProcessHandle(descriptor: -1, pid: pid) { _ in }
  }

  /// Whether the test has ended it.
  public func hasEnded(_ process: ProcessHandle) -> Bool {
    state.withLock { $0.ends[process.pid] != nil }
  }

  /// How the test ended it.
  public func end(of process: ProcessHandle) -> ProcessEnd {
    state.withLock { $0.ends[process.pid] ?? .unknown }
  }

  /// Remembers a signal.
  public func signal(_ process: ProcessHandle, _ number: Int32) throws(SystemError) {
    if hasEnded(process) { throw .noProcess }
    state.withLock { $0.signals.append(number) }
  }

  /// A constant.
  public func ownUsage() -> OwnUsage { OwnUsage(cpuNanoseconds: 0, resident: Bytes(4_000_000)) }
}

extension Host {
  /// A host made of pretended parts.
  public static func fake(
    files: FakeFiles, time: FakeTime = FakeTime(), processes: FakeProcesses = FakeProcesses(),
    variables: [String: String] = [:], watching: any DirectoryWatching = NoDirectoryWatching()
  ) -> Host {
    Host(
      files: files, time: time, processes: processes, environment: { variables[$0] },
      watching: watching)
  }
}
