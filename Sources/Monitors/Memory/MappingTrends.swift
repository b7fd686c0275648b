/// How fast each mapping grows, from readings that come seldom.
struct MappingTrends: Sendable {
  private struct Entry: Sendable {
    var trend = MappingTrends.trend
    var seen = 0
  }

  private static var trend: GrowthTrend {
    GrowthTrend(window: 90, shortest: 8, most: 90, fewest: 3, longestGap: 600)
  }

  private var entries: [Printable: Entry] = [:]
  private var anonymous = MappingTrends.trend
  private var readAt: Moment?
  private var reading = 0
  /// All mappings of the last reading, largest first.
  private(set) var mappings: [MappingGrowth] = []
  /// Those that grow, fastest first.
  private(set) var growing: [MappingGrowth] = []
  /// Whether there were readings enough to tell growth.
  private(set) var isKnown = false

  /// Slower than this is no growth but the ordinary coming and going.
  private static let slowest = 10_000.0
  /// As a share of what grows altogether.
  private static let leastShare = 0.05
  private static let mostShown = 16
  private static let anonymousPrefix = "[anonymous]"
  private static let pooled: Set<Printable> = ["[anonymous] others", "[anonymous] not counted"]

  /// Takes a reading, unless it was taken already.
  mutating func update(_ sample: MappingsSample) {
    guard sample.at != readAt else { return }
    readAt = sample.at
    reading += 1
    var all: [MappingGrowth] = []
    var anonymousTotal: Int64 = 0
    for mapping in sample.mappings {
      if mapping.name.text.hasPrefix(MappingTrends.anonymousPrefix) {
        anonymousTotal &+= mapping.owned.count
      }
      all.append(grown(mapping, at: sample.at))
    }
    anonymous.update(Double(anonymousTotal), at: sample.at)
    let now = reading
    entries = entries.filter { $0.value.seen == now }
    isKnown = anonymous.slope != nil
    mappings = Array(all.prefix(MappingTrends.mostShown))
    growing = MappingTrends.growing(all, pool: pool(anonymousTotal, all))
  }

  /// Forgets everything.
  mutating func forget() { self = MappingTrends() }

  private mutating func grown(_ mapping: Mapping, at moment: Moment) -> MappingGrowth {
    var growth: BytesPerSecond?
    // What is pooled has other members each time, so its changes mean nothing.
    if !MappingTrends.pooled.contains(mapping.name) {
      var entry = entries[mapping.name] ?? Entry()
      entry.trend.update(Double(mapping.owned.count), at: moment)
      entry.seen = reading
      growth = entry.trend.slope.map(BytesPerSecond.init)
      entries[mapping.name] = entry
    }
    return MappingGrowth(
      name: mapping.name, owned: mapping.owned, resident: mapping.resident, growth: growth)
  }

  /// All anonymous memory as one, which grows even where each piece of it is new.
  private func pool(_ owned: Int64, _ all: [MappingGrowth]) -> MappingGrowth? {
    guard let slope = anonymous.slope else { return nil }
    return MappingGrowth(
      name: "[anonymous]", owned: Bytes(owned), resident: Bytes(owned),
      growth: BytesPerSecond(slope))
  }

  private static func growing(_ all: [MappingGrowth], pool: MappingGrowth?) -> [MappingGrowth] {
    var growing = all.filter { ($0.growth?.value ?? 0) >= slowest }
    if let pool, let total = pool.growth?.value, total >= slowest {
      let named = growing.filter { $0.name.text.hasPrefix(anonymousPrefix) }
      let half = 0.5
      if named.allSatisfy({ ($0.growth?.value ?? 0) < total * half }) {
        growing.removeAll { $0.name.text.hasPrefix(anonymousPrefix) }
        growing.append(pool)
      }
    }
    growing.sort { ($0.growth?.value ?? 0) > ($1.growth?.value ?? 0) }
    let total = growing.reduce(0) { $0 + ($1.growth?.value ?? 0) }
    return Array(growing.filter { ($0.growth?.value ?? 0) >= total * leastShare }.prefix(mostShown))
  }
}
