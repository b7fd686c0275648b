internal import CSystem
import Glibc

/// A moment after which waiting is over, by the monotonic clock.
struct Deadline {
  private let end: ContinuousClock.Instant

  init(_ seconds: Double) { end = .now + .seconds(seconds * Patience.factor) }

  /// What is left, for poll(2); `nil` once nothing is.
  var milliseconds: Int32? {
    let left = ContinuousClock.now.duration(to: end)
    guard left > .zero else { return nil }
    return Int32(
      clamping: left.components.seconds * 1000 + left.components.attoseconds / 1_000_000_000_000_000
        + 1)
  }
}

/// How a child ended and what it had cost by then, its own children included.
public struct Ending: Sendable, Equatable {
  /// What it returned; `nil` if a signal ended it.
  public var code: Int32?
  /// The signal that ended it.
  public var signal: Int32?
  /// Processor time of its whole life, or what it would have been on a real machine.
  public var cpuSeconds: Double
}

/// A child of this test; it does not outlive the object.
public final class SessionChild {
  /// Where its standard streams lead.
  enum Streams {
    /// All three to a terminal, which becomes its controlling one.
    case terminal(path: String)
    /// Each to a descriptor of ours, or closed.
    case descriptors(input: Int32?, output: Int32, errors: Int32)
  }

  /// Its number.
  public let pid: Int32
  /// Readable once it has ended.
  let endDescriptor: Int32
  /// How it ended, once that was noticed.
  public private(set) var ending: Ending?

  /// Starts a program; `nil` if the system will not.
  init?(_ arguments: [String], environment: [String: String], streams: Streams) {
    let startsSession: Int16 = 0x80
    var attributes = posix_spawnattr_t()
    var actions = posix_spawn_file_actions_t()
    posix_spawnattr_init(&attributes)
    posix_spawn_file_actions_init(&actions)
    defer {
      posix_spawnattr_destroy(&attributes)
      posix_spawn_file_actions_destroy(&actions)
    }
    var signals = sigset_t()
    sigfillset(&signals)
    posix_spawnattr_setsigdefault(&attributes, &signals)
    sigemptyset(&signals)
    posix_spawnattr_setsigmask(&attributes, &signals)
    posix_spawnattr_setflags(
      &attributes, startsSession | Int16(POSIX_SPAWN_SETSIGDEF) | Int16(POSIX_SPAWN_SETSIGMASK))
    SessionChild.add(streams, to: &actions)
    var number = pid_t()
    var vector = arguments.map { strdup($0) } + [nil]
    var variables = environment.map { strdup("\($0.key)=\($0.value)") } + [nil]
    let status = posix_spawnp(&number, arguments[0], &actions, &attributes, &vector, &variables)
    for pointer in vector + variables { free(pointer) }
    guard status == 0 else { return nil }
    pid = number
    endDescriptor = cs_pidfd_open(number)
  }

  private static func add(_ streams: Streams, to actions: inout posix_spawn_file_actions_t) {
    switch streams {
    case .terminal(let path):
      posix_spawn_file_actions_addopen(&actions, 0, path, O_RDWR, 0)
      posix_spawn_file_actions_adddup2(&actions, 0, 1)
      posix_spawn_file_actions_adddup2(&actions, 0, 2)
    case .descriptors(let input, let output, let errors):
      if let input {
        posix_spawn_file_actions_adddup2(&actions, input, 0)
      } else {
        posix_spawn_file_actions_addclose(&actions, 0)
      }
      posix_spawn_file_actions_adddup2(&actions, output, 1)
      posix_spawn_file_actions_adddup2(&actions, errors, 2)
    }
  }

  deinit {
    if ending == nil {
      kill(pid, SIGKILL)
      awaitEnd(within: 5)
    }
    if endDescriptor >= 0 { close(endDescriptor) }
  }

  /// Sends it a signal, unless it has been reaped.
  public func signal(_ number: Int32) { if ending == nil { kill(pid, number) } }

  /// Waits for its end, but not for ever: a process that waits for a dead disk can not even be killed.
  private func awaitEnd(within seconds: Double) {
    let deadline = Deadline(seconds)
    while !reap(), let left = deadline.milliseconds {
      let step: Int32 = 10
      var request = pollfd(fd: endDescriptor, events: Int16(POLLIN), revents: 0)
      poll(&request, 1, endDescriptor >= 0 ? left : min(left, step))
    }
  }

  /// Notices its end, if it has ended.
  @discardableResult
  func reap() -> Bool {
    if ending != nil { return true }
    var status: Int32 = 0
    var usage = rusage()
    guard wait4(pid, &status, WNOHANG, &usage) == pid else { return false }
    let seconds = Double(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec)
    let microseconds = Double(usage.ru_utime.tv_usec + usage.ru_stime.tv_usec)
    ending = Ending(
      code: cs_exited(status) != 0 ? cs_exit_code(status) : nil,
      signal: cs_signaled(status) != 0 ? cs_term_signal(status) : nil,
      cpuSeconds: (seconds + microseconds / 1e6) / Patience.factor)
    return true
  }

  /// Processor time so far, by the process's own clock, or what it would have been on a real machine.
  public var cpuSeconds: Double {
    if let ending { return ending.cpuSeconds }
    var clock = clockid_t()
    var time = timespec()
    guard clock_getcpuclockid(pid, &clock) == 0, clock_gettime(clock, &time) == 0 else { return 0 }
    return (Double(time.tv_sec) + Double(time.tv_nsec) / 1e9) / Patience.factor
  }
}
