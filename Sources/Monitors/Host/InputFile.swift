import Glibc

/// A file, a pipe or standard input, read once from its beginning to its end.
public final class InputFile: Sendable {
  private let descriptor: Int32
  private let isOwn: Bool

  /// Opens a file; of a pipe that nobody writes into yet the reading waits, and not the opening.
  public init(_ path: String) throws(SystemError) {
    descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    isOwn = true
    if descriptor < 0 { throw .last }
  }

  private init(standard descriptor: Int32) {
    self.descriptor = descriptor
    isOwn = false
  }

  deinit { if isOwn { close(descriptor) } }

  /// What is piped or typed into this program.
  public static let standardInput = InputFile(standard: STDIN_FILENO)

  /// Whether a person types it.
  public var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Waits until there is something to read or the end; false where the time is over before.
  public func waits(milliseconds: Int32) -> Bool {
    Descriptors.wait(on: [descriptor], milliseconds: milliseconds).contains { $0 != 0 }
  }

  /// Reads what there is, and waits where there is nothing yet; 0 at the end.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(SystemError) -> Int {
    while true {
      let count = Glibc.read(descriptor, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      switch errno {
      case EINTR: continue
      case EAGAIN: _ = waits(milliseconds: -1)
      default: throw .last
      }
    }
  }
}
