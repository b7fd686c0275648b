internal import CSystem
import Monitors

/// What the demo's robot is asked for over its link: left here by the link's threads, done by the robot's own, whose
/// memory it is about.
final class RobotDesk: Sendable {
  /// Something that an operator wants.
  enum Wish: Sendable, Equatable {
    case collect
    case evict(RobotCache.Kind)
  }

  private static let patience: Int64 = 1_000_000_000

  private let wishes = Mailbox<[Wish]>()
  private let done = Mailbox<Int>()
  private let caches = ForkSafe<[RobotCache.Kind: RobotCache.Facts]>([:])

  /// Waits until the robot has done it; the bytes that it freed.
  func ask(_ wish: Wish) -> Int {
    _ = done.take()
    wishes.offer([wish], joining: +)
    guard cs_wait_readable(done.descriptor, RobotDesk.patience) > 0 else { return 0 }
    return done.take() ?? 0
  }

  /// What is wanted now.
  func takeWishes() -> [Wish] { wishes.take() ?? [] }

  /// The robot has done one of them.
  func finish(_ freed: Int) { done.offer(freed) }

  /// What is known of a cache, for whoever asks.
  func facts(_ kind: RobotCache.Kind) -> RobotCache.Facts {
    caches.withLock { $0[kind] } ?? RobotCache.Facts()
  }

  /// The robot tells of a cache.
  func tell(_ kind: RobotCache.Kind, _ facts: RobotCache.Facts) {
    caches.withLock { $0[kind] = facts }
  }
}
