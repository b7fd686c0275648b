import Synchronization

/// Begins something when it is needed, whichever thread that is on, and again when it has ended; what could not begin is tried again.
public final class FirstNeed: Sendable {
  private let isBegun = Atomic(false)
  private let begin: @Sendable (FirstNeed) -> Bool

  /// Will begin it so; `false` is that it could not.
  public init(_ begin: @escaping @Sendable (FirstNeed) -> Bool) { self.begin = begin }

  /// Whether it has begun, and has not ended.
  public var isMet: Bool { isBegun.load(ordering: .sequentiallyConsistent) }

  /// Sees to it that it has begun; `false` if it could not.
  @discardableResult
  public func meet() -> Bool {
    guard !isBegun.exchange(true, ordering: .sequentiallyConsistent) else { return true }
    let hasBegun = begin(self)
    if !hasBegun { isBegun.store(false, ordering: .sequentiallyConsistent) }
    return hasBegun
  }

  /// It is about to end. Whether it may: not if something came before that was known, and nobody else began it for that.
  public func mayEnd(unless hasMore: () -> Bool) -> Bool {
    isBegun.store(false, ordering: .sequentiallyConsistent)
    return !hasMore() || isBegun.exchange(true, ordering: .sequentiallyConsistent)
  }
}
