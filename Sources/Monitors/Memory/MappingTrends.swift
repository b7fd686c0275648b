/// The growth of each mapping, over the seldom readings that its budget allows.
struct MappingTrends: Sendable {
  private var trends: [Printable: GrowthTrend] = [:]
  private var lastRead: Moment?
  private var isByAddressSpace = false
  private(set) var mappings: [MappingGrowth] = []

  /// Growth below this is noise of an allocator.
  private static let leastGrowth = 8_000.0
  private static let span = 120.0
  private static let least = 9.0
  private static let leastCount = 3
  private static let spacing = 2.5

  /// Mappings that grow, fastest first.
  var growing: [MappingGrowth] {
    mappings.filter { ($0.growth?.value ?? 0) >= MappingTrends.leastGrowth }
      .sorted { ($0.growth?.value ?? 0) > ($1.growth?.value ?? 0) }
  }

  mutating func forget() { self = MappingTrends() }

  mutating func update(_ sample: MappingsSample) {
    guard lastRead != sample.at else { return }
    // Address space and counted pages are different things, and must not be compared.
    if isByAddressSpace != sample.isByAddressSpace { trends = [:] }
    isByAddressSpace = sample.isByAddressSpace
    lastRead = sample.at
    var kept: [Printable: GrowthTrend] = [:]
    mappings = sample.mappings.map { mapping in
      var trend =
        trends[mapping.name]
        ?? GrowthTrend(
          span: MappingTrends.span, least: MappingTrends.least,
          leastCount: MappingTrends.leastCount, spacing: MappingTrends.spacing)
      trend.add(mapping.owned, at: sample.at)
      kept[mapping.name] = trend
      return MappingGrowth(
        name: mapping.name, owned: mapping.owned, resident: mapping.resident,
        growth: trend.slope)
    }
    trends = kept
  }
}
