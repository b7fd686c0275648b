/// The course of what an alert is about, from its beginning until now, in few values.
public struct AlertTrace: Sendable, Equatable {
  private static let most = 60

  /// The values, each the worst of the ticks that it stands for.
  public private(set) var values: [Float] = []
  /// When the first tick was.
  public private(set) var began: Moment?
  /// When the last one was.
  public private(set) var last: Moment?
  /// How many ticks a value stands for.
  private var step = 1
  /// Ticks in the newest value.
  private var filled = 0

  /// Knows of nothing.
  public init() {}

  /// Takes a tick's value; `isWorse` says which of two stands for both.
  mutating func append(_ value: Double, at now: Moment, isWorse: (Double, Double) -> Bool) {
    guard value.isFinite else { return }
    if began == nil { began = now }
    last = now
    if filled > 0, filled < step, let newest = values.last {
      if isWorse(value, Double(newest)) { values[values.count - 1] = Float(value) }
      filled += 1
      return
    }
    if values.count == AlertTrace.most { thin(isWorse) }
    values.append(Float(value))
    filled = 1
  }

  private mutating func thin(_ isWorse: (Double, Double) -> Bool) {
    values = stride(from: 0, to: values.count - 1, by: 2).map { place in
      let (one, other) = (values[place], values[place + 1])
      return isWorse(Double(one), Double(other)) ? one : other
    }
    step *= 2
  }

  /// The place of the value that a moment fell into; `nil` where it lies outside.
  public func place(of moment: Moment) -> Int? {
    guard let began, let last, !values.isEmpty, moment >= began, moment <= last else { return nil }
    let whole = last.seconds(since: began)
    guard whole > 0 else { return 0 }
    let share = moment.seconds(since: began) / whole
    return min(values.count - 1, Int(share * Double(values.count)))
  }
}
