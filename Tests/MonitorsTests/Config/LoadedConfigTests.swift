import TestSupport
import Testing

@testable import Monitors

@Suite("What a config file says as a whole")
struct LoadedConfigTests {
  @Test(
    "of two that contradict each other the later one falls back",
    arguments: [
      (
        "memory:\n  critical_threshold: 0.5\n",
        "2: memory.critical_threshold: 0.5 is less than memory.warning_threshold, 0.8"
      ),
      (
        "memory:\n  critical_threshold: 0.5\n  warning_threshold: 0.6\n",
        "3: memory.warning_threshold: 0.6 is more than memory.critical_threshold, 0.5"
      ),
      (
        "profile: desktop\nthermal:\n  critical_celsius: 80\n",
        "3: thermal.critical_celsius: 80 is less than thermal.warning_celsius, 85"
      ),
      (
        "batching:\n  min_size: 500\n",
        "2: batching.min_size: 500 is more than batching.max_size, 100"
      ),
      (
        "batching:\n  default_size: 500\n",
        "2: batching.default_size: 500 is more than batching.max_size, 100"
      ),
    ])
  func contradictions(_ text: String, _ sentence: String) {
    let found = loaded(text)
    #expect(found.problems.map(\.text.text) == ["config.yaml:\(sentence)"])
    let config = found.config
    #expect(config.memory.warningThreshold <= config.memory.criticalThreshold)
    #expect(config.thermal.warningCelsius <= config.thermal.criticalCelsius)
    #expect(config.batching.minimumSize <= config.batching.defaultSize)
    #expect(config.batching.defaultSize <= config.batching.maximumSize)
  }

  @Test("two that agree with each other are obeyed, equal ones too")
  func agreement() {
    let found = loaded("memory:\n  warning_threshold: 0.5\n  critical_threshold: 0.5\n")
    #expect(found.problems == [])
    #expect(found.config.memory.criticalThreshold == 0.5)
  }

  @Test("problems stand in the order of the lines")
  func order() {
    let text = "memory:\n  critical_threshold: 0.5\n  max_gb: x\nfoo: 1\n"
    #expect(loaded(text).problems.map(\.line) == [2, 3, 4])
  }

  @Test("a file that is no YAML says nothing at all")
  func unusable() {
    let found = loaded("memory:\n  max_gb: 1\nthermal: [\n")
    #expect(found.config == loaded("").config)
    #expect(found.count == 0)
    #expect(found.problems.count == 1)
    #expect(found.problems.first?.short == "config.yaml:4:1: did not find expected node content")
  }

  @Test("the line of a setting is known, that of a key too")
  func lines() {
    let found = loaded("theme: x\nkeys:\n  zoom: z\n")
    #expect(found.line(of: "theme") == 1)
    #expect(found.line(of: "keys.zoom") == 3)
    #expect(found.line(of: "keys.quit") == nil)
    #expect(found.line(of: "interval") == nil)
  }

  @Test("the same file means on another machine what suits that one")
  func elsewhere() {
    let found = loaded("memory:\n  max_gb: 1\n")
    let there = found.config(on: HostTree.pi5UnderVoltage.host)
    #expect(there.thermal.warningCelsius == 70)
    #expect(there.memory.maximum == Bytes(1_000_000_000))
  }
}
