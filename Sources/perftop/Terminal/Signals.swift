import Glibc

/// Signals as this program deals with them: all are blocked before the first thread begins, and read where they are wanted.
///
/// A child inherits what is blocked. Whoever starts one gives it `Signals.forChildren` (`posix_spawnattr_setsigmask`).
enum Signals {
  /// A fault in our own code: never blocked, or the terminal could not be put in order.
  private static let crashes = [SIGSEGV, SIGABRT, SIGILL, SIGBUS, SIGFPE, SIGTRAP]

  /// The signals that ask us to go.
  static let endings = [SIGHUP, SIGTERM, SIGINT, SIGQUIT]

  /// Blocks everything but crashes; to be called before any thread is started.
  static func blockAll() {
    var all = sigset_t()
    sigfillset(&all)
    for crash in crashes { sigdelset(&all, crash) }
    pthread_sigmask(SIG_BLOCK, &all, nil)
  }

  /// What a child process should have blocked: nothing.
  static var forChildren: sigset_t { makeSet([]) }

  static func makeSet(_ signals: [Int32]) -> sigset_t {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals { sigaddset(&set, signal) }
    return set
  }

  /// Whether whoever started us wants this signal to be ignored, as nohup does with SIGHUP.
  static func isIgnored(_ signal: Int32) -> Bool {
    var action = sigaction()
    guard sigaction(signal, nil, &action) == 0 else { return false }
    let handler = unsafeBitCast(action.__sigaction_handler.sa_handler, to: Int.self)
    return handler == unsafeBitCast(SIG_IGN, to: Int.self)
  }

  /// Runs what would put handlers of its own in place, as ncurses does, and puts ours back.
  static func keepingHandlers<Result>(_ body: () -> Result) -> Result {
    let touched = [SIGINT, SIGTERM, SIGTSTP, SIGWINCH]
    let before = touched.map { signal in
      var action = sigaction()
      sigaction(signal, nil, &action)
      return action
    }
    defer {
      for (signal, action) in zip(touched, before) {
        var action = action
        sigaction(signal, &action, nil)
      }
    }
    return body()
  }

  /// Stops the job this process belongs to, as the terminal would, and returns when it goes on.
  static func stop(by signal: Int32) {
    var wanted = makeSet([signal])
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
    kill(0, signal)
    pthread_sigmask(SIG_BLOCK, &wanted, nil)
    // That it goes on is known by now.
    var continued = makeSet([SIGCONT])
    var atOnce = timespec()
    sigtimedwait(&continued, nil, &atOnce)
  }

  /// Ends the process by a signal, so that whoever started it sees the truth. Returns only where the signal can't kill.
  static func die(by number: Int32) {
    signal(number, SIG_DFL)
    var wanted = makeSet([number])
    pthread_sigmask(SIG_UNBLOCK, &wanted, nil)
    raise(number)
  }
}
