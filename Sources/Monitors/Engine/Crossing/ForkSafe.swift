internal import CSystem
import Synchronization

/// A value that several threads change in turn, and that a fork never finds half changed or locked.
///
/// All of them share one lock, so what is done with it must be short and must not call what may use another one.
public final class ForkSafe<Value: Sendable>: Sendable {
  // Nobody ever waits for this one: who holds the shared lock is alone.
  // In a list of one, because Swift 6.0 crashes on a lock around a value of any type.
  private let values: Mutex<[Value]>

  /// Begins with a value.
  public init(_ value: Value) { values = Mutex([value]) }

  /// Looks at the value, or changes it.
  @inline(__always)
  public func withLock<Result: Sendable, Failure: Error>(
    _ body: (inout Value) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    cs_fork_lock()
    defer { cs_fork_unlock() }
    return try values.withLock { values throws(Failure) in try body(&values[0]) }
  }
}

/// What is to be known of forks.
public enum Forks {
  private static let count = Atomic<UInt32>(0)
  private static let descriptors = ForkSafe<Set<Int32>>([])

  /// How often this process has become another one since its program began.
  @inline(__always)
  public static var generation: UInt32 { count.load(ordering: .relaxed) }

  /// Begins to count.
  public static func watch() {
    cs_fork_watch { Forks.begin() }
  }

  /// Closes a descriptor in children, where its owner is not.
  public static func closeInChildren(_ descriptor: Int32) {
    descriptors.withLock { _ = $0.insert(descriptor) }
  }

  /// A descriptor is about to be closed here.
  public static func forget(_ descriptor: Int32) {
    descriptors.withLock { _ = $0.remove(descriptor) }
  }

  private static func begin() {
    count.add(1, ordering: .relaxed)
    descriptors.withLock { inherited in
      for descriptor in inherited { Wake.drop(descriptor) }
      inherited = []
    }
  }
}
