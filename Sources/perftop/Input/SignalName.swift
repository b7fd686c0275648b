import Glibc
import Monitors

/// A signal that a person may want to send.
struct SignalName: Sendable, Equatable {
  let name: String
  let number: Int32
  let summary: Printable

  /// Those that are offered, the gentlest first.
  static let offered: [SignalName] = [
    SignalName("TERM", SIGTERM, "asks it to end"),
    SignalName("INT", SIGINT, "as Ctrl-C does"),
    SignalName("HUP", SIGHUP, "many programs read their settings again; others end"),
    SignalName("USR1", SIGUSR1, "what the program makes of it; ends one that does nothing"),
    SignalName("USR2", SIGUSR2, "what the program makes of it; ends one that does nothing"),
    SignalName("STOP", SIGSTOP, "holds it where it is"),
    SignalName("CONT", SIGCONT, "lets one that was held go on"),
    SignalName("QUIT", SIGQUIT, "ends it with a core; a JVM prints its threads"),
    SignalName("KILL", SIGKILL, "ends it at once; nothing is saved"),
  ]

  private init(_ name: String, _ number: Int32, _ summary: Printable) {
    self.name = name
    self.number = number
    self.summary = summary
  }

  /// The one of this name, `TERM`, `sigterm` or `15`.
  init?(_ text: String) {
    let upper = text.uppercased()
    let plain = upper.hasPrefix("SIG") ? String(upper.dropFirst(3)) : upper
    guard let found = Self.offered.first(where: { $0.name == plain || "\($0.number)" == plain })
    else { return nil }
    self = found
  }
}
