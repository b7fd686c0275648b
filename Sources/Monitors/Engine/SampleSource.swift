/// Where samples come from: the machine, or one day a recording of it.
public protocol SampleSource {
  /// One observation for each target, in the order in which they were asked for.
  mutating func observe(at moment: Moment, place: Int) -> [Observation]
  /// Goes by other settings from now on, as far as they are about measuring.
  mutating func configure(_ config: Config)
}

extension SampleSource {
  /// What is not measured now has nothing to set.
  public mutating func configure(_ config: Config) {}
}

/// What was measured for one target, and where watching it stands.
public struct Observation: Sendable, Equatable {
  /// What was measured.
  public var sample: Sample
  /// Where watching stands.
  public var watching: WatchState

  /// Makes one.
  public init(sample: Sample, watching: WatchState) {
    self.sample = sample
    self.watching = watching
  }
}
