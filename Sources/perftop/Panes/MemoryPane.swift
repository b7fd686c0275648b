import Monitors

/// Memory: what it owns, how that grows, and what is left.
struct MemoryPane: Pane {
  static let word = Word.memory
  let reading: MemoryReading
  let context: PaneContext

  var severity: Severity { reading.severity }

  var brief: [Printable] {
    if let reason = context.noTarget { return [reason] }
    let owned = reading.owned.value?.text ?? reading.resident.value?.text
    guard let owned else { return [reading.owned.absence?.sentence ?? ""] }
    return [owned, reading.growth.value?.perMinuteText ?? "growth not known yet"]
  }

  var content: PaneContent {
    if let reason = context.noTarget, reading.owned.value == nil, reading.resident.value == nil {
      return PaneContent(noTarget: reason, graphs: graphs)
    }
    return PaneContent(
      headline: .headline(reading.headline, severity), figures: figures, lines: lines,
      meters: meters, table: growing, graphs: graphs, sections: context.isZoomed ? sections : [])
  }

  private var figures: [Figure] {
    [
      Figure("owned", reading.owned, \.text),
      Figure("grows", reading.growth, \.perMinuteText),
      Figure("rss", reading.resident, \.text),
      Figure("pss", reading.proportional, \.text),
      Figure("left", left),
      Figure("swapped", reading.swapped, \.text),
      Figure("anon", reading.anonymous, \.text),
      Figure("file", reading.file, \.text),
      Figure("shared", reading.shared, \.text),
    ] + (context.isZoomed ? rare : [])
  }

  private var rare: [Figure] {
    [
      Figure("disk faults", reading.majorFaults.map { Label.perSecond($0) } ?? .notYet),
      Figure(
        "OOM kills", "\(reading.oomKills)", reading.oomKills > 0 ? .severity(.critical) : .text),
      Figure("processes", processes),
    ]
  }

  private var processes: Printable {
    let leftOut = reading.processesLeftOut
    return leftOut == 0
      ? "\(reading.processes)" : "\(reading.processes) of \(reading.processes + leftOut)"
  }

  private var left: Label {
    reading.left.map { Label($0.text) }
      ?? Label(reading.limit == nil ? "no limit" : "not yet", .dim)
  }

  /// Kills leave no trace elsewhere, so they are never a matter of room.
  private var lines: [Label] {
    let kills = reading.oomKills
    let killed =
      kills > 0 ? [Label("killed for want of memory: \(kills)", .severity(.critical))] : []
    let counted = [
      reading.descriptorLeak.words(of: "descriptors"), reading.threadLeak.words(of: "threads"),
    ].compactMap { $0 }
    return killed + counted.map { Label($0, .severity(.warning)) }
  }

  private var meters: [PaneContent.Meter] {
    guard let limit = reading.limit else { return [] }
    let share = reading.used.map { Measured.fresh($0.value) } ?? .missing(.notYet)
    let used = reading.used.map { "\($0.text) of " } ?? ""
    let ratio = context.isZoomed ? reading.used.map { "\($0.text), " } ?? "" : ""
    return [
      .init(
        name: "limit", share: share, value: "\(used)\(limit.bytes.text)",
        detail: "(\(ratio)\(limit.origin))", gradient: .memory)
    ]
  }

  private var graphs: [Graph] {
    [
      Graph(
        series: reading.history, unit: .bytes, gradient: .memory,
        scale: .fitted(atLeast: 1_000_000), full: reading.limit.map { Double($0.bytes.count) })
    ]
  }

  /// The mappings that grow; where none does, the largest.
  private var growing: Table? {
    let rows = reading.growing.isEmpty ? reading.mappings : reading.growing
    guard !rows.isEmpty else {
      guard let absence = reading.mappingsRead.absence, absence != .notYet else { return nil }
      return Table(
        columns: [.init("", 10, flexible: true)],
        rows: [Table.Row([Label("mappings: \(absence.sentence)", .dim)])])
    }
    return MemoryPane.table(rows.prefix(8), heading: "mapping\(age)")
  }

