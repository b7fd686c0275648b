/// One thing a person can set: its name, what it may be, what it means, and where it goes.
///
/// Reading a file, checking it, the file of defaults and every table of settings are made from `Settings.all`.
public struct Setting: Sendable {
  /// `memory.warning_threshold`; a general one has no section.
  public let name: String
  /// What it may be.
  public let kind: SettingKind
  /// What it means, in one sentence without a full stop.
  public let summary: String
  /// When it takes effect, where that is not at once: at the next start, or in a later version.
  public let effect: Footprint
  let read: @Sendable (Config) -> SettingValue
  let write: @Sendable (inout Config, SettingValue) -> Void

  /// When a change is seen.
  public enum Footprint: String, Sendable, CaseIterable {
    case now = "at once"
    case atStart = "at the next start"
    case later = "no effect yet"

    /// A sentence to put behind what a setting means; empty where there is nothing to say.
    public var sentence: String {
      switch self {
      case .now: ""
      case .atStart: "Takes effect at the next start."
      case .later: "Checked and kept for what will use it: no effect yet."
      }
    }
  }

  /// `memory`; `nil` for a general one.
  public var section: String? {
    name.firstIndex(of: ".").map { String(name[..<$0]) }
  }

  /// `warning_threshold`: as it is written in its section.
  public var key: String {
    name.firstIndex(of: ".").map { String(name[name.index(after: $0)...]) } ?? name
  }

  /// The default as it is written in a file; where profiles differ, that of a Raspberry Pi.
  public var defaultText: String { kind.text(read(Config())) }

  /// The same, and what it is in the profiles that have another one: `70, jetson 85, desktop 85`.
  public var usualText: String {
    let others = profileTexts.filter { $0.text != defaultText }
    return defaultText + others.map { ", \($0.profile.rawValue) \($0.text)" }.joined()
  }

  /// What it may be, in words: `0 to 1`.
  public var rangeText: String { kind.rangeText }

  /// The defaults of profiles, where they are not the same.
  public var profileTexts: [(profile: Profile, text: String)] {
    let all = Profile.allCases.filter { $0 != .auto }.map { profile in
      var config = Config()
      profile.apply(to: &config)
      return (profile: profile, text: kind.text(read(config)))
    }
    return all.allSatisfy { $0.text == defaultText } ? [] : all
  }
}

/// The value of a setting.
public enum SettingValue: Sendable, Equatable {
  case number(Double)
  case flag(Bool)
  case text(String)
  case numbers([Double])
  case texts([String])
  case bindings([String: [String]])
  case targets([TargetSettings])
  case channels([ChannelSettings])
  case rules([RuleSettings])
}

/// How a setting is made: each kind by where it goes.
extension Setting {
  static func number(
    _ name: String, _ path: any WritableKeyPath<Config, Double> & Sendable,
    _ range: ClosedRange<Double>, effect: Footprint = .now, _ summary: String
  ) -> Setting {
    Setting(
      name: name, kind: .number(range), summary: summary, effect: effect,
      read: { .number($0[keyPath: path]) },
      write: { if case .number(let value) = $1 { $0[keyPath: path] = value } })
  }

  static func whole(
    _ name: String, _ path: any WritableKeyPath<Config, Int> & Sendable, _ range: ClosedRange<Int>,
    effect: Footprint = .now, _ summary: String
  ) -> Setting {
    Setting(
      name: name, kind: .whole(range), summary: summary, effect: effect,
      read: { .number(Double($0[keyPath: path])) },
      write: {
        if case .number(let value) = $1 { $0[keyPath: path] = Int(exactly: value) ?? 0 }
      })
  }

  static func flag(
    _ name: String, _ path: any WritableKeyPath<Config, Bool> & Sendable, effect: Footprint = .now,
    _ summary: String
  ) -> Setting {
    Setting(
      name: name, kind: .flag, summary: summary, effect: effect,
      read: { .flag($0[keyPath: path]) },
      write: { if case .flag(let value) = $1 { $0[keyPath: path] = value } })
  }

  static func text(
    _ name: String, _ path: any WritableKeyPath<Config, String> & Sendable, of kind: SettingKind,
    effect: Footprint = .now, _ summary: String
  ) -> Setting {
    Setting(
      name: name, kind: kind, summary: summary, effect: effect,
      read: { .text($0[keyPath: path]) },
      write: { if case .text(let value) = $1 { $0[keyPath: path] = value } })
  }

  /// A number for each level of quality, the cheapest first.
  static func perLevel(
    _ name: String, _ path: any WritableKeyPath<QualitySettings, Double> & Sendable,
    _ range: ClosedRange<Double>, whole: Bool = false, _ summary: String
  ) -> Setting {
    Setting(
      name: name,
      kind: .numbers(range, count: QualityLevel.allCases.count, whole: whole),
      summary: summary, effect: .now,
      read: { .numbers($0.quality.levels.map { $0[keyPath: path] }) },
      write: { config, value in
        guard case .numbers(let numbers) = value else { return }
        for (index, number) in zip(config.quality.levels.indices, numbers) {
          config.quality.levels[index][keyPath: path] = number
        }
      })
  }
}
