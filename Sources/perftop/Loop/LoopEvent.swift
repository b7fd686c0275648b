import Glibc
import Monitors

/// Something the screen has to react to.
enum LoopEvent: Sendable {
  /// Bytes have come from the keyboard.
  case input
  /// The line has room again.
  case drained
  case snapshots([Snapshot])
  case resized
  /// The process was stopped by someone else and goes on.
  case continued
  /// Someone asks the process to stop.
  case stopAsked
  /// Someone asks for a fresh start of what is on the screen.
  case reload
  /// Nothing came in time.
  case deadline
  /// A signal asks us to go.
  case signal(Int32)
  case terminalGone
  /// The program that was launched to be watched has something to say of its end.
  case programEnded

  /// Whether it is about keys.
  var isInput: Bool {
    if case .input = self { true } else { false }
  }
}

/// A program that was launched to be watched.
struct WatchedProgram {
  /// Readable when it has ended.
  let descriptor: Int32
  let key: ProcessKey
  /// Takes note of its end, and says how it was.
  let end: () -> Printable
}

/// What the loop waits on.
@MainActor
protocol EventSource {
  /// Waits for events, at most until the deadline.
  mutating func next(for backend: any CanvasBackend, until deadline: Moment?) -> [LoopEvent]
}

/// Why the loop ended.
enum Ending: Sendable, Equatable {
  case quit
  case signal(Int32)
  case terminalGone
  case programEnded

  private static let unusable: Int32 = 5

  /// Ends the process accordingly: by the signal where there was one. Gives the exit code otherwise.
  func finish() -> Int32 {
    switch self {
    case .quit, .programEnded: return 0
    case .terminalGone:
      // The signal for this may not come, or come too late; nohup means that it must not count.
      if !Signals.isIgnored(SIGHUP) { Signals.die(by: SIGHUP) }
      return Ending.unusable
    case .signal(let number):
      Signals.die(by: number)
      return 128 + number
    }
  }
}

/// Where leaving stands.
enum Shutdown: Sendable, Equatable {
  case running
  case leaving(Ending)
  case left(Ending)

  /// The first reason counts.
  mutating func begin(_ ending: Ending) { if self == .running { self = .leaving(ending) } }
}
