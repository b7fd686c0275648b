/// Where samples come from: the machine, or one day a recording of it.
public protocol SampleSource {
  /// One observation for each target, in the order in which they were asked for.
  mutating func observe(at moment: Moment, place: Int) -> [Observation]
  /// Goes by other settings from now on, as far as they are about measuring.
  mutating func configure(_ config: Config)
  /// One observation for each of some targets, out of turn.
  mutating func observe(at moment: Moment, place: Int, only targets: [Int]) -> [Observation]
  /// Watches these processes in place of those before; where none of them can be had, nothing changes.
  mutating func watch(_ keys: [ProcessKey]) -> WatchChange
  /// Takes a roster with each sample, or no longer; what that needed is given back.
  mutating func browse(_ isOn: Bool)
  /// All processes now; `nil` unless it was asked for.
  mutating func roster(at moment: Moment) -> Roster?
}

/// What became of the wish to watch other processes.
public struct WatchChange: Sendable, Equatable {
  /// Where the history of a target comes from.
  public enum Origin: Sendable, Equatable {
    /// It was watched before, at that place.
    case kept(Int)
    /// It is new; the place is that of the machine alone, whose history goes on in it.
    case new(after: Int?)
  }

  /// For each observation that comes from now on.
  public var origins: [Origin]
  /// Why some can not be watched.
  public var failures: [TargetError]
  /// Whether the targets are others than before.
  public var isDone: Bool

  /// Makes one.
  public init(origins: [Origin], failures: [TargetError] = [], isDone: Bool = true) {
    self.origins = origins
    self.failures = failures
    self.isDone = isDone
  }
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
