import Monitors

/// A series out of a table: numbers at rising places, and what had to be assumed to have them.
struct SeriesReader {
  /// One sample.
  struct Point: Equatable {
    /// Where it lies, the clock put right.
    var place: Double
    /// Where its line says that it lies.
    var written: Double
    var value: Double
  }

  /// Something that was assumed, in the words of one line.
  enum Assumption: Int, CaseIterable {
    case noPlace, noValue, infinite, negative, same, back, set, cut
  }

  private var table: TableReader
  private var order: SeriesOrder
  private let names: (place: String, value: String)
  private var found: [Assumption: (line: Int, count: Int)] = [:]
  /// How many samples were taken.
  private(set) var count = 0

  init(_ lines: LineReader, place: String, value: String, isTime: Bool) throws(TableReader.Failure)
  {
    names = (place, value)
    table = try TableReader(lines, (place, value))
    order = SeriesOrder(isTime: isTime)
  }

  /// The next sample; `nil` at the end.
  mutating func next() throws(TableReader.Failure) -> Point? {
    while let row = try table.next() {
      if let point = try point(row) {
        count += 1
        return point
      }
    }
    return nil
  }

  private mutating func point(_ row: TableReader.Row) throws(TableReader.Failure) -> Point? {
    if row.isCut, row.place == .none, row.value == .none { return assume(.cut, row) }
    for (value, name) in [(row.place, names.place), (row.value, names.value)] where value == .text {
      throw TableReader.Failure(
        line: row.line, what: "\(Printable(name)) is no number: '\(row.text)'")
    }
    guard case .number(let place) = row.place else { return assume(.noPlace, row) }
    guard case .number(let value) = row.value else {
      return assume(row.value == .infinite ? .infinite : .noValue, row)
    }
    guard value >= 0 else { return assume(.negative, row) }
    switch order.take(place) {
    case .taken(let mended): return Point(place: mended, written: place, value: value)
    case .set(let mended):
      _ = assume(.set, row)
      return Point(place: mended, written: place, value: value)
    case .same: return assume(.same, row)
    case .back: return assume(.back, row)
    }
  }

  private mutating func assume(_ assumption: Assumption, _ row: TableReader.Row) -> Point? {
    found[assumption, default: (row.line, 0)].count += 1
    return nil
  }

  /// What was assumed: where for the first time, in which words, and of how many lines.
  var assumptions: [(line: Int, words: Printable)] {
    Assumption.allCases.compactMap { assumption in
      found[assumption].map { ($0.line, words(assumption, $0.count)) }
    }
  }

  private func words(_ assumption: Assumption, _ count: Int) -> Printable {
    let lines = count == 1 ? "" : " (\(count) such lines)"
    let (what, effect) =
      switch assumption {
      case .noPlace: ("no \(names.place)", "line left out")
      case .noValue: ("no \(names.value)", "line left out")
      case .infinite: ("\(names.value) is infinite", "line left out")
      case .negative: ("\(names.value) is below 0", "line left out")
      case .same: ("\(names.place) is the same as before", "line left out")
      case .back: ("\(names.place) goes back", "line left out")
      case .set: ("\(names.place) jumps, as where a clock is set", "taken to go on without a gap")
      case .cut: ("the last line is cut off", "left out")
      }
    return Printable("\(what), \(effect)\(lines)")
  }
}
