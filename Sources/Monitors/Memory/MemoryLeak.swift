/// Whether the target leaks, how fast, where, and what speaks for it.
public struct MemoryLeak: Sendable, Equatable {
  /// What is thought.
  public enum Verdict: String, Sendable, CaseIterable {
    /// Too early to say.
    case learning
    /// It does not leak.
    case none
    /// It leaks.
    case leak
  }

  /// What kind of memory it is that leaks.
  public enum Kind: String, Sendable, CaseIterable {
    case heap, anonymous, shared, stack, file
  }

  /// Where it leaks.
  public struct Place: Sendable, Equatable {
    /// The mapping, as a person would call it.
    public var name: Printable
    /// What kind of memory that is.
    public var kind: Kind
    /// How much of the growth is its own.
    public var share: Ratio

    /// Makes one.
    public init(name: Printable, kind: Kind, share: Ratio) {
      self.name = name
      self.kind = kind
      self.share = share
    }
  }

  /// What is thought.
  public var verdict = Verdict.learning
  /// Whether it looks like a leak, but has not lasted long enough to be called one.
  public var isSuspected = false
  /// How fast; `nil` where nothing leaks.
  public var slope: BytesPerSecond?
  /// How sure the verdict is, from 0 to 1.
  public var confidence = 0.0
  /// When it began.
  public var since: Moment?
  /// When a leak that was confirmed was over.
  public var resolved: Moment?
  /// Where it leaks, where that is known.
  public var place: Place?
  /// What speaks for the verdict, in one sentence.
  public var evidence: Printable = "not enough data"

  /// Knows nothing yet.
  public init() {}
}

/// Whether something that is counted leaks: descriptors, threads.
public struct CountLeak: Sendable, Equatable {
  /// What is thought.
  public var verdict = MemoryLeak.Verdict.learning
  /// How many are there.
  public var count = 0
  /// How many more there are every minute; `nil` where nothing leaks.
  public var perMinute: Double?
  /// When it began.
  public var since: Moment?

  /// Knows nothing yet.
  public init() {}
}

/// When memory will run out.
public enum MemoryExhaustion: Sendable, Equatable {
  /// Too early to say.
  case unknown
  /// Not as things are.
  case steady
  /// It leaks, or seems to, and nothing limits it that could be read.
  case unlimited
  /// In so many seconds.
  case expected(Expected)

  /// A time that is known only roughly.
  public struct Expected: Sendable, Equatable {
    /// In so many seconds, as likely sooner as later.
    public var seconds: Double
    /// Hardly sooner than this.
    public var low: Double
    /// Hardly later than that.
    public var high: Double
    /// The limit that is met.
    public var limit: Printable
    /// Whether the leak is only suspected.
    public var isSuspected: Bool

    /// Makes one.
    public init(
      seconds: Double, low: Double, high: Double, limit: Printable, isSuspected: Bool = false
    ) {
      self.seconds = seconds
      self.low = low
      self.high = high
      self.limit = limit
      self.isSuspected = isSuspected
    }
  }

  /// The time, where one is expected.
  public var expected: Expected? {
    if case .expected(let expected) = self { expected } else { nil }
  }
}
