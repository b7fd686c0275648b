/// Sums the mappings of one or several processes under names a person would use.
struct MappingTable {
  private var entries: [Printable: Mapping] = [:]
  private static let mostEntries = 48
  private var summed: Int64 = 0
  private var counted: Int64 = 0
  private var largestShared: Int64 = 0

  /// How much of the processes' own memory there is when what they share by fork is counted once, as a share of the sum.
  var shareOnce: Double {
    let once = counted &+ largestShared
    return summed > 0 && once > 0 ? min(1, Double(once) / Double(summed)) : 1
  }

  /// Adds a process; memory of its own carries its number where it is not the only one.
  mutating func add(
    _ regions: [MappedRegion], names: inout RegionNames, owner: Int32?
  ) {
    let runs = MappingTable.anonymousRuns(regions)
    let labels = names.labels(for: runs.map { ($0.start, $0.end) })
    let suffix: Printable = owner.map { " of \(String($0))" } ?? ""
    for (run, label) in zip(runs, labels) {
      add(run, named: "[anonymous] \(String(label, radix: 16))\(suffix)")
    }
    for region in regions where region.kind != .anonymous && region.kind != .kernel {
      switch region.kind {
      case .heap: add(region, named: "[heap]\(suffix)")
      case .stack: add(region, named: "[stack]\(suffix)")
      case .named: add(region, named: "\(region.path)\(suffix)")
      default: add(region, named: MappingTable.name(region))
      }
    }
    settle()
    countOnce(regions)
  }

  private mutating func countOnce(_ regions: [MappedRegion]) {
    var shared: Int64 = 0
    for region in regions where region.kind != .sharedMemory && region.kind != .kernel {
      summed &+= region.owned
      if let other = region.sharedByFork {
        counted &+= region.owned &- other
        shared &+= other
      } else {
        counted &+= region.ownedShare
      }
    }
    largestShared = max(largestShared, shared)
  }

  /// Memory that could not be told apart in the time there was.
  mutating func addUncounted(_ bytes: Int64) {
    guard bytes > 0 else { return }
    entries["[anonymous] not counted", default: Mapping(name: "[anonymous] not counted")].add(
      Mapping(name: "", resident: Bytes(bytes), owned: Bytes(bytes)))
  }

  /// Largest first; the many small ones in one.
  var mappings: [Mapping] {
    let sorted = entries.values.sorted {
      ($1.owned, $1.resident, $0.name) < ($0.owned, $0.resident, $1.name)
    }
    guard sorted.count > MappingTable.mostEntries else { return sorted }
    var others = Mapping(name: "[anonymous] others")
    var files = Mapping(name: "other files")
    files.isFile = true
    for mapping in sorted[MappingTable.mostEntries...] {
      if mapping.isFile { files.add(mapping) } else { others.add(mapping) }
    }
    return sorted[..<MappingTable.mostEntries] + [others, files].filter { $0.resident > .zero }
  }

  private var shared: [Printable: Mapping] = [:]

  private mutating func add(_ region: MappedRegion, named name: Printable) {
    var mapping = Mapping(name: name)
    mapping.resident = Bytes(region.resident)
    mapping.proportional = Bytes(region.proportional)
    let isShared = region.kind == .file && region.sharedByFork == nil && region.proportional > 0
    mapping.owned = Bytes(isShared ? region.ownedShare : region.owned)
    mapping.isFile = region.kind == .file
    if region.kind == .sharedMemory || region.kind == .file {
      shared[name, default: Mapping(name: name)].add(mapping)
      shared[name]?.isFile = mapping.isFile
    } else {
      entries[name, default: Mapping(name: name)].add(mapping)
    }
  }

  /// Memory that several processes share is there once: the one that maps most of it tells how much.
  private mutating func settle() {
    for (name, mapping) in shared {
      guard let known = entries[name] else {
        entries[name] = mapping
        continue
      }
      entries[name]?.resident = max(known.resident, mapping.resident)
      entries[name]?.owned =
        mapping.isFile ? known.owned + mapping.owned : max(known.owned, mapping.owned)
      entries[name]?.proportional = known.proportional + mapping.proportional
    }
    shared.removeAll(keepingCapacity: true)
  }

  private static func name(_ region: MappedRegion) -> Printable {
    region.path.text.hasPrefix("/dev/zero") ? "[shared anonymous]" : region.path
  }

  /// Neighbours without a gap are one stretch, however many requests it took.
  private static func anonymousRuns(_ regions: [MappedRegion]) -> [MappedRegion] {
    var runs: [MappedRegion] = []
    for region in regions where region.kind == .anonymous && region.isAccessible {
      guard let last = runs.last, last.end == region.start else {
        runs.append(region)
        continue
      }
      runs[runs.count - 1].end = region.end
      runs[runs.count - 1].resident &+= region.resident
      runs[runs.count - 1].proportional &+= region.proportional
      runs[runs.count - 1].anonymous &+= region.anonymous
      runs[runs.count - 1].swapped &+= region.swapped
    }
    return runs
  }
}

extension Mapping {
  fileprivate init(name: Printable, resident: Bytes, owned: Bytes) {
    self.init(name: name)
    self.resident = resident
    self.owned = owned
  }

  fileprivate mutating func add(_ other: Mapping) {
    resident = resident + other.resident
    proportional = proportional + other.proportional
    owned = owned + other.owned
  }
}
