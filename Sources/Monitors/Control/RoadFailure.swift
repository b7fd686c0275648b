import Glibc

/// Why a road was not taken to its end.
public enum RoadFailure: Error, Sendable, Equatable {
  /// It does not lead there; nothing was done, and the next one may.
  case cannot(Printable)
  /// It is for another kind of program; nothing was done, and the next one may. In two or three words: `no JVM`.
  case unfit(Printable)
  /// It leads there once somebody accepts what it does besides.
  case asks(Printable)
  /// A right is lacking; nothing was done.
  case notPermitted(needs: Printable)
  /// It was taken and did not lead there.
  case failed(Printable)
  /// The process is not there any more.
  case gone(Printable)

  /// The reason as a short sentence without a full stop.
  var sentence: Printable {
    switch self {
    case .cannot(let why), .unfit(let why), .failed(let why), .gone(let why): why
    case .asks(let what): "ask again to accept it: \(what)"
    case .notPermitted(let needs): "permission denied: needs \(needs)"
    }
  }

  /// What the system answered before anything was done.
  init(_ error: SystemError, needs: Printable, doing what: Printable) {
    switch error.code {
    case EACCES, EPERM: self = .notPermitted(needs: needs)
    case ESRCH: self = .gone(Target.hasEnded)
    case ETIMEDOUT: self = .failed("\(what): no answer in time")
    default: self = .cannot("\(what): \(error.sentence)")
    }
  }
}
