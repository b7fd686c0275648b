internal import CSystem
import Glibc
import Synchronization

/// Does work that may block for ever, on a thread of its own: at most one job at a time, never joined.
///
/// A job that does not come back costs one sleeping thread and nothing else: `start` refuses until it has.
///
///     let worker = Worker<SpaceSample>(name: "filesystems")
///     worker.start { try? files.statistics("/data") }
///     …
///     switch worker.poll(at: now) { … }            // next tick, and the one after that
public final class Worker<Output: Sendable>: Sendable {
  /// Where the job stands.
  public enum State: Sendable {
    /// Nothing was asked.
    case idle
    /// Still at it since that moment.
    case busy(since: Moment)
    /// The answer; given once.
    case done(Output)
  }

  private enum Desk: Sendable {
    case idle
    case busy(since: Moment)
    case done(Output)
  }

  private let desk = Mutex(Desk.idle)
  private let name: String
  private let isInline: Bool

  /// Makes a worker; an inline one does each job at once on the caller's thread, which is what tests want.
  public init(name: String, isInline: Bool = false) {
    self.name = name
    self.isInline = isInline
  }

  /// Begins a job unless one is still running; says whether it did. `then` is called once the answer lies here.
  @discardableResult
  public func start(
    at moment: Moment, then: @escaping @Sendable () -> Void = {},
    _ job: @escaping @Sendable () -> Output
  ) -> Bool {
    let isFree = desk.withLock { desk in
      guard case .busy = desk else {
        desk = .busy(since: moment)
        return true
      }
      return false
    }
    guard isFree else { return false }
    if isInline {
      finish(job(), then)
    } else if !Threads.start(name: name, { [self] in finish(job(), then) }) {
      desk.withLock { $0 = .idle }
      return false
    }
    return true
  }

  private func finish(_ output: Output, _ then: () -> Void) {
    desk.withLock { $0 = .done(output) }
    then()
  }

  /// Whether a job runs, or its answer has not been fetched.
  public var isBusy: Bool {
    desk.withLock { desk in
      if case .idle = desk { return false }
      return true
    }
  }

  /// Where the job stands; an answer is handed out once.
  public func poll() -> State {
    desk.withLock { desk in
      switch desk {
      case .idle: return .idle
      case .busy(let since): return .busy(since: since)
      case .done(let output):
        desk = .idle
        return .done(output)
      }
    }
  }
}

/// Starts threads that nobody waits for.
public enum Threads {
  private final class Job {
    let name: String
    let body: @Sendable () -> Void
    init(name: String, body: @escaping @Sendable () -> Void) {
      self.name = name
      self.body = body
    }
  }

  private static let stackSize = 512 * 1024

  /// Starts a detached thread with a small stack and no signals; `false` if the system refuses.
  public static func start(name: String, _ body: @escaping @Sendable () -> Void) -> Bool {
    var attributes = pthread_attr_t()
    pthread_attr_init(&attributes)
    defer { pthread_attr_destroy(&attributes) }
    pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED))
    pthread_attr_setstacksize(&attributes, stackSize)
    let job = Unmanaged.passRetained(Job(name: name, body: body))
    var thread = pthread_t()
    let status = pthread_create(&thread, &attributes, Threads.run, job.toOpaque())
    if status != 0 { job.release() }
    return status == 0
  }

  private static let run: @convention(c) (UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? = {
    guard let pointer = $0 else { return nil }
    var all = sigset_t()
    sigfillset(&all)
    // A fault whose signal is blocked kills at once, before the terminal could be put back in order.
    for crash in [SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP] { sigdelset(&all, crash) }
    pthread_sigmask(SIG_BLOCK, &all, nil)
    cs_call_deep({ Threads.perform($0) }, pointer)
    return nil
  }

  private static func perform(_ pointer: UnsafeMutableRawPointer) {
    let job = Unmanaged<Job>.fromOpaque(pointer).takeRetainedValue()
    _ = cs_set_thread_name(job.name)
    job.body()
  }
}
