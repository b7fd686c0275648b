import Glibc

/// Repairs a terminal that a killed program left in disorder: nobody can catch SIGKILL.
enum TerminalReset {
  /// Attributes, alternate screen, cursor, mouse, paste, keypad and synchronised output, as a fresh terminal has them.
  static let sequence =
    "\u{1b}[?2026l\u{1b}[?1000l\u{1b}[?1002l\u{1b}[?1003l\u{1b}[?1006l\u{1b}[?2004l"
    + "\u{1b}[?1049l\u{1b}[?25h\u{1b}[?1l\u{1b}>\u{1b}[0m\u{1b}(B"

  /// Makes the line edit, echo and translate again.
  static func repairModes() {
    var modes = termios()
    guard tcgetattr(STDIN_FILENO, &modes) == 0 else { return }
    modes.c_iflag |= tcflag_t(ICRNL | IXON | BRKINT)
    modes.c_oflag |= tcflag_t(OPOST | ONLCR)
    modes.c_lflag |= tcflag_t(ISIG | ICANON | ECHO | ECHOE | ECHOK | IEXTEN)
    tcsetattr(STDIN_FILENO, TCSADRAIN, &modes)
  }
}
