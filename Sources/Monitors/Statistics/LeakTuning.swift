/// How much it takes until a rising floor is called a leak.
///
/// Bytes are lost to warming up, to caches and to load as well; how long those last is what the waiting times stand for.
public struct LeakTuning: Sendable, Equatable {
  /// A waiting time that is the shorter the more is lost.
  public struct Wait: Sendable, Equatable {
    /// Once so much is lost, waiting is over.
    public var budget: Double
    /// But it lasts as long as this, in seconds.
    public var least: Double
    /// And no longer than that.
    public var most: Double
    /// What was there before has to grow by this share, however long that takes.
    public var share: Double
    /// But for longer than this nobody waits for that, in seconds.
    public var mostForShare: Double

    /// Makes one.
    public init(
      budget: Double, least: Double, most: Double, share: Double, mostForShare: Double,
      rampSlope: Double = 0, rampSeconds: Double = 0
    ) {
      self.budget = budget
      self.least = least
      self.most = most
      self.share = share
      self.mostForShare = mostForShare
      self.rampSlope = rampSlope
      self.rampSeconds = rampSeconds
    }

    /// What rises by less than this a second may be load that rises for some minutes …
    public var rampSlope = 0.0
    /// … and waits at least so long, in seconds.
    public var rampSeconds = 0.0

    /// How many seconds it is for something that grows by `slope` a second from `floor`.
    func seconds(slope: Double, floor: Double) -> Double {
      guard slope > 0 else { return .infinity }
      let lost = max(
        min(max(budget / slope, least), most), slope < rampSlope ? rampSeconds : 0)
      return max(lost, min(mostForShare, share * max(0, floor) / slope))
    }
  }

  /// Rises of less than this mean nothing.
  public var leastGrowth: Double
  /// Until it is called a leak.
  public var confirmed: Wait
  /// Until it is suspected to be one.
  public var suspected: Wait
  /// Until it is called a leak where whoever watches knows that the program is past warming up.
  public var settled: Wait
  /// Until there is enough to say that it is none, in seconds.
  public var learning: Double
  /// How many buckets are tested at a time.
  public var sizes = [24, 30, 36, 42]
  /// How long a quiet floor has to last before a leak is over, in seconds.
  public var resolve: Double

  /// What a process or one of its mappings owns, in bytes.
  public static let memory = LeakTuning(
    leastGrowth: 262_144,
    confirmed: Wait(
      budget: 215e6, least: 290, most: 960, share: 0.03, mostForShare: 2400, rampSlope: 0.97e6,
      rampSeconds: 500),
    suspected: Wait(budget: 103e6, least: 170, most: 480, share: 0.01, mostForShare: 1200),
    settled: Wait(budget: 95e6, least: 150, most: 480, share: 0.01, mostForShare: 1200),
    learning: 300, resolve: 600)

  /// The same, where values come only every ten seconds or more.
  public static let mapping: LeakTuning = {
    var tuning = LeakTuning.memory
    tuning.sizes = [16, 20, 24, 30, 36, 42]
    return tuning
  }()

  /// Things that are counted: descriptors, threads.
  public static let count = LeakTuning(
    leastGrowth: 8,
    confirmed: Wait(budget: 200, least: 240, most: 900, share: 0.1, mostForShare: 1800),
    suspected: Wait(budget: 100, least: 120, most: 450, share: 0.05, mostForShare: 900),
    settled: Wait(budget: 100, least: 180, most: 600, share: 0.05, mostForShare: 1200),
    learning: 300, resolve: 600)
}
