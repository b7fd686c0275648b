internal import CSystem
import Glibc
import Synchronization

/// Hands values from any thread to one other, in order, up to a bound; what does not fit is refused and counted.
public final class BoundedQueue<Value: Sendable>: Sendable {
  private struct State {
    var values: [Value] = []
    var refused = 0
  }

  private let state = Mutex(State())
  private let capacity: Int
  /// Becomes readable when values lie here.
  public let descriptor: Int32

  /// Makes an empty queue.
  public init(capacity: Int = 64) {
    self.capacity = capacity
    descriptor = cs_eventfd()
  }

  deinit { close(descriptor) }

  /// Puts a value at the end; `false` if there is no room.
  @discardableResult
  public func offer(_ value: Value) -> Bool {
    let accepted = state.withLock { state in
      guard state.values.count < capacity else {
        state.refused += 1
        return false
      }
      state.values.append(value)
      return true
    }
    if accepted { Wake.ring(descriptor) }
    return accepted
  }

  /// Takes everything out.
  public func takeAll() -> [Value] {
    Wake.hush(descriptor)
    return state.withLock { state in
      defer { state.values = [] }
      return state.values
    }
  }

  /// How many values found no room.
  public var refused: Int { state.withLock { $0.refused } }
}
