import Glibc

/// A program that was launched to be watched, as perftop holds it.
///
/// Letting go of it is all it takes to leave it running, or to end it where that was asked for.
public struct LaunchedProgram: Sendable {
  /// Its number.
  public private(set) var pid: Int32 = 0
  /// Where its output goes; `nil` where it is not kept.
  public private(set) var logPath: String?
  /// As whom it runs, where it is not the caller of this program: `alice (1000)`.
  public private(set) var user: Printable?
  /// Readable when `status` has news; -1 after the last of them.
  public private(set) var descriptor: Int32
  /// What stays with the program.
  public let keeper: Int32
  /// Why some of its output is not in the log, once it has ended; `nil` where all is.
  public private(set) var lost: SystemError?
  /// When its end was noticed, by who noticed it before all was over.
  public var endedAt: Moment?
  private var end: ProcessEnd?

  init(keeper: pid_t, descriptor: Int32) {
    self.keeper = keeper
    self.descriptor = descriptor
  }

  /// How it ended, or `nil` while it runs; never waits.
  public mutating func status() -> ProcessEnd? {
    while end == nil, descriptor >= 0 {
      switch KeeperMessage.receive(from: descriptor) {
      case .message(.ended(let status, let lost, let hasLog)):
        takeEnd(status, lost, hasLog)
      case .message: continue
      case .nothing: return nil
      case .over:
        end = .unknown
        leave()
      }
    }
    return end
  }

  private mutating func takeEnd(_ status: Int32, _ loss: Int32, _ hasLog: Bool) {
    end = ProcessEnd(waitStatus: status)
    guard loss != 0 else { return }
    lost = SystemError(loss)
    if !hasLog { logPath = nil }
  }

  /// Waits until it has ended.
  public mutating func wait() -> ProcessEnd {
    while true {
      if let end = status() { return end }
      _ = Descriptors.wait(on: [descriptor], milliseconds: -1)
    }
  }

  /// Lets go of it: it goes on alone, or is ended in the background where that was asked for.
  public mutating func leave() {
    guard descriptor >= 0 else { return }
    close(descriptor)
    descriptor = -1
    waitpid(keeper, nil, WNOHANG)
  }

  /// Lets go of it and waits until its keeper has finished; for programs that end with their watcher.
  ///
  /// - Returns: Whether all was over in time.
  @discardableResult
  public mutating func finish(within milliseconds: Int32) -> Bool {
    guard descriptor >= 0 else { return true }
    shutdown(descriptor, Int32(SHUT_WR))
    var isOver = false
    while !isOver, Descriptors.wait(on: [descriptor], milliseconds: milliseconds)[0] != 0 {
      if case .message(.ended(let status, let lost, let hasLog)) = KeeperMessage.receive(
        from: descriptor)
      {
        takeEnd(status, lost, hasLog)
      } else {
        isOver = true
      }
    }
    close(descriptor)
    descriptor = -1
    waitpid(keeper, nil, isOver ? 0 : WNOHANG)
    return isOver
  }

  mutating func awaitStart(of program: [UInt8], milliseconds: Int32) throws(LaunchError) {
    guard Descriptors.wait(on: [descriptor], milliseconds: milliseconds)[0] != 0 else {
      throw .noAnswer
    }
    switch KeeperMessage.receive(from: descriptor) {
    case .message(.started(let pid, let log, let user)):
      self.pid = pid
      logPath = log.isEmpty ? nil : log
      self.user = user.isEmpty ? nil : Printable(user)
    case .message(.failed(let code)): throw .program(Printable(bytes: program), SystemError(code))
    case .message(.refusedIdentity(let code)): throw .identity(SystemError(code))
    default: throw .keeper(SystemError(EPROTO))
    }
  }
}
