import Monitors

/// Batching: what the target's batches do and which size would do more, or what is missing before that can be said.
struct BatchingPane: Pane {
  static let word = Word.batching
  let reading: BatchingReading
  let context: PaneContext

  var severity: Severity { reading.severity }

  var brief: [Printable] {
    guard let current = reading.current, context.noTarget == nil else {
      return [context.noTarget ?? reading.lacks ?? reading.headline]
    }
    return ["size \(current)"] + (reading.throughput.map { [Label.perSecond($0).text] } ?? [])
      + (better.map { ["\($0)"] } ?? [])
  }

  var content: PaneContent {
    if let reason = context.noTarget, reading.history.last == nil {
      return PaneContent(noTarget: reason, graphs: [graph])
    }
    let headline = reading.headline.isEmpty ? reading.lacks ?? "" : reading.headline
    return PaneContent(
      headline: .headline(headline, severity), figures: figures, lines: lines, meters: meters,
      table: context.isZoomed || reading.sizes.count < 2 ? nil : table,
      tableAnchor: reading.sizes.firstIndex { $0.size == reading.current },
      graphs: context.isZoomed && reading.current != nil ? [graph, sizes] : [graph],
      sections: context.isZoomed ? sections : [])
  }

  /// The suggested size where that is another one.
  private var better: Int? {
    reading.suggested.flatMap { $0 == reading.current ? nil : $0 }
  }

  private var figures: [Figure] {
    guard reading.lacks == nil else {
      return reading.suggested.map { [Figure("suggests", "\($0)")] } ?? []
    }
    let suggested = reading.suggested.map {
      Label("\($0)", better == nil ? .text : .severity(.info))
    }
    return [
      Figure("size", reading.current.map { Label("\($0)") } ?? .notYet),
      Figure(reading.isTrial ? "try" : "suggests", suggested ?? Label("none", .dim)),
      Figure("items", reading.throughput.map { Label.perSecond($0) } ?? Label("idle", .dim)),
      Figure("succeed", reading.successRate.map { Label($0.text) } ?? Label("idle", .dim)),
      Figure("a batch", reading.memory.map { Label($0.text) } ?? Label("not told", .dim)),
      Figure("gain", reading.gain.map { Label(BatchingPane.signed($0)) } ?? Label("none", .dim)),
    ] + (context.isZoomed ? more : [])
  }

  private var more: [Figure] {
    [
      Figure("batches", "\(reading.batches)"),
      Figure("own size", reading.asked.map { Label("\($0.usual)") } ?? Label("not told", .dim)),
      Figure(
        "applied", reading.asked?.applied.map { Label("\($0)") } ?? Label("none", .dim)),
    ]
  }

  private var lines: [Label] {
    let lacks = reading.lacks.map { [Label($0)] } ?? []
    let isSaid = reading.headline.isEmpty || reading.lacks == reading.headline
    let why = reading.reason.isEmpty || reading.reason == reading.headline ? [] : [reading.reason]
    let cost =
      reading.cost.isEmpty || !context.isZoomed ? [] : ["costs: \(reading.cost)" as Printable]
    return (isSaid ? [] : lacks) + why.map { Label($0) } + cost.map { Label($0, .dim) }
      + reading.advice.map { Label($0, .dim) }
  }

  /// What a batch brings memory to, of what there is.
  private var meters: [PaneContent.Meter] {
    guard let share = reading.memoryShare, let limit = reading.memoryLimit else { return [] }
    return [
      .init(
        name: "memory", share: .fresh(share.value), value: share.text, detail: "of \(limit.text)",
        gradient: .memory)
    ]
  }

  private var table: Table {
    let best = reading.sizes.map(\.throughput).max() ?? 0
    return Table(
      columns: [
        .init("size run", 8, right: true), .init("items", 10, right: true),
        .init("of best", 7, rank: 1, right: true), .init("memory", 9, rank: 2, right: true),
        .init("", 9, flexible: true),
      ],
      rows: reading.sizes.map { size in
        let isNow = size.size == reading.current
        let isNext = size.size == better
        return Table.Row(
          [
            Label("\(size.size)"), .perSecond(size.throughput),
            Label(best > 0 ? Ratio(size.throughput / best).text : ""),
            Label(size.memory?.text ?? ""),
            Label(isNow ? "runs now" : isNext ? "suggested" : "", .dim),
          ], emphasis: isNow ? .bold : [])
      })
  }

  private var graph: Graph {
    Graph(
      series: reading.history, unit: .perSecond, gradient: .process,
      scale: .fromZero(atLeast: 1), name: context.isZoomed && reading.current != nil ? "items" : "")
  }

  private var sizes: Graph {
    Graph(
      series: reading.sizeHistory, unit: .count, gradient: .process, scale: .fromZero(atLeast: 1),
      name: "size")
  }

  private var sections: [PaneContent.Section] {
    let tried =
      reading.sizes.isEmpty ? [] : [PaneContent.Section(title: "Sizes", table: table)]
    let how =
      reading.current == nil
      ? []
      : [
        PaneContent.Section(
          "What the figures mean",
          lines: [
            "items: a second of work, over the batches of the last minute",
            "succeed: share of the batches of the last ten minutes",
            "suggested is the smallest size within 3 % of the best one known",
          ].map { Label($0, .dim) })
      ]
    return tried + how
      + [PaneContent.Section(marks: context.marks, now: context.now)].compactMap { $0 }
  }

  private static func signed(_ change: Ratio) -> Printable {
    change.percent >= 0.5 ? "+\(change.text)" : change.text
  }
}
