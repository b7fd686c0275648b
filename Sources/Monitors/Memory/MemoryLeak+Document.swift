extension MemoryLeak {
  /// Why there is nothing more to say where nothing leaks.
  static let noLeak = Absence.because("nothing leaks")
  /// Why there is no verdict yet.
  static let learning = Absence.because("not enough data: a verdict takes five minutes")

  private var nothing: Absence { verdict == .learning ? MemoryLeak.learning : MemoryLeak.noLeak }

  /// Writes the object `leak`.
  func describe(into document: inout Document) {
    document.set("verdict", .text(verdict.rawValue))
    document.set("slope_bytes_per_s", slope, else: nothing, JSONValue.rate)
    document.set("confidence", verdict == .learning ? nil : confidence, else: nothing) {
      .measure($0)
    }
    document.set("since", since, else: nothing) { .text(Units.timestamp(wall: $0.wall)) }
    document.set("suspected", .bool(isSuspected))
    document.set("mapping", place?.name, else: noPlace) { .printable($0) }
    document.set("kind", place?.kind, else: noPlace) { .text($0.rawValue) }
    document.set("share", place?.share, else: noPlace) { .measure($0.value) }
    document.set("evidence", .printable(evidence))
    document.set("resolved", resolved, else: .because("no leak has ended")) {
      .text(Units.timestamp(wall: $0.wall))
    }
  }

  private var noPlace: Absence {
    slope == nil ? nothing : .because("no single mapping has most of the growth")
  }
}

extension CountLeak {
  /// Writes the objects `descriptor_leak` and `thread_leak`.
  func describe(into document: inout Document) {
    let nothing = verdict == .learning ? MemoryLeak.learning : MemoryLeak.noLeak
    document.set("verdict", .text(verdict.rawValue))
    document.set("per_minute", perMinute, else: nothing) { .measure($0) }
    document.set("since", since, else: nothing) { .text(Units.timestamp(wall: $0.wall)) }
  }
}

extension MemoryExhaustion {
  /// Writes the object `exhaustion`.
  func describe(into document: inout Document, leak: MemoryLeak) {
    let reason: Absence =
      switch self {
      case .unknown: .because("not enough data")
      case .steady: .because("steady")
      case .unlimited: .because("nothing limits it that could be read")
      case .expected: .notYet
      }
    document.set("in_s", expected?.seconds, else: reason) { .measure($0) }
    document.set("low_s", expected?.low, else: reason) { .measure($0) }
    document.set("high_s", expected?.high, else: reason) { .measure($0) }
    document.set("limit", expected?.limit, else: reason) { .printable($0) }
  }
}
