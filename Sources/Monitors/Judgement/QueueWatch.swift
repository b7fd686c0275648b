/// Which part of a program what waits piles up before.
struct QueueWatch: Sendable {
  private struct Part: Sendable {
    var name: Printable
    var quick: Double
    var slow: Double
    var seen = 0
  }

  /// A pile that grows.
  struct Pile: Sendable, Equatable {
    var name: Printable
    var now: Double
    var before: Double
    /// How much more it is now, as a share.
    var growth: Double
  }

  private static let most = 16
  private static let quick = 8.0
  private static let slow = 60.0
  private static let fewest = 20
  private static let least = 3.0

  private var parts: [Part] = []

  /// Takes what parts tell.
  mutating func update(_ components: [ComponentSample], over elapsed: Double) {
    if components.isEmpty { return parts.removeAll() }
    for component in components.prefix(QueueWatch.most) {
      guard let queue = component.queue, queue.isFinite else { continue }
      guard let place = parts.firstIndex(where: { $0.name == component.name }) else {
        if parts.count < QueueWatch.most {
          parts.append(Part(name: component.name, quick: queue, slow: queue))
        }
        continue
      }
      parts[place].seen += 1
      parts[place].quick += (queue - parts[place].quick) * elapsed / (elapsed + QueueWatch.quick)
      parts[place].slow += (queue - parts[place].slow) * elapsed / (elapsed + QueueWatch.slow)
    }
  }

  /// Forgets the past.
  mutating func forget() { parts.removeAll() }

  /// The one that grows most; `nil` where none does.
  var worst: Pile? {
    var worst: Pile?
    for part in parts where part.seen >= QueueWatch.fewest && part.quick >= QueueWatch.least {
      let growth = (part.quick - part.slow) / max(1, part.slow)
      guard growth > worst?.growth ?? 0 else { continue }
      worst = Pile(name: part.name, now: part.quick, before: part.slow, growth: growth)
    }
    return worst
  }
}