  /// Mappings are read seldom: what is beside them may be of another time.
  private var age: Printable {
    let worthSaying = 10.0
    guard let read = reading.mappingsRead.value,
      context.now.seconds(since: read) >= worthSaying
    else { return "" }
    return ", \(Printable.age(seconds: context.now.seconds(since: read))) ago"
  }

  private static func table(
    _ mappings: some Collection<MappingGrowth>, heading: Printable = "mapping"
  ) -> Table {
    Table(
      columns: [
        .init(heading, 12, flexible: true), .init("resident", 8, rank: 1, right: true),
        .init("owned", 8, right: true), .init("growth", 12, right: true),
      ],
      rows: mappings.map { mapping in
        let growth = mapping.growth
        let role: Role = (growth?.value ?? 0) > 0 ? .text : .dim
        return Table.Row([
          Label(mapping.name), Label(mapping.resident.text), Label(mapping.owned.text),
          Label(growth?.perMinuteText ?? "not yet", role),
        ])
      })
  }

  private var sections: [PaneContent.Section] {
    var sections: [PaneContent.Section] = []
    let read = reading.mappingsRead.value.map { moment -> Printable in
      let age = Printable.age(seconds: context.now.seconds(since: moment))
      return age == "now" ? ", read just now" : ", read \(age) ago"
    }
    if reading.owned.value != nil { sections.append(leak) }
    if !reading.growing.isEmpty {
      sections.append(.init(title: "Growing", table: MemoryPane.table(reading.growing)))
    }
    if !reading.mappings.isEmpty {
      sections.append(
        .init(title: "Mappings\(read ?? "")", table: MemoryPane.table(reading.mappings)))
    }
    return sections
      + [.init(missing: missing), .init(marks: context.marks, now: context.now)].compactMap { $0 }
  }

  /// The verdict with all that speaks for it.
  private var leak: PaneContent.Section {
    let leak = reading.leak
    var rows: [(Printable, Printable)] = [("verdict", leak.words)]
    for (index, part) in leak.evidence.text.split(separator: ", by ", maxSplits: 1).enumerated() {
      rows.append((index == 0 ? "because" : "", Printable((index == 0 ? "" : "by ") + part)))
    }
    if leak.verdict != .learning {
      rows.append(("sure", "\(Units.fixed(leak.confidence * 100, digits: 0)) %"))
    }
    if let place = leak.place { rows.append(("where", "\(place.name), \(place.share.text) of it")) }
    if let resolved = leak.resolved {
      rows.append(("ended", "a leak did at \(Units.clock(wall: resolved.wall))"))
    }
    rows.append(("forecast", reading.exhaustion.words))
    rows.append(("descriptors", MemoryPane.words(reading.descriptorLeak, "descriptors")))
    rows.append(("threads", MemoryPane.words(reading.threadLeak, "threads")))
    return .init(
      title: "Leak",
      table: Table(
        columns: [.init("", 12), .init("", 20, flexible: true)],
        rows: rows.map { Table.Row([Label($0.0, .dim), Label($0.1)]) }))
  }

  private static func words(_ leak: CountLeak, _ what: Printable) -> Printable {
    leak.words(of: what) ?? (leak.verdict == .learning ? "not enough data" : "no leak")
  }

  private var leftOut: Absence? {
    let (read, leftOut) = (reading.processes, reading.processesLeftOut)
    guard leftOut > 0 else { return nil }
    return .because("\(leftOut) of \(read - 1 + leftOut): too many to read each")
  }

  private var missing: [(name: Printable, absence: Absence?)] {
    [
      ("resident", reading.resident.absence), ("proportional", reading.proportional.absence),
      ("owned", reading.owned.absence), ("growth", reading.growth.absence),
      ("swapped", reading.swapped.absence), ("anonymous", reading.anonymous.absence),
      ("file", reading.file.absence), ("shared", reading.shared.absence),
      ("mappings", reading.mappingsRead.absence),
      ("disk faults", reading.majorFaults == nil ? .notYet : nil),
      ("other children", leftOut), ("heap", reading.heap.absence),
    ]
  }
}
