/// What is thought of the target and the machine as a whole.
public struct JudgementReading: Sendable, Equatable {
  /// Where each value is going.
  public var trends = TrendedValue.allCases.map(Trend.init)
  /// What runs out and when, the nearest first.
  public var forecasts: [Forecast] = []
  /// How hard the machine is pressed; `nil` where nothing could be read.
  public var machine: Pressure?
  /// How hard the target is pressed; `nil` where nothing could be read.
  public var target: Pressure?
  /// What holds the target back, the strongest first.
  public var bottlenecks: [Bottleneck] = []
  /// What parts of the program get done for what they take.
  public var components: [ComponentEfficiency] = []
  /// One number for all.
  public var score = Score()
  /// Why nothing is said of the target; `nil` while it is watched.
  public var absence: Absence? = .notYet

  /// Knows nothing yet.
  public init() {}

  /// What runs out first.
  public var nearest: Forecast? { forecasts.first.flatMap { $0.span == nil ? nil : $0 } }

  /// What holds it back most, where one thing does.
  public var main: Bottleneck? { bottlenecks.first.flatMap { $0.isMain ? $0 : nil } }

  /// Where a value is going.
  public func trend(_ value: TrendedValue) -> Trend? { trends.first { $0.value == value } }

  /// Where a pane's own value is going, in words; empty where that is not known.
  public func trend(of word: Word) -> Printable {
    trends.first { $0.value.word == word }?.words ?? ""
  }

  /// What a component gets done.
  public func efficiency(of component: Printable) -> Ratio? {
    components.first { $0.name == component }?.share
  }

  private static let soon = 3600.0

  /// What has run out, or does within an hour: nothing matters more.
  public var urgent: Forecast? {
    nearest.flatMap { $0.median < JudgementReading.soon ? $0 : nil }
  }

  /// One sentence: what runs out at once, else what holds it back, or that nothing does.
  public var headline: Printable {
    guard absence == nil, let urgent else { return holding }
    return bottlenecks.isEmpty ? urgent.words : "\(urgent.words); \(holding)"
  }

  /// One sentence: what holds it back, or that nothing does.
  public var holding: Printable {
    if let absence { return "not judged: \(absence.sentence)" }
    guard let first = bottlenecks.first else {
      return score.value == nil ? "not enough data" : "balanced: nothing holds it back"
    }
    let place = first.component.isEmpty ? "" : " in \(first.component)"
    guard first.isMain || bottlenecks.count == 1 else {
      let all = bottlenecks.map { "\($0.kind.title) \(Int($0.score))" }.joined(separator: ", ")
      return "several things hold it back: \(Printable(all))"
    }
    return
      "\(first.kind.title)\(place) \(first.isMain ? "holds" : "may hold") it back: \(first.evidence.words)"
  }
}
