import Glibc

/// What the kernel answered instead of doing what it was asked.
public struct SystemError: Error, Sendable, Equatable {
  /// The error number.
  public let code: Int32

  /// Wraps an error number.
  public init(_ code: Int32) { self.code = code }

  /// The error of the call that failed just now on this thread.
  public static var last: SystemError { SystemError(errno) }

  /// No such file or process.
  public static let notFound = SystemError(ENOENT)
  /// Not allowed.
  public static let notAllowed = SystemError(EACCES)
  /// The process went away.
  public static let noProcess = SystemError(ESRCH)
  /// Not offered by this machine.
  public static let notOffered = SystemError(ENOSYS)

  /// No answer within the time that was given.
  public static let timedOut = SystemError(ETIMEDOUT)

  /// Whether it is for want of descriptors.
  public var isShortage: Bool { code == EMFILE || code == ENFILE }

  /// Why a number is missing, given what it would take to read it and what a missing file means here.
  public func absence(needs: Printable = "root", missingMeans: Absence = .gone) -> Absence {
    switch code {
    case EACCES, EPERM: .notPermitted(needs: needs)
    case ENOENT, ENOTDIR: missingMeans
    case ESRCH: .gone
    case ENODEV, ENXIO, EOPNOTSUPP, ENOTTY, ENOSYS: .notSupported
    case ETIMEDOUT: .timedOut
    default: .because(sentence)
    }
  }

  /// The system's own words for the error.
  public var sentence: Printable { Printable(String(cString: strerror(code))) }
}
