internal import CSystem

extension ProcessEnd {
  /// Understands what `wait` says.
  init(waitStatus status: Int32) {
    self =
      cs_signaled(status) != 0
      ? .signalled(cs_term_signal(status)) : .exited(cs_exit_code(status))
  }

  /// The status with which a program passes this end on, as a shell does: 128 and the signal's number.
  public var exitStatus: Int32 {
    switch self {
    case .exited(let code): code
    case .signalled(let number): 128 + number
    case .unknown: 1
    }
  }
}
