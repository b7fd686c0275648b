/// Hands each tick's snapshots to everyone who asked for them; whoever is slow loses, not the tick.
public struct Hub: Sendable {
  private var consumers: [any Consumer] = []

  /// Starts with nobody listening.
  public init() {}

  /// Adds one who wants every tick.
  public mutating func add(_ consumer: any Consumer) { consumers.append(consumer) }

  /// Offers snapshots to all.
  public func offer(_ snapshots: [Snapshot]) {
    for consumer in consumers { consumer.offer(snapshots) }
  }
}

/// Anyone who reads snapshots: one verb, which returns at once.
public protocol Consumer: Sendable {
  /// Takes note of a tick; must not wait for anything.
  func offer(_ snapshots: [Snapshot])
}

extension Mailbox: Consumer where Value == [Snapshot] {}
