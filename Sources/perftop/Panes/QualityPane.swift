import Monitors

/// Quality: the level that the machine can carry, and what speaks against more.
struct QualityPane: Pane {
  static let word = Word.quality
  let reading: QualityReading
  let context: PaneContext

  var severity: Severity { reading.severity }

  var brief: [Printable] {
    let level = reading.level?.title ?? reading.suggested.map { "suggests \($0.title)" }
    let pressure = reading.pressure.map { "pressure \(QualityPane.percent($0))" as Printable }
    return [level ?? reading.headline] + (pressure.map { [$0] } ?? [])
  }

  var content: PaneContent {
    PaneContent(
      headline: .headline(reading.headline, severity), figures: figures, lines: lines,
      meters: meters, table: context.isZoomed || reading.components.isEmpty ? nil : components,
      graphs: context.isZoomed ? [graph, levels] : [graph],
      sections: context.isZoomed ? sections : [])
  }

  private var figures: [Figure] {
    let isLinked = reading.level != nil
    let silent: Printable = reading.linkTrouble == nil ? "not linked" : "not told"
    let none: Label = Label(reading.isLinked ? "it has none" : silent, .dim)
    let known = [
      Figure("level", reading.level.map { Label($0.title) } ?? none),
      isLinked
        ? Figure("decides", reading.mode == .manual ? "operator" : "pressure")
        : Figure("suggests", reading.suggested.map { Label($0.title) } ?? .notYet),
      Figure("pressure", reading.pressure.map { Label(QualityPane.percent($0)) } ?? .notYet),
    ]
    let mode = context.isZoomed && !isLinked ? [Figure("decides", "\(reading.mode.rawValue)")] : []
    guard let settings = reading.settings else { return known + mode }
    return known + mode + [
      Figure("scale", QualityPane.percent(settings.resolutionScale)),
      Figure("compress", Printable(Units.fixed(settings.compressionQuality, digits: 0) + " %")),
      Figure("skip", "\(settings.frameSkip) of \(settings.frameSkip &+ 1)"),
    ] + (context.isZoomed ? [region(settings)] : [])
  }

  private func region(_ settings: QualitySettings) -> Figure {
    Figure("works on", settings.regionOfInterest ? "a region" : "all of it")
  }

  private var lines: [Label] {
    let trouble = reading.linkTrouble.map { [Label($0, .severity(.warning))] } ?? []
    let reason =
      reading.reason.isEmpty || reading.reason == reading.headline
      ? trouble : trouble + [Label(reading.reason, .dim)]
    guard !context.isZoomed, let last = reading.changes.last else { return reason }
    return reason + [Label(last.words, .dim)]
  }

  private var components: Table {
    Table(
      columns: [
        .init("part", 10, flexible: true), .init("", 2, rank: 2, right: true),
        .init("level", 10), .init("fps", 6, right: true),
        .init("of best", 7, rank: 1, right: true), .init("takes", 7, rank: 3, right: true),
        .init("queue", 5, rank: 4, right: true),
      ],
      rows: reading.components.map { part in
        Table.Row([
          Label(part.name), Label("\(part.priority)", .dim), Label(part.level.title),
          Label(part.framesPerSecond.map { Printable(Units.fixed($0, digits: 1)) } ?? ""),
          Label(part.efficiency?.text ?? ""),
          Label(
            part.latency.map { Printable(Units.fixed($0 * 1000, digits: 0) + " ms") } ?? ""),
          Label(part.queue.map { Printable(Units.fixed($0, digits: 0)) } ?? ""),
        ])
      })
  }

  private var meters: [PaneContent.Meter] {
    reading.terms.map { term in
      let value = term.value.value.map { QualityPane.percent($0) } ?? ""
      return .init(name: name(term), share: term.value, value: value, gradient: .cpu)
    }
  }

  private func name(_ term: PressureTerm) -> Printable {
    context.isSimulated && term.name == "temperature" ? "temperature (simulated)" : term.name
  }

  private var graph: Graph {
    Graph(
      series: reading.history, unit: .share, gradient: .cpu, scale: .fromZero(atLeast: 1), full: 1,
      name: context.isZoomed ? "pressure" : "")
  }

  private var levels: Graph {
    let highest = Double(QualityLevel.allCases.count - 1)
    return Graph(
      series: reading.levelHistory, unit: .count, gradient: .process,
      scale: .fromZero(atLeast: highest), name: "level")
  }

  private var sections: [PaneContent.Section] {
    let levels = QualityLevel.allCases.reversed().map { level in
      let isNow = level == reading.level
      let isSuggested = level == reading.suggested
      let words: Printable = isNow ? "in use" : isSuggested ? "suggested" : ""
      return Table.Row([Label(level.title, isNow || isSuggested ? .text : .dim), Label(words)])
    }
    let table = Table(columns: [.init("", 12), .init("", 20, flexible: true)], rows: levels)
    let parts =
      reading.components.isEmpty
      ? nil : PaneContent.Section(title: "Parts, those that matter most first", table: components)
    let missing = reading.terms.map { (name: name($0), absence: $0.value.absence) }
    return [
      changes, parts, .init(title: "Levels", table: table), .init(missing: missing),
      .init(marks: context.marks, now: context.now),
    ].compactMap { $0 }
  }

  /// What each change achieved, newest first.
  private var changes: PaneContent.Section? {
    guard !reading.changes.isEmpty else { return nil }
    let rows = reading.changes.reversed().map { change in
      Table.Row([
        Label(.age(seconds: context.now.seconds(since: change.at)), .dim), Label(change.words),
      ])
    }
    let columns: [Table.Column] = [
      .init("ago", 10, right: true), .init("what it achieved", 20, flexible: true),
    ]
    return .init(title: "Changes of the level", table: Table(columns: columns, rows: rows))
  }

  private static func percent(_ share: Double) -> Printable { Ratio(share).text }
}
