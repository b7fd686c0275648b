import Monitors

/// A cache of the demo's robot: it holds memory, fills as it is used, and is found in more often the fuller it is.
struct RobotCache {
  /// Which one.
  enum Kind: String, CaseIterable, Sendable {
    case tiles = "map_tiles"
    case episodes

    fileprivate var size: Int { self == .tiles ? 10_000_000 : 6_000_000 }
    fileprivate var entry: Int { self == .tiles ? 40_000 : 120_000 }
  }

  /// What a viewer is told.
  struct Facts: Sendable, Equatable {
    var bytes = 0
    var entries = 0
    var hits: UInt64 = 0
    var misses: UInt64 = 0
  }

  private static let lookupsPerSecond = 40.0

  let kind: Kind
  private let memory: AnonymousMemory?
  private var owed = 0.0
  private(set) var facts = Facts()

  init(_ kind: Kind) {
    self.kind = kind
    memory = AnonymousMemory(size: kind.size, name: "\(kind.rawValue) cache")
  }

  /// Looks things up for a while; what was not there is kept from then on.
  mutating func step(seconds: Double) {
    owed += RobotCache.lookupsPerSecond * seconds
    guard owed >= 1, let memory else { return }
    let lookups = owed.rounded(.down)
    owed -= lookups
    let found = (lookups * Double(memory.touched) / Double(kind.size)).rounded()
    facts.hits += UInt64(found)
    facts.misses += UInt64(lookups - found)
    memory.touch(Int(lookups - found) * kind.entry)
    note()
  }

  /// Gives everything back; how many bytes that was.
  mutating func empty() -> Int {
    let freed = memory?.touched ?? 0
    memory?.release()
    note()
    return freed
  }

  private mutating func note() {
    facts.bytes = memory?.touched ?? 0
    facts.entries = facts.bytes / kind.entry
  }
}
