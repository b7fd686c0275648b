/// When something runs out, if it does.
public struct Forecast: Sendable, Equatable {
  /// What the past lets one say.
  public enum Outlook: Sendable, Equatable {
    /// It runs out within this time.
    case failing(Span)
    /// It goes nowhere, or not within a month.
    case steady
    /// Nobody can say: why.
    case unknown(Absence)
  }

  /// Seconds from now.
  public struct Span: Sendable, Equatable {
    /// As likely before as after.
    public var median: Double
    /// Hardly before.
    public var low: Double
    /// Hardly after.
    public var high: Double

    /// Makes one; what makes no sense is put in order.
    public init(median: Double, low: Double, high: Double) {
      self.median = max(0, median)
      self.low = max(0, min(low, median))
      self.high = max(self.median, high)
    }
  }

  /// What can run out.
  public enum Kind: String, Sendable, CaseIterable {
    case memory, disk, inodes, descriptors, throttling
  }

  /// What.
  public var kind: Kind
  /// Where, as for a filesystem; empty where there is but one.
  public var place: Printable
  /// What is to come.
  public var outlook: Outlook
  /// Whether what it rests on is only suspected.
  public var isSuspected = false
  /// Which limit is met, where there are several; empty where there is but one.
  public var limit: Printable = ""

  /// Makes one.
  public init(_ kind: Kind, _ place: Printable = "", outlook: Outlook) {
    self.kind = kind
    self.place = place
    self.outlook = outlook
  }

  /// `memory`, `disk /data`, `inodes /data`, `descriptors`, `throttling`.
  public var resource: Printable {
    place.isEmpty ? Printable(kind.rawValue) : "\(kind.rawValue) \(place)"
  }

  /// How it fails, for a sentence.
  public var failure: Printable {
    switch kind {
    case .memory: "exhausted"
    case .disk: "full"
    case .inodes: "used up"
    case .descriptors: "at their limit"
    case .throttling: "begins"
    }
  }

  /// When it runs out; `nil` where that is not known, or not to be expected.
  public var span: Span? {
    if case .failing(let span) = outlook { span } else { nil }
  }

  /// In how many seconds it runs out; infinitely many where that is not to be expected, or not known.
  public var median: Double { span?.median ?? .infinity }

  /// Whether it is not to come, but is so now.
  public var hasRunOut: Bool { span.map { $0.high <= 0 } ?? false }

  /// `full in 2 h 10 min`; `full` where that is so already.
  public func failing(in time: Printable) -> Printable {
    hasRunOut ? failure : "\(failure) in \(isSuspected ? "~" : "")\(time)"
  }

  /// `, limit: cgroup`; empty where there is but one.
  public var limitWords: Printable { limit.isEmpty ? "" : ", limit: \(limit)" }

  /// `disk /data full in 2 h 10 min (1 h 40 min to 3 h 0 min)`, `disk /data full`, `steady`, `not enough data`.
  public var words: Printable {
    switch outlook {
    case .failing(let span): "\(resource) \(failing(in: span.words))\(limitWords)"
    case .steady: "\(resource) steady"
    case .unknown(let absence): "\(resource): \(absence.sentence)"
    }
  }
}

extension Forecast.Span {
  /// `2 h 10 min (1 h 40 min to 3 h 0 min)`
  public var words: Printable {
    "\(Forecast.Span.rough(median)) (\(Forecast.Span.rough(low)) to \(Forecast.Span.rough(high)))"
  }

  /// `2 h 10 min`: no finer than anybody can know, so that it stands still for a while.
  public static func rough(_ seconds: Double) -> Printable {
    guard seconds.isFinite else { return "?" }
    let step = seconds < 60 ? 5.0 : seconds < 600 ? 30 : seconds < 7200 ? 60 : 600
    // What is not over yet is never in 0 s.
    let least = seconds > 0 ? step : 0
    return Printable(Units.span(seconds: max(least, (seconds / step).rounded() * step)))
  }
}

extension Absence {
  /// Too little was seen to say where it goes.
  static let notEnough = Absence.because("not enough data")
}
