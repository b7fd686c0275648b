internal import CSystem
import Glibc
import Synchronization

/// Hands the newest value from one thread to another and wakes it by a descriptor it can poll; older values are dropped and counted.
public final class Mailbox<Value: Sendable>: Sendable {
  private struct State {
    var value: Value?
    var dropped = 0
  }

  private let state = Mutex(State())
  /// Becomes readable when a value lies here.
  public let descriptor: Int32

  /// Makes an empty mailbox.
  public init() { descriptor = cs_eventfd() }

  deinit { close(descriptor) }

  /// Puts a value in and returns at once.
  public func offer(_ value: Value) {
    let wasEmpty = state.withLock { state in
      let wasEmpty = state.value == nil
      if !wasEmpty { state.dropped += 1 }
      state.value = value
      return wasEmpty
    }
    if wasEmpty { Wake.ring(descriptor) }
  }

  /// Puts a value in, joined with the one that nobody took yet: nothing is dropped.
  public func offer(_ value: Value, joining join: (_ older: Value, _ newer: Value) -> Value) {
    let wasEmpty = state.withLock { state in
      let older = state.value
      state.value = older.map { join($0, value) } ?? value
      return older == nil
    }
    if wasEmpty { Wake.ring(descriptor) }
  }

  /// Takes the newest value out; `nil` if there is none.
  public func take() -> Value? {
    Wake.hush(descriptor)
    return state.withLock { state in
      defer { state.value = nil }
      return state.value
    }
  }

  /// Whether a value lies here.
  public var isWaiting: Bool { state.withLock { $0.value != nil } }

  /// How many values nobody took before a newer one came.
  public var dropped: Int { state.withLock { $0.dropped } }
}

/// Rings and hushes the eventfd by which threads wake one another.
enum Wake {
  static func ring(_ descriptor: Int32) {
    var one: UInt64 = 1
    _ = write(descriptor, &one, 8)
  }

  static func drop(_ descriptor: Int32) { close(descriptor) }

  static func hush(_ descriptor: Int32) {
    var count: UInt64 = 0
    _ = read(descriptor, &count, 8)
  }
}
