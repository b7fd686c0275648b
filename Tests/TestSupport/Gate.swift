import Glibc

/// A named pipe that a script stops at until a test lets it go on, or the other way round; neither waits for ever.
public struct Gate {
  /// Where it is.
  public let path: String
  private static let patience = 20.0

  /// Makes one; `nil` where that fails.
  public init?(_ path: String) {
    guard mkfifo(path, 0o666) == 0 else { return nil }
    self.path = path
  }

  /// Opens it for writing once somebody reads from it; negative where nobody does in time.
  public func openForWriting() -> Int32 {
    Gate.open(path, O_WRONLY | O_CLOEXEC, within: Gate.patience)
  }

  /// Waits until somebody has written a line; `false` where nobody does in time.
  public func awaitLine() -> Bool {
    let descriptor = Glibc.open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    defer { close(descriptor) }
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    let milliseconds = Deadline(Gate.patience).milliseconds ?? 0
    return poll(&request, 1, milliseconds) == 1 && request.revents & Int16(POLLIN) != 0
  }

  /// Opens a file; a named pipe without a reader is tried again for a while.
  static func open(_ path: String, _ flags: Int32, within seconds: Double) -> Int32 {
    let step: Int32 = 5
    let deadline = Deadline(seconds)
    while true {
      let descriptor = Glibc.open(path, flags | O_NONBLOCK, 0o666)
      if descriptor >= 0 || errno != ENXIO || deadline.milliseconds == nil { return descriptor }
      poll(nil, 0, step)
    }
  }
}
