import Glibc

/// The two streams a program writes to people and scripts.
public enum StandardStream: Sendable {
  case output, error

  private var descriptor: Int32 { self == .output ? STDOUT_FILENO : STDERR_FILENO }

  /// Whether a person sits at it.
  public var isTerminal: Bool { isatty(descriptor) == 1 }

  /// Writes all of a text.
  public func write(_ text: String) throws(SystemError) {
    try Descriptors.write(Array(text.utf8), to: descriptor)
  }

  /// Opens /dev/null where 0, 1 or 2 are closed, so that no file of ours ever gets one of these numbers; an output opened for reading fails as a closed one does.
  public static func fillGaps() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) == -1 {
      _ = Glibc.open("/dev/null", descriptor == STDERR_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
