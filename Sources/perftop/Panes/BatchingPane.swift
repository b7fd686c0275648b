import Monitors

/// Batching: what the target's batches do, or what is missing before that can be said.
struct BatchingPane: Pane {
  static let word = Word.batching
  let reading: BatchingReading
  let context: PaneContext

  var severity: Severity { reading.severity }

  var brief: [Printable] { [context.noTarget ?? reading.lacks ?? reading.headline] }

  var content: PaneContent {
    if let reason = context.noTarget, reading.history.last == nil {
      return PaneContent(noTarget: reason, graphs: [graph])
    }
    let headline = reading.headline.isEmpty ? reading.lacks ?? "" : reading.headline
    return PaneContent(
      headline: .headline(headline, severity), figures: figures, lines: lines, graphs: [graph],
      sections: context.isZoomed ? sections : [])
  }

  private var figures: [Figure] {
    guard reading.lacks == nil else { return [] }
    return [Figure("items", reading.history.last.map { Label.perSecond($0) } ?? .notYet)]
  }

  private var lines: [Label] {
    let lacks = reading.lacks.map { [Label($0)] } ?? []
    let isSaid = reading.headline.isEmpty || reading.lacks == reading.headline
    return (isSaid ? [] : lacks) + reading.advice.map { Label($0, .dim) }
  }

  private var graph: Graph {
    Graph(
      series: reading.history, unit: .perSecond, gradient: .process,
      scale: .fromZero(atLeast: 1))
  }

  private var sections: [PaneContent.Section] {
    [.init(marks: context.marks, now: context.now)].compactMap { $0 }
  }
}
