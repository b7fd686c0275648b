/// What a quality level means for a camera loop.
public struct QualitySettings: Sendable, Equatable {
  /// Scale of each side of the picture.
  public var resolutionScale: Double
  /// Compression quality in percent.
  public var compressionQuality: Double
  /// Frames left out after each that is used.
  public var frameSkip: Int
  /// Whether only the region of interest is worked on.
  public var regionOfInterest = false
  /// Features that stay on; `nil` leaves them to the program.
  public var features: [Printable]?

  /// Makes one.
  public init(resolutionScale: Double, compressionQuality: Double, frameSkip: Int) {
    self.resolutionScale = resolutionScale
    self.compressionQuality = compressionQuality
    self.frameSkip = frameSkip
  }

  /// As it goes to the target and into documents.
  public var json: JSONValue {
    var fields: [JSONValue.Field] = [
      .init("resolution_scale", .measure(resolutionScale)),
      .init("compression_quality", .measure(compressionQuality)),
      .init("frame_skip", .count(frameSkip)), .init("roi", .bool(regionOfInterest)),
    ]
    if let features { fields.append(.init("features", .list(features.map { .printable($0) }))) }
    return .object(fields)
  }
}

/// What a level means for one part of a program.
public struct ComponentQuality: Sendable, Equatable {
  /// Its name.
  public var name: Printable
  /// 1 matters most.
  public var priority: Int
  /// The level it runs at.
  public var level: QualityLevel
  /// What that means.
  public var settings: QualitySettings
  /// Frames a second.
  public var framesPerSecond: Double?
  /// Frames a second against what it had at best; `nil` where too little was seen.
  public var efficiency: Ratio?
  /// How long a frame takes, in seconds.
  public var latency: Double?
  /// What waits for it.
  public var queue: Double?
}

/// All that an order for a level says: what the level means for the whole and for each part.
public struct QualityPlan: Sendable, Equatable {
  /// The level.
  public var level: QualityLevel
  /// What it means.
  public var settings: QualitySettings
  /// What it means for parts, where those are not all alike.
  public var components: [ComponentQuality]

  /// The member `settings` of an order on the link.
  public var json: JSONValue {
    guard case .object(let fields) = settings.json, !components.isEmpty else {
      return settings.json
    }
    let parts = components.map { JSONValue.Field($0.name.text, $0.settings.json) }
    return .object(fields + [.init("components", .object(parts))])
  }
}

extension QualityConfig {
  /// What a level means.
  public func settings(_ level: QualityLevel) -> QualitySettings? {
    guard levels.indices.contains(level.rawValue) else { return nil }
    var settings = levels[level.rawValue]
    settings.regionOfInterest = regionOfInterest.contains(level)
    if !features.isEmpty {
      let steps = QualityLevel.allCases.count
      let kept = (features.count * (level.rawValue + 1) + steps - 1) / steps
      settings.features = features.prefix(kept).map { Printable($0) }
    }
    return settings
  }

  /// What a level means for a part: the first in priority keeps more than the whole, the last ones less.
  ///
  /// At the ends all are alike, and so they are where all have the same priority.
  public func level(_ level: QualityLevel, priority: Int, among priorities: [Int]) -> QualityLevel {
    guard let first = priorities.min(), priorities.contains(where: { $0 != first }),
      let lowest = offered.first, let highest = offered.last, level > lowest, level < highest
    else { return level }
    let step = priority == first ? 1 : priority <= 2 ? 0 : -1
    return QualityLevel(rawValue: level.rawValue + step) ?? level
  }

  /// What an order for a level says to a program with these parts.
  public func plan(for level: QualityLevel, components: [ComponentSample]) -> QualityPlan? {
    guard let settings = settings(level) else { return nil }
    let parts = parts(level, components)
    let isAlike = parts.allSatisfy { $0.level == level }
    return QualityPlan(level: level, settings: settings, components: isAlike ? [] : parts)
  }

  /// Each part with its level; parts beyond a sensible number go with the whole.
  func parts(_ level: QualityLevel, _ components: [ComponentSample]) -> [ComponentQuality] {
    let most = 64
    let shown = components.prefix(most)
    let priorities = shown.map(\.priority)
    return shown.compactMap { component in
      let own = self.level(level, priority: component.priority, among: priorities)
      return settings(own).map { settings in
        ComponentQuality(
          name: component.name, priority: component.priority, level: own, settings: settings,
          framesPerSecond: component.framesPerSecond, latency: component.latency,
          queue: component.queue)
      }
    }.sorted { $0.priority < $1.priority }
  }
}
