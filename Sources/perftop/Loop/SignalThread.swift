internal import CSystem
import Glibc
import Monitors
import Synchronization

/// Waits for the signals that ask us to go, on a thread of its own: leaving must not depend on a screen that hangs.
///
/// The loop is told first and has two seconds; then the terminal is put in order from here, and the signal takes its course.
final class SignalThread: Sendable {
  /// Readable when a signal has come.
  let descriptor = cs_eventfd()
  private let number = Atomic<Int32>(0)
  private let hasLeft = Atomic<Bool>(false)
  private let patience: Int

  /// `patience` is in seconds.
  init(patience: Int = 2) { self.patience = patience }

  deinit { close(descriptor) }

  /// Begins to wait; signals must be blocked already.
  func start() {
    let watched = Signals.endings.filter { !Signals.isIgnored($0) }
    _ = Threads.start(name: "signals") { self.wait(for: watched) }
  }

  /// The signal that came, if one did.
  var received: Int32? {
    let value = number.load(ordering: .acquiring)
    return value == 0 ? nil : value
  }

  /// The loop has given the terminal back, and the rest of the program is about to end.
  func loopHasLeft() { hasLeft.store(true, ordering: .releasing) }

  private func wait(for watched: [Int32]) {
    var set = Signals.makeSet(watched)
    var first: Int32 = 0
    guard sigwait(&set, &first) == 0 else { return }
    number.store(first, ordering: .releasing)
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
    var limit = timespec(tv_sec: patience, tv_nsec: 0)
    // A second signal means that whoever sent it will not wait.
    let second = sigtimedwait(&set, nil, &limit)
    if second < 0, hasLeft.load(ordering: .acquiring) { sigtimedwait(&set, nil, &limit) }
    cs_restore_terminal()
    Signals.die(by: second > 0 ? second : first)
  }
}
