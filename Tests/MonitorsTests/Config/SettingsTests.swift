import TestSupport
import Testing

@testable import Monitors

@Suite("The list of settings")
struct SettingsTests {
  @Test("every name is there once, and every section is known")
  func names() {
    let names = Settings.all.map(\.name)
    #expect(Set(names).count == names.count)
    let sections = Set(Settings.all.compactMap(\.section))
    #expect(sections == Set(Settings.sections.map(\.name)))
    #expect(Word.allCases.allSatisfy { sections.contains($0.rawValue) })
    #expect(Settings.all.allSatisfy { !$0.summary.isEmpty && !$0.summary.hasSuffix(".") })
  }

  @Test(
    "what was promised is there with its default",
    arguments: [
      ("memory.max_gb", "8"), ("memory.check_interval", "10"), ("memory.gc_threshold_mb", "1000"),
      ("memory.warning_threshold", "0.8"), ("memory.critical_threshold", "0.95"),
      ("memory.growth_warning_mb_per_min", "10"),
      ("quality.levels", "[ultra_low, low, medium, high, ultra_high]"),
      ("quality.resolution_scale", "[0.3, 0.5, 0.7, 0.85, 1]"),
      ("quality.compression_quality", "[30, 50, 70, 85, 95]"),
      ("quality.frame_skip", "[3, 2, 1, 0, 0]"), ("recording.retention_hours", "168"),
      ("system.cpu_warning_percent", "80"), ("storage.throughput_warning_mbps", "1"),
      ("storage.parquet_warning_mbps", "5"), ("storage.compression_level", "6"),
      ("batching.default_size", "10"), ("batching.adaptive", "true"), ("batching.min_size", "1"),
      ("batching.max_size", "100"), ("batching.memory_based", "true"),
      ("batching.success_rate_warning", "0.9"), ("thermal.warning_celsius", "70"),
      ("thermal.critical_celsius", "80"), ("operations.slow_seconds", "30"),
      ("operations.failure_rate_warning", "0.05"), ("system.memory_warning_percent", "85"),
      ("system.disk_free_warning_gb", "5"), ("profile", "auto"), ("theme", "auto"),
      ("quality.region_of_interest", "[ultra_low, low]"), ("quality.features", "[]"),
      ("targets", "[]"), ("keys", "{}"),
    ])
  func defaults(_ name: String, _ text: String) {
    #expect(Settings.named(name)?.defaultText == text)
  }

  @Test("a default that is another one in some profiles says which")
  func usualTexts() {
    let usual = { (name: String) in Settings.named(name)?.usualText }
    #expect(usual("thermal.warning_celsius") == "70, jetson 85, desktop 85")
    #expect(usual("system.memory_warning_percent") == "85, jetson 80")
    #expect(usual("interval") == "1")
  }

  @Test("every setting writes where it reads, and nowhere else")
  func roundTrip() {
    for setting in Settings.all {
      var config = Config()
      guard let value = setting.other else {
        Issue.record("\(setting.name) has no other value")
        continue
      }
      setting.write(&config, value)
      #expect(setting.read(config) == value, "\(setting.name)")
      for other in Settings.all where other.name != setting.name {
        #expect(other.read(config) == other.read(Config()), "\(setting.name) changes \(other.name)")
      }
    }
  }

  @Test("a value of another kind is not written")
  func otherKinds() {
    for setting in Settings.all where setting.kind != .flag {
      var config = Config()
      setting.write(&config, .flag(true))
      #expect(config == Config())
    }
  }

  @Test("profiles are told where they differ")
  func profiles() {
    let texts = Settings.named("thermal.warning_celsius")?.profileTexts ?? []
    #expect(texts.map(\.profile) == [.raspberryPi, .jetson, .desktop])
    #expect(texts.map(\.text) == ["70", "85", "85"])
    #expect(Settings.named("memory.max_gb")?.profileTexts.isEmpty == true)
  }
}

extension Setting {
  /// A value that is not the default.
  fileprivate var other: SettingValue? {
    switch (kind, read(Config())) {
    case (.number(let range), .number(let value)):
      .number(value == range.upperBound ? range.lowerBound : range.upperBound)
    case (.whole(let range), .number(let value)):
      .number(value == Double(range.upperBound) ? 1 : Double(range.upperBound))
    case (.flag, .flag(let value)): .flag(!value)
    case (.choice(let words), _): words.last.map { .text($0) }
    case (.name, _): .text("other")
    case (.numbers(let range, let count, _), _):
      .numbers(Array(repeating: range.upperBound, count: count))
    case (.words(let words, _), _): .texts([words[0]])
    case (.names, _): .texts(["lanes"])
    case (.bindings, _): .bindings(["zoom": ["z"]])
    case (.targets, _): .targets([TargetSettings(match: "robot")])
    case (.channels, _):
      .channels([ChannelSettings(name: "lamp", means: .command(["/bin/true"]))])
    case (.rules, _): .rules([RuleSettings("cpu-high")])
    default: nil
    }
  }
}
