import Monitors

extension PaneContent {
  /// How well the target is: the score and what it lost points for, what holds it back, what runs out, where values go.
  init(judgementOf snapshot: Snapshot, _ keymap: Keymap) {
    let reading = snapshot.judgement
    self.init(headline: Label(reading.headline))
    figures = PaneContent.figures(reading)
    lines =
      (reading.main.map { PaneContent.first($0, keymap) } ?? []) + PaneContent.soonest(reading)
    sections = [
      PaneContent.losses(reading), PaneContent.bottlenecks(reading, keymap),
      PaneContent.pressures(reading), PaneContent.forecasts(reading),
      PaneContent.components(reading),
      PaneContent.trends(reading), PaneContent.unknown(reading),
    ].compactMap(\.self)
  }

  private static func figures(_ reading: JudgementReading) -> [Figure] {
    [
      Figure("score", score(reading)), Figure("machine", level(reading.machine)),
      Figure("target", level(reading.target)),
    ]
  }

  private static func score(_ reading: JudgementReading) -> Label {
    reading.score.value.map { Label("\($0) of 100", Severity(score: $0).role) } ?? .notYet
  }

  private static func level(_ pressure: Pressure?) -> Label {
    guard let pressure else { return .notYet }
    let level = pressure.level.rawValue
    return Label(pressure.level == .none ? "calm" : "\(level)", Severity(pressure.level).role)
  }

  /// What helps soonest, where one thing holds it back.
  private static func first(_ bottleneck: Bottleneck, _ keymap: Keymap) -> [Label] {
    bottleneck.advice.first.map { [Label($0.line(keymap), .severity(.info))] } ?? []
  }

  private static func soonest(_ reading: JudgementReading) -> [Label] {
    // What is urgent stands in the headline.
    guard reading.urgent == nil || reading.absence != nil else { return [] }
    return reading.nearest.map { [Label($0.words, .severity(.warning))] } ?? []
  }

  /// What presses, where anything does.
  private static func pressures(_ reading: JudgementReading) -> Section? {
    let both: [(name: Printable, pressure: Pressure?)] = [
      ("machine", reading.machine), ("target", reading.target),
    ]
    let rows = both.compactMap { name, pressure -> Table.Row? in
      guard let pressure, pressure.level > .none else { return nil }
      return Table.Row([
        Label(name), Label(pressure.words, Severity(pressure.level).role), Label(pressure.cause),
      ])
    }
    guard !rows.isEmpty else { return nil }
    return Section(
      title: "Pressure",
      table: Table(
        columns: [.init("on", 8), .init("level", 18), .init("by", 20, flexible: true)],
        rows: rows))
  }

  private static func losses(_ reading: JudgementReading) -> Section? {
    guard let value = reading.score.value, value < 100 else { return nil }
    return Section(
      title: "Points lost",
      table: Table(
        columns: [.init("points", 6, right: true), .init("why", 24, flexible: true)],
        rows: reading.score.losses.map { loss in
          Table.Row([Label("-\(loss.points)"), Label(loss.why)])
        }))
  }

  private static func bottlenecks(_ reading: JudgementReading, _ keymap: Keymap) -> Section? {
    guard !reading.bottlenecks.isEmpty else { return nil }
    let rows = reading.bottlenecks.flatMap { bottleneck in
      [row(bottleneck)]
        + bottleneck.advice.map { advice in
          Table.Row([Label(""), Label(""), Label(""), Label(advice.line(keymap), .dim)])
        }
    }
    return Section(
      title: "What holds it back",
      table: Table(
        columns: [
          .init("what", 11), .init("score", 5, right: true), .init("sure", 5, rank: 1, right: true),
          .init("evidence, and what helps", 24, flexible: true),
        ], rows: rows))
  }

  private static func row(_ bottleneck: Bottleneck) -> Table.Row {
    let place: Printable = bottleneck.component.isEmpty ? "" : "\(bottleneck.component): "
    return Table.Row([
      Label(bottleneck.kind.title, bottleneck.severity.role, bottleneck.isMain ? .bold : []),
      Label("\(Int(bottleneck.score))"), Label("\(Int(bottleneck.confidence * 100)) %", .dim),
      Label("\(place)\(bottleneck.evidence.words)"),
    ])
  }

