internal import CSystem
import Glibc
import Monitors

/// A terminal's line settings and size: taken, given back, asked for.
///
/// The descriptor is a description of our own, so that making it non-blocking does not make the shell's so too.
struct TerminalModes {
  let descriptor: Int32
  private let isOwn: Bool
  private let original: termios
  private let restore: [UInt8]

  /// Opens the terminal behind a descriptor once more.
  static func reopen(_ descriptor: Int32) -> (descriptor: Int32, isOwn: Bool) {
    let flags = O_RDWR | O_NONBLOCK | O_NOCTTY | O_CLOEXEC
    var device: UInt32 = 0
    if cs_terminal_device(descriptor, &device) == 0 {
      // After su the terminal's own file is often closed to us; /dev/tty never is.
      let controlling = Glibc.open("/dev/tty", flags)
      var other: UInt32 = 0
      if controlling >= 0, cs_terminal_device(controlling, &other) == 0, other == device {
        return (controlling, true)
      }
      if controlling >= 0 { _ = Glibc.close(controlling) }
    }
    let again = Glibc.open("/proc/self/fd/\(descriptor)", flags)
    return again >= 0 ? (again, true) : (descriptor, false)
  }

  /// Remembers the settings of a terminal that was opened once more; `restore` are the bytes that undo the screen.
  init(_ terminal: (descriptor: Int32, isOwn: Bool), restore: [UInt8]) throws(TerminalError) {
    var found = termios()
    guard tcgetattr(terminal.descriptor, &found) == 0 else {
      throw .system(SystemError.last.sentence)
    }
    (descriptor, isOwn) = terminal
    original = found
    self.restore = restore
  }

  /// Keys one by one, unechoed and untranslated. Ctrl-S and Ctrl-Q stay with the line, and Ctrl-\ stays a signal: the way out when all else hangs.
  func enter() {
    var settings = original
    settings.c_iflag &= ~tcflag_t(ICRNL | INLCR | IGNCR | ISTRIP | PARMRK)
    settings.c_oflag &= ~tcflag_t(OPOST)
    settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ECHONL | IEXTEN)
    withUnsafeMutableBytes(of: &settings.c_cc) { characters in
      characters[Int(VMIN)] = 1
      characters[Int(VTIME)] = 0
      for disabled in [VINTR, VSUSP] { characters[Int(disabled)] = 0 }
    }
    arm()
    tcsetattr(descriptor, TCSANOW, &settings)
  }

  private func arm() {
    var settings = original
    _ = cs_arm_restore(
      descriptor, restore, restore.count, &settings, MemoryLayout<termios>.size)
  }

  /// Undoes the screen and the settings; harmless when that has been done already.
  func leave() { cs_restore_terminal() }

  /// Drops what comes within a tenth of a second, where that is not typed but answered.
  func swallowAnswers() {
    let longest: Int32 = 100
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    if poll(&request, 1, longest) > 0 { tcflush(descriptor, TCIFLUSH) }
  }

  /// Gives the descriptor up.
  func close() { if isOwn { _ = Glibc.close(descriptor) } }

  /// Whether the terminal listens to another job of its shell.
  var isBackground: Bool {
    let owner = tcgetpgrp(descriptor)
    return owner >= 0 && owner != getpgrp()
  }

  /// Stops, as any program would, until the shell puts this job in front; `false` where there is no shell to do so.
  func waitForForeground() -> Bool {
    let attempts = 3
    for _ in 0..<attempts {
      guard isBackground else { return true }
      Signals.stop(by: SIGTTIN)
    }
    return !isBackground
  }

  /// How many cells there are; where the terminal does not say, what the environment says, else 80×24.
  func size(_ environment: (String) -> String?) -> Size {
    var window = winsize()
    _ = ioctl(descriptor, UInt(TIOCGWINSZ), &window)
    return TerminalModes.size(
      columns: Int(window.ws_col), rows: Int(window.ws_row), environment)
  }

  static func size(columns: Int, rows: Int, _ environment: (String) -> String?) -> Size {
    let width = columns > 0 ? columns : Int(environment("COLUMNS") ?? "") ?? 0
    let height = rows > 0 ? rows : Int(environment("LINES") ?? "") ?? 0
    return Size(width: width > 0 ? width : 80, height: height > 0 ? height : 24).clamped
  }
}
