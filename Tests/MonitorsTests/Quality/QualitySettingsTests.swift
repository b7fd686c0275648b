import Testing

@testable import Monitors

@Suite("What a level of quality means") struct QualitySettingsTests {
  private static func part(_ name: Printable, _ priority: Int) -> ComponentSample {
    var part = ComponentSample(name: name)
    part.priority = priority
    return part
  }

  @Test("a fifth of the features stays at the cheapest level, all at the best")
  func features() {
    var config = QualityConfig()
    #expect(config.settings(.low)?.features == nil)
    config.features = ["lanes", "signs", "objects"]
    #expect(config.settings(.ultraLow)?.features == ["lanes"])
    #expect(config.settings(.medium)?.features == ["lanes", "signs"])
    #expect(config.settings(.ultraHigh)?.features == ["lanes", "signs", "objects"])
  }

  @Test("only a region is worked on at the two cheapest levels")
  func region() {
    let config = QualityConfig()
    let regions = QualityLevel.allCases.map { config.settings($0)?.regionOfInterest }
    #expect(regions == [true, true, false, false, false])
  }

  @Test("the part that matters most keeps its quality longest, the last loses it first")
  func priorities() throws {
    let config = QualityConfig()
    let parts = [Self.part("map", 3), Self.part("lanes", 1), Self.part("signs", 2)]
    let plan = try #require(config.plan(for: .medium, components: parts))
    #expect(plan.components.map(\.name) == ["lanes", "signs", "map"])
    #expect(plan.components.map(\.level) == [.high, .medium, .low])
    for level in [QualityLevel.ultraLow, .ultraHigh] {
      #expect(config.plan(for: level, components: parts)?.components == [])
    }
  }

  @Test("parts of one priority go with the whole, and so do those of a program without parts")
  func alike() throws {
    let config = QualityConfig()
    let parts = [Self.part("a", 2), Self.part("b", 2)]
    #expect(try #require(config.plan(for: .low, components: parts)).components == [])
    #expect(try #require(config.plan(for: .low, components: [])).components == [])
  }

  @Test("an order says all of it in the words of the link")
  func json() throws {
    var config = QualityConfig()
    config.features = ["lanes"]
    let parts = [Self.part("lanes", 1), Self.part("map", 2)]
    let json = try #require(config.plan(for: .low, components: parts)).json
    #expect(json["resolution_scale"] == .number(0.5))
    #expect(json["compression_quality"] == .number(50))
    #expect(json["frame_skip"] == .integer(2))
    #expect(json["roi"] == .bool(true))
    #expect(json["features"] == .list([.text("lanes")]))
    #expect(json["components"]?["lanes"]?["resolution_scale"] == .number(0.7))
    #expect(json["components"]?["map"]?["resolution_scale"] == .number(0.5))
  }
}
