import Glibc
import Monitors

/// Takes what comes in pieces apart into lines; what is longer than its room is no line.
final class LineReader {
  /// Reads the next piece; 0 bytes are the end.
  typealias Source = (UnsafeMutableRawBufferPointer) throws(SystemError) -> Int

  /// One line, without its end; good until the next is asked for.
  struct Line {
    var bytes: UnsafeRawBufferPointer
    /// Whether its end was there, which the last line of a file that is being written lacks.
    var isEnded: Bool
  }

  /// Why there is no next line.
  enum Failure: Error, Equatable {
    case system(SystemError)
    case tooLong
  }

  private let source: Source
  private let buffer: UnsafeMutableRawBufferPointer
  private var start = 0
  private var end = 0
  private var isAtEnd = false
  /// The number of the line that was given last; 0 before the first.
  private(set) var number = 0

  /// The longest line there can be.
  static let usualRoom = 1 << 18

  init(room: Int = LineReader.usualRoom, _ source: @escaping Source) {
    self.source = source
    buffer = .allocate(byteCount: room, alignment: 16)
  }

  deinit { buffer.deallocate() }

  /// The next line; `nil` at the end.
  func next() throws(Failure) -> Line? {
    var searched = start
    while true {
      if let found = newline(from: searched) {
        defer { start = found + 1 }
        return line(until: found, isEnded: true)
      }
      searched = end
      guard !isAtEnd else {
        guard end > start else { return nil }
        defer { start = end }
        return line(until: end, isEnded: false)
      }
      if start > 0 {
        searched -= start
        shift()
      }
      guard end < buffer.count else {
        number += 1
        throw .tooLong
      }
      try fill()
    }
  }

  private func line(until place: Int, isEnded: Bool) -> Line {
    number += 1
    let last = place > start && buffer[place - 1] == UInt8(ascii: "\r") ? place - 1 : place
    return Line(bytes: UnsafeRawBufferPointer(rebasing: buffer[start..<last]), isEnded: isEnded)
  }

  private func newline(from place: Int) -> Int? {
    guard place < end, let base = buffer.baseAddress else { return nil }
    let found = memchr(base + place, Int32(UInt8(ascii: "\n")), end - place)
    return found.map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
  }

  /// The beginning of a line goes to the front, to make room for the rest of it.
  private func shift() {
    guard let base = buffer.baseAddress else { return }
    memmove(base, base + start, end - start)
    end -= start
    start = 0
  }

  private func fill() throws(Failure) {
    do throws(SystemError) {
      let count = try source(UnsafeMutableRawBufferPointer(rebasing: buffer[end...]))
      if count == 0 { isAtEnd = true } else { end += min(count, buffer.count - end) }
    } catch { throw .system(error) }
  }
}
