public import Monitors

/// A series of which is known whether and where its level changes.
public struct LabelledSeries: Sendable {
  /// What is known of a change.
  public struct Change: Sendable, Equatable {
    /// The first sample of the new level.
    public var place: Int
    /// Which way.
    public var direction: Shift.Direction
  }

  /// What it is called.
  public var name: String
  /// What kind it is of.
  public var kind: String
  /// Its change; `nil` where there is none.
  public var change: Change?
  /// Its samples.
  public var values: [Double]

  /// Makes one.
  public init(name: String, kind: String, change: Change?, values: [Double]) {
    self.name = name
    self.kind = kind
    self.change = change
    self.values = values
  }

  /// Thirty series with labels, in a file of this tree: steps and drifts, and what is neither.
  public static func recorded() -> [LabelledSeries] {
    SourceTree.text("Tests/Fixtures/series/latency.txt").split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard line.first != "#", words.count > 4 else { return nil }
      let direction = Shift.Direction(rawValue: String(words[3]))
      let change = direction.flatMap { direction in
        Int(words[2]).map { Change(place: $0, direction: direction) }
      }
      return LabelledSeries(
        name: String(words[0]), kind: String(words[1]), change: change,
        values: words[4...].compactMap { Double($0) })
    }
  }
}

/// How well changes are found: the first one that is told of each series counts.
public struct ShiftScore: Sendable {
  /// Found at or after the change.
  public private(set) var found = 0
  /// Told where there was none, or before it.
  public private(set) var wrong = 0
  /// Not found.
  public private(set) var missed = 0
  /// Found, but told the other way.
  public private(set) var turned = 0
  /// The names of those that were missed or told wrongly.
  public private(set) var failures: [String] = []
  private var errors: [Double] = []
  private var delays: [Double] = []

  /// Nothing yet.
  public init() {}

  /// Runs all of them.
  public init(_ series: [LabelledSeries]) {
    for one in series { run(one) }
  }

  /// Runs one.
  public mutating func run(_ series: LabelledSeries) {
    var detector = ShiftDetector()
    var first: Shift?
    for value in series.values {
      if let shift = detector.update(value), first == nil { first = shift }
    }
    add(first, to: series)
  }

  private mutating func add(_ shift: Shift?, to series: LabelledSeries) {
    if let shift, let change = series.change, shift.detectedAt >= change.place {
      found += 1
      if shift.direction != change.direction { turned += 1 }
      errors.append(
        Double(abs(shift.changedAt - change.place)) / Double(max(1, series.values.count)))
      delays.append(Double(shift.detectedAt - change.place))
      return
    }
    if shift != nil { wrong += 1 }
    if series.change != nil { missed += 1 }
    if shift != nil || series.change != nil { failures.append(series.name) }
  }

  /// Share of what was told that is true.
  public var precision: Double { Double(found) / Double(max(1, found + wrong)) }
  /// Share of what is there that was told.
  public var recall: Double { Double(found) / Double(max(1, found + missed)) }
  /// How far off the place is, as a share of the series; the middle of all.
  public var misplacement: Double { ShiftScore.middle(errors) }
  /// Samples after the change until it was told; the middle of all.
  public var delay: Double { ShiftScore.middle(delays) }

  private static func middle(_ values: [Double]) -> Double {
    values.isEmpty ? 0 : values.sorted()[values.count / 2]
  }
}
