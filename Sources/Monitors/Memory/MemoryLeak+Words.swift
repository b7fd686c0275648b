extension MemoryLeak {
  /// `leaking 3.10 MB/min in [heap] since 14:02`, `steady`, `not enough data`: the verdict as a person would say it.
  public var words: Printable {
    if let slope, verdict == .leak { return "leaking \(pace(slope))\(spot)\(from)" }
    if let slope, isSuspected { return "may be leaking \(pace(slope))\(spot)\(from)" }
    return verdict == .learning ? "not enough data to tell a leak" : "no leak"
  }

  private func pace(_ slope: BytesPerSecond) -> Printable {
    Printable(Units.scaled(slope.value * 60, unit: "B") + "/min")
  }

  /// Where, with a word for the kind of memory unless its name says it.
  private var spot: Printable {
    guard let place else { return "" }
    return switch place.kind {
    case .shared where !place.name.text.contains("shared"): " in shared memory \(place.name)"
    case .file: " in file \(place.name)"
    case .heap, .anonymous, .stack, .shared: " in \(place.name)"
    }
  }

  private var from: Printable {
    since.map { " since \(Printable(String(Units.clock(wall: $0.wall).prefix(5))))Z" } ?? ""
  }
}

extension CountLeak {
  /// `leaking 12 a minute`; empty where nothing leaks.
  public func words(of what: Printable) -> Printable? {
    guard verdict == .leak, let perMinute else { return nil }
    let pace = Units.fixed(perMinute, digits: perMinute < 10 ? 1 : 0)
    return "leaking \(what): \(pace) more every minute, \(count) now"
  }
}

extension MemoryExhaustion {
  /// `limit in 2 h 10 min (1 h 40 min to 3 h 0 min)`, `steady`, `not enough data`.
  public var words: Printable {
    switch self {
    case .unknown: "not enough data"
    case .steady: "steady"
    case .unlimited: "no limit"
    case .expected(let expected): expected.words
    }
  }
}

extension MemoryExhaustion.Expected {
  private static let longest = 30.0 * 86400

  /// `limit in 2 h 10 min (1 h 40 min to 3 h 0 min)`.
  public var words: Printable {
    guard seconds < MemoryExhaustion.Expected.longest else { return "limit more than a month away" }
    let about = isSuspected ? "~" : ""
    return "limit in \(about)\(Units.span(seconds: seconds)) (\(range))"
  }

  /// `1 h 40 min to 3 h 0 min`.
  public var range: Printable {
    let longest = MemoryExhaustion.Expected.longest
    let late = high < longest ? Units.span(seconds: high) : "more than a month"
    return "\(Units.span(seconds: low)) to \(late)"
  }
}
