extension Forecast {
  /// When memory runs out, as its own reading forecasts; `nil` where it says nothing.
  init?(memory: MemoryReading) {
    switch memory.exhaustion {
    case .expected(let expected):
      let span = Span(median: expected.seconds, low: expected.low, high: expected.high)
      self.init(.memory, outlook: .failing(span))
      isSuspected = expected.isSuspected
      limit = expected.limit
    case .steady: self.init(.memory, outlook: .steady)
    case .unknown: self.init(.memory, outlook: .unknown(.notEnough))
    case .unlimited:
      self.init(.memory, outlook: .unknown(.because("it leaks, and no limit could be read")))
    }
  }
}

extension MemoryReading {
  /// How sure it is that there is a leak; `nil` where nobody can say.
  var leakConfidence: Double? {
    switch leak.verdict {
    case .leak: leak.confidence
    case .none: 0
    case .learning: nil
    }
  }
}

extension OperationsReading {
  /// By which share the worst of them has become slower for good; `nil` where nobody can say.
  var regression: Double? {
    absence == nil ? regressions.filter(\.isWorse).map(\.size).max() ?? 0 : nil
  }
}
