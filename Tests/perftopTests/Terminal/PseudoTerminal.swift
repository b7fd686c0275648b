import Glibc
import TestSupport

/// A terminal that a test reads and writes the other end of.
final class PseudoTerminal {
  let device: Int32
  private var other: Int32

  init?(columns: UInt16, rows: UInt16) {
    guard let (master, path) = try? Session.openTerminal() else { return nil }
    other = master
    device = open(path, O_RDWR | O_NOCTTY | O_CLOEXEC)
    resize(columns: columns, rows: rows)
  }

  deinit {
    hangUp()
    close(device)
  }

  func hangUp() {
    if other >= 0 { close(other) }
    other = -1
  }

  func resize(columns: UInt16, rows: UInt16) {
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(other, UInt(TIOCSWINSZ), &size)
  }

  func type(_ bytes: String) {
    let bytes = Array(bytes.utf8)
    _ = write(other, bytes, bytes.count)
  }

  /// Waits until the program could read something.
  func awaitInput() { _ = PseudoTerminal.wait(device) }

  /// What came out, until the text is in it or two seconds have passed.
  func read(until wanted: String) -> String {
    var text: [UInt8] = []
    while PseudoTerminal.wait(other) {
      var bytes = [UInt8](repeating: 0, count: 65536)
      let count = Glibc.read(other, &bytes, bytes.count)
      guard count > 0 else { break }
      text += bytes.prefix(count)
      if String(decoding: text, as: UTF8.self).contains(wanted) { break }
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// What has come out already.
  func readNow() -> String {
    var text: [UInt8] = []
    while PseudoTerminal.wait(other, milliseconds: 50) {
      var bytes = [UInt8](repeating: 0, count: 65536)
      let count = Glibc.read(other, &bytes, bytes.count)
      guard count > 0 else { break }
      text += bytes.prefix(count)
    }
    return String(decoding: text, as: UTF8.self)
  }

  private static func wait(_ descriptor: Int32, milliseconds: Int32 = 2000) -> Bool {
    var entry = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&entry, 1, milliseconds) > 0 && entry.revents & Int16(POLLIN) != 0
  }

  /// The flags of the line, to compare.
  var flags: [tcflag_t] {
    var settings = termios()
    tcgetattr(device, &settings)
    return [settings.c_iflag, settings.c_oflag, settings.c_lflag]
  }
}
