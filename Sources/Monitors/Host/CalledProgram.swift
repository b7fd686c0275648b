internal import CSystem
import Glibc

/// A program that was called: its end is waited for, but never for ever.
struct CalledProgram {
  /// Those whose end nobody has seen: they may be another user's, or hang in the kernel.
  private static let leftOver = BoundedQueue<pid_t>(capacity: 1024)
  private static let blindPause: Int32 = 20
  private static let graceAfterKill: Int32 = 1000

  private let pid: pid_t
  /// What is readable once it has ended; negative where there is no such thing, and it has to be asked for.
  private let handle: Int32
  /// How it ended, as the kernel says it; `nil` while it runs.
  private(set) var status: Int32?

  /// Follows a program that was just started.
  init(_ pid: pid_t, handle: Int32) {
    self.pid = pid
    self.handle = handle
    CalledProgram.collect()
  }

  /// Waits until it has ended, has printed something, or the time is over; says whether there is something to read.
  mutating func wait(_ output: Int32, milliseconds: Int32) -> Bool {
    let longest = handle < 0 ? min(milliseconds, CalledProgram.blindPause) : milliseconds
    let said = Descriptors.wait(on: [output, handle], milliseconds: longest)
    if handle < 0 || said[1] != 0 { look() }
    return said[0] != 0
  }

  /// Gives it a moment to die; where it does not, its end is looked for later.
  mutating func waitForEnd() {
    var left = CalledProgram.graceAfterKill
    while status == nil, left > 0 {
      let longest = handle < 0 ? CalledProgram.blindPause : left
      _ = wait(-1, milliseconds: longest)
      left -= longest
    }
    guard status == nil else { return }
    CalledProgram.leftOver.offer(pid)
  }

  /// Closes what it was seen by.
  func letGo() { if handle >= 0 { close(handle) } }

  private mutating func look() {
    var found: Int32 = 0
    let answer = waitpid(pid, &found, WNOHANG)
    if answer == pid {
      status = found
    } else if answer < 0, errno == ECHILD {
      // Somebody else has taken notice of its end.
      status = max(0, cs_pidfd_exit_status(handle))
    }
  }

  /// Takes notice of the ends of those that were left over.
  static func collect() {
    for pid in leftOver.takeAll() where waitpid(pid, nil, WNOHANG) == 0 { leftOver.offer(pid) }
  }
}
