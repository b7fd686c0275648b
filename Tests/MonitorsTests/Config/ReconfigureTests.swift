import TestSupport
import Testing

@testable import Monitors

@Suite("Other settings while it runs")
struct ReconfigureTests {
  private let machine = FakeMachine()

  private func engine(_ config: Config = Config()) throws -> Engine {
    let held = try TargetFinder(host: machine.host).attach(42, scratch: Scratch())
    let sampler = Sampler(
      host: machine.host, config: config, targets: [WatchedTarget(.pid(42), first: held)],
      inlineWorkers: true)
    return Engine(source: sampler, host: machine.host, config: config)
  }

  private func tick(_ engine: inout Engine, _ count: Int = 1) -> Snapshot? {
    var last: Snapshot?
    for _ in 0..<count {
      machine.time.advance(by: 1)
      last = engine.tick(at: machine.time.now(), late: 0).first
    }
    return last
  }

  @Test("thresholds count from the next tick on, and no history is lost")
  func thresholds() throws {
    var engine = try engine()
    #expect(tick(&engine, 20)?.thermal.severity == .ok)
    let config = loaded("thermal:\n  warning_celsius: 50\nmemory:\n  max_gb: 0.02\n").config
    engine.configure(config)
    let after = try #require(tick(&engine))
    #expect(after.thermal.severity == .warning)
    #expect(after.memory.limit?.bytes == Bytes(20_000_000))
    #expect(after.memory.history.total == 21)
    #expect(after.quality.history.total == 21)
    #expect(after.sample.place == 20)
  }

  @Test("the interval stays as it was commanded")
  func interval() throws {
    var engine = try engine()
    _ = tick(&engine)
    _ = engine.perform(.interval(5), by: "pi", at: machine.time.now())
    engine.configure(loaded("interval: 2\n").config)
    #expect(engine.interval == 5)
  }

  @Test("mappings are read at the new pace")
  func mappings() throws {
    var config = Config()
    config.memory.checkInterval = 600
    var engine = try engine(config)
    let first = tick(&engine, 30)?.sample.target.value?.mappings.value?.at
    config.memory.checkInterval = 5
    engine.configure(config)
    let second = tick(&engine, 2)?.sample.target.value?.mappings.value?.at
    #expect(first != nil && second != first)
  }

  @Test("an alert that fires goes on firing, with its acknowledgement, under new thresholds")
  func alerts() {
    var day = AlertsDay()
    day.run(70, busy)
    _ = day.perform(.acknowledge("cpu-high-1"))
    var settings = AlertsConfig()
    settings.cpuWarningPercent = 50
    day.monitor.configure(settings)
    day.tick(busy)
    #expect(day.alert("cpu-high")?.id == "cpu-high-1")
    #expect(day.alert("cpu-high")?.acknowledgedBy == "pi")
    #expect(day.alert("cpu-high")?.threshold == 50)
    #expect(day.count(.fired) == 1)
  }

  @Test("a rule that is switched off ends its alert, and begins anew when it is switched on")
  func disabled() {
    var day = AlertsDay()
    day.run(70, busy)
    var settings = AlertsConfig()
    settings.disabled = ["cpu-high"]
    day.monitor.configure(settings)
    day.run(70, busy)
    #expect(day.last.active.isEmpty)
    #expect(day.last.resolved.map(\.rule) == ["cpu-high"])
    #expect(day.last.rules == AlertRules.names.count - 1)
    day.monitor.configure(AlertsConfig())
    day.run(70, busy)
    #expect(day.last.active.map(\.id) == ["cpu-high-2"])
    #expect(day.count(.fired) == 2)
  }

  @Test("taking back an acknowledgement still finds its alert after rules were switched off")
  func undo() {
    var day = AlertsDay()
    day.run(70, busy)
    _ = day.perform(.acknowledge("cpu-high-1"))
    var settings = AlertsConfig()
    settings.disabled = ["oom-kill", "target-gone"]
    day.monitor.configure(settings)
    _ = day.perform(.undo)
    day.tick(busy)
    #expect(day.alert("cpu-high")?.state == .firing)
  }

  @Test("a rule that is silenced by one that is switched off speaks for itself")
  func unsilenced() {
    var settings = AlertsConfig()
    settings.disabled = ["memory-critical"]
    var day = AlertsDay(settings)
    day.run(130) { $0.readings.memory.used = Ratio(0.97) }
    #expect(day.last.active.map(\.rule) == ["memory-steady"])
  }

  @Test("quality looks afresh only where the levels are others")
  func quality() {
    var machine = QualityMonitorTests.Machine()
    _ = machine.run(60, cpu: 0.2)
    var settings = QualityConfig()
    settings.levels[4].compressionQuality = 77
    machine.monitor.configure(settings)
    #expect(machine.run(1, cpu: 0.2).last?.settings?.compressionQuality == 77)
    settings.offered = [.low, .medium]
    machine.monitor.configure(settings)
    let last = machine.run(10, cpu: 0.2).last
    #expect(last?.suggested == .medium)
    #expect(last?.severity == .ok)
    #expect(last?.history.total == 71)
  }

  @Test("only offered levels are suggested, under any pressure")
  func offered() {
    var settings = QualityConfig()
    settings.offered = [.low, .high]
    var machine = QualityMonitorTests.Machine(monitor: QualityMonitor(settings))
    let readings =
      machine.run(120, cpu: 0.3) + machine.run(120, cpu: 1.0) + machine.run(300, cpu: 0.1)
    let seen = Set(readings.compactMap(\.suggested))
    #expect(seen == [.low, .high])
    #expect(readings.last?.suggested == .high)
  }
}
