internal import CSystem
import Glibc
import Monitors

/// Collects what ncurses writes for a frame and hands it to the terminal in one piece.
///
/// The line may have no room: then the rest waits here, and nothing newer may be written before it is through.
struct FrameWriter {
  /// Where ncurses writes to.
  let memory: Int32
  private let terminal: Int32
  private var buffer: [UInt8] = []
  private var written = 0
  private var trimmer = SequenceTrimmer()
  private var between: [UInt8] = []
  /// Whether the terminal refused for good.
  private(set) var hasFailed = false
  /// All bytes that went out.
  private(set) var total = 0

  init(terminal: Int32) throws(TerminalError) {
    self.terminal = terminal
    memory = cs_memfd_create("perftop-frame")
    guard memory >= 0 else { throw .system(SystemError.last.sentence) }
  }

  /// Whether the last frame is not through yet.
  var isStalled: Bool { written < buffer.count && !hasFailed }

  /// Writes what ncurses left, between two marks; nothing at all where nothing changed.
  mutating func send(
    opening: [UInt8] = [], closing: [UInt8] = [], force: [UInt8] = [],
    colors: DirectColors = DirectColors()
  ) {
    let length = lseek(memory, 0, SEEK_CUR)
    guard length > 0 || !force.isEmpty else { return }
    written = 0
    buffer.removeAll(keepingCapacity: true)
    buffer += between
    between = []
    buffer += opening
    buffer += force
    let start = buffer.count
    appendMemory(max(0, Int(length)))
    trimmer.trim(&buffer, from: start)
    colors.spell(&buffer, from: start)
    buffer += closing
    flush()
  }

  /// Writes something between two frames: now, or before the next one where one still waits.
  mutating func interject(_ bytes: [UInt8]) {
    guard !bytes.isEmpty, !hasFailed else { return }
    guard !isStalled else {
      between = bytes
      return
    }
    written = 0
    buffer = bytes
    flush()
  }

  private mutating func appendMemory(_ length: Int) {
    let start = buffer.count
    buffer.append(contentsOf: repeatElement(0, count: length))
    let count = buffer.withUnsafeMutableBytes { bytes in
      pread(memory, bytes.baseAddress?.advanced(by: start), length, 0)
    }
    buffer.removeLast(length - max(0, count))
    rewind()
  }

  /// Forgets what ncurses wrote.
  mutating func discard() {
    rewind()
    trimmer.forget()
  }

  private func rewind() { _ = lseek(memory, 0, SEEK_SET) }

  /// Forgets what waits.
  mutating func drop() { written = buffer.count }

  /// Writes what waits, as far as there is room.
  mutating func flush() {
    while isStalled {
      let count = buffer.withUnsafeBytes { bytes in
        write(terminal, bytes.baseAddress?.advanced(by: written), bytes.count - written)
      }
      if count > 0 {
        written += count
        total += count
      } else if count < 0, errno == EINTR {
        continue
      } else {
        hasFailed = count < 0 && errno != EAGAIN
        return
      }
    }
  }
}