  private static let widestResource = 26

  private static func forecasts(_ reading: JudgementReading) -> Section? {
    guard !reading.forecasts.isEmpty else { return nil }
    let longest = reading.forecasts.map(\.resource.text.count).max() ?? 0
    return Section(
      title: "What runs out",
      table: Table(
        columns: [
          .init("what", min(widestResource, max(16, longest))), .init("when", 24, flexible: true),
        ],
        rows: reading.forecasts.map { forecast in
          let when =
            switch forecast.outlook {
            case .failing(let span):
              Label(
                "\(forecast.failing(in: span.words))\(forecast.limitWords)",
                forecast.hasRunOut ? .severity(.critical) : .text)
            case .steady: Label("steady", .dim)
            case .unknown(let absence): Label(absence.sentence, .dim)
            }
          return Table.Row([Label(forecast.resource), when])
        }))
  }

  private static func components(_ reading: JudgementReading) -> Section? {
    guard !reading.components.isEmpty else { return nil }
    let share = { (ratio: Ratio?) in ratio.map { Label($0.text) } ?? Label("not yet", .dim) }
    return Section(
      title: "Efficiency of components",
      table: Table(
        columns: [
          .init("component", 16, flexible: true), .init("priority", 8, rank: 1, right: true),
          .init("frames", 8, rank: 2, right: true),
          .init("for its CPU", 11, rank: 3, right: true), .init("efficiency", 10, right: true),
        ],
        rows: reading.components.map { part in
          Table.Row([
            Label(part.name), Label("\(part.priority)"), share(part.frames), share(part.work),
            share(part.share),
          ])
        }))
  }

  private static func trends(_ reading: JudgementReading) -> Section? {
    let known = reading.trends.filter { $0.direction != .unknown }
    guard !known.isEmpty else { return nil }
    let moving = known.filter { $0.direction != .steady }
    let steady = known.filter { $0.direction == .steady }.map(\.value.title.text)
    var rows = moving.map { trend in
      Table.Row([
        Label(trend.value.title), Label(trend.words),
        Label("\(Units.fixed(trend.strength * 100, digits: 0)) %", .dim),
      ])
    }
    if !steady.isEmpty {
      rows.append(
        Table.Row([
          Label("steady", .dim), Label(Printable(steady.joined(separator: ", ")), .dim), Label(""),
        ]))
    }
    return Section(
      title: "Where values go",
      table: Table(
        columns: [
          .init("value", 20), .init("trend", 20, flexible: true),
          .init("even", 5, rank: 1, right: true),
        ], rows: rows))
  }

  private static func unknown(_ reading: JudgementReading) -> Section? {
    guard !reading.score.unknown.isEmpty, reading.score.value != nil else { return nil }
    let names = reading.score.unknown.map(\.text).joined(separator: ", ")
    return Section("Not known, and no points lost", lines: [Label(Printable(names), .dim)])
  }
}

extension Pressure {
  /// `no pressure`, `high pressure`
  var words: Printable {
    level == .none ? "no pressure" : "\(level.rawValue) pressure"
  }
}

extension Severity {
  /// How bad a score is.
  init(score: Int) { self = score < 50 ? .warning : score < 75 ? .info : .ok }

  /// How bad a level of pressure is.
  init(_ level: PressureLevel) {
    self =
      switch level {
      case .none, .low: .ok
      case .moderate: .info
      case .high: .warning
      case .critical: .critical
      }
  }
}

extension Advice {
  /// What does it, by the keys that are bound.
  func line(_ keymap: Keymap) -> Printable {
    action.map { "\(keymap.name(of: $0)): \(words)" } ?? words
  }

  private var action: Action? {
    switch means {
    case .action(.collect): .collect
    case .action(.evict): .evict
    case .action(.batch): .applyBatch
    case .action(.quality): .qualityDown
    case .action(.signal), .action(.nice), .action(.affinity): .signal
    case .pane(let word): Action(focusing: word)
    case .operations: .operations
    case nil: nil
    }
  }
}
