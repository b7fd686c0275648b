/// Why a number is not there; each case has a sentence for the person at the screen.
public enum Absence: Sendable, Equatable, Hashable {
  /// The kernel refused; the text names the capability or group that would allow it.
  case notPermitted(needs: Printable)
  /// This machine or kernel has no such source.
  case notSupported
  /// The process, file or device is no longer there.
  case gone
  /// The source did not answer in time.
  case timedOut
  /// The source has not answered for so many seconds, and not before that either.
  case silent(seconds: Double)
  /// The source answered something that makes no sense.
  case malformed
  /// Too early: more readings are needed.
  case notYet
  /// Anything else, in words.
  case because(Printable)

  /// Whether it is a right that is lacking.
  public var isForbidden: Bool {
    if case .notPermitted = self { true } else { false }
  }

  /// The reason as a short sentence without a full stop.
  public var sentence: Printable {
    switch self {
    case .notPermitted(let needs): "permission denied: needs \(needs)"
    case .notSupported: "not offered by this machine"
    case .gone: "gone"
    case .timedOut: "no answer in time"
    case .silent(let seconds): "no answer for \(Units.span(seconds: seconds))"
    case .malformed: "unreadable answer"
    case .notYet: "not enough readings yet"
    case .because(let reason): reason
    }
  }
}

/// A number that may be old or absent, and says so; never a magic zero.
public enum Measured<Value: Sendable>: Sendable {
  case fresh(Value)
  case stale(Value, since: Moment)
  case missing(Absence)

  /// The value, fresh or stale.
  public var value: Value? {
    switch self {
    case .fresh(let value), .stale(let value, _): value
    case .missing: nil
    }
  }

  /// Why there is no value; `nil` when there is one.
  public var absence: Absence? {
    if case .missing(let absence) = self { absence } else { nil }
  }

  /// Whether the value is older than it should be.
  public var isStale: Bool {
    if case .stale = self { true } else { false }
  }

  /// The same, with the value transformed.
  public func map<Other: Sendable>(_ transform: (Value) -> Other) -> Measured<Other> {
    switch self {
    case .fresh(let value): .fresh(transform(value))
    case .stale(let value, let since): .stale(transform(value), since: since)
    case .missing(let absence): .missing(absence)
    }
  }
}

extension Measured: Equatable where Value: Equatable {}
