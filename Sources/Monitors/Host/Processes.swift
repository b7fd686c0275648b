/// A process held by a descriptor, so that its number may be reused without harm.
public final class ProcessHandle: Sendable {
  /// The pidfd, or -1 where the process is only pretended.
  public let descriptor: Int32
  /// Its number when it was opened.
  public let pid: Int32
  private let close: @Sendable (Int32) -> Void

  /// Takes ownership of a descriptor.
  public init(descriptor: Int32, pid: Int32, close: @escaping @Sendable (Int32) -> Void) {
    self.descriptor = descriptor
    self.pid = pid
    self.close = close
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// How a process ended.
public enum ProcessEnd: Sendable, Equatable {
  /// It returned this code.
  case exited(Int32)
  /// This signal ended it.
  case signalled(Int32)
  /// It is gone, and nobody will say how.
  case unknown

  /// `exited with 7`, `killed by SIGKILL`, `ended, status unknown`.
  public var words: Printable {
    switch self {
    case .exited(let code): "exited with \(code)"
    case .signalled(let number): "killed by \(Signals.name(number))"
    case .unknown: "ended, status unknown"
    }
  }
}

/// The names of signals.
public enum Signals {
  private static let names: [Int32: String] = [
    1: "SIGHUP", 2: "SIGINT", 3: "SIGQUIT", 4: "SIGILL", 5: "SIGTRAP", 6: "SIGABRT", 7: "SIGBUS",
    8: "SIGFPE", 9: "SIGKILL", 10: "SIGUSR1", 11: "SIGSEGV", 12: "SIGUSR2", 13: "SIGPIPE",
    14: "SIGALRM", 15: "SIGTERM", 24: "SIGXCPU", 25: "SIGXFSZ", 31: "SIGSYS",
  ]

  /// `SIGKILL` for 9; `signal 40` for one without a name.
  public static func name(_ number: Int32) -> String { names[number] ?? "signal \(number)" }
}

/// What perftop itself has cost so far.
public struct OwnUsage: Sendable, Equatable {
  /// Processor time of all threads, in nanoseconds.
  public var cpuNanoseconds: Int64
  /// Resident memory.
  public var resident: Bytes

  /// Makes one.
  public init(cpuNanoseconds: Int64, resident: Bytes) {
    self.cpuNanoseconds = cpuNanoseconds
    self.resident = resident
  }
}

/// Processes as things one can hold, as opposed to files about them.
public protocol Processes: Sendable {
  /// Holds a process; must be done before its start time is compared.
  func open(_ pid: Int32) throws(SystemError) -> ProcessHandle
  /// Whether it has ended (a zombie has).
  func hasEnded(_ process: ProcessHandle) -> Bool
  /// How it ended; `unknown` where the kernel can not say.
  func end(of process: ProcessHandle) -> ProcessEnd
  /// Sends a signal to exactly this process.
  func signal(_ process: ProcessHandle, _ number: Int32) throws(SystemError)
  /// What this program has cost so far.
  func ownUsage() -> OwnUsage
}
