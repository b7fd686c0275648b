extension Forecast {
  /// When memory runs out, as its own reading forecasts; `nil` where it says nothing.
  init?(memory: MemoryReading) { return nil }
}

extension MemoryReading {
  /// How sure it is that there is a leak; `nil` where nobody can say.
  var leakConfidence: Double? { nil }
}

extension OperationsReading {
  /// By which share the worst of them has become slower for good; `nil` where nobody can say.
  var regression: Double? { nil }
}
