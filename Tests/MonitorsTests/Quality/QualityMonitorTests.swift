import Monitors
import TestSupport
import Testing

@Suite("Quality") struct QualityMonitorTests {
  struct Machine {
    var monitor = QualityMonitor(QualityConfig())
    var place = 0
    var seconds = 1000.0
    var busy: UInt64 = 0
    var total: UInt64 = 0

    mutating func tick(
      cpu: Double, interval: Double = 1, change: (inout Sample) -> Void = { _ in }
    ) -> QualityReading {
      seconds += interval
      total += UInt64(400 * interval)
      busy += UInt64(400 * interval * cpu)
      let moment = Moment(nanoseconds: Int64(seconds * 1e9), wall: 0, sequence: UInt64(place))
      var sample = Sample(moment: moment, place: place)
      place += 1
      sample.system.cpuBusyTicks = .fresh(busy)
      sample.system.cpuTotalTicks = .fresh(total)
      change(&sample)
      return monitor.judge(sample)
    }

    /// From now on nothing may reach a target.
    mutating func forbid() {
      var settings = QualityConfig()
      settings.isReadOnly = true
      monitor.configure(settings)
    }

    mutating func run(
      _ ticks: Int, cpu: Double, interval: Double = 1, change: (inout Sample) -> Void = { _ in }
    ) -> [QualityReading] {
      (0..<ticks).map { _ in tick(cpu: cpu, interval: interval, change: change) }
    }
  }

  @Test("an idle machine carries the best level")
  func idle() throws {
    var machine = Machine()
    let last = try #require(machine.run(120, cpu: 0.2).last)
    #expect(last.suggested == .ultraHigh)
    #expect(last.level == nil)
    #expect(last.severity == .ok)
    #expect(last.settings?.resolutionScale == 1)
    #expect(last.terms.first?.name.text == "cpu")
    #expect(abs((last.pressure ?? 0) - 0.2) < 0.01)
    #expect(last.reason.text == "pressure 20 % (cpu), room enough")
  }

  @Test("a busy machine calls for less within 12 s, and for the best again once it is calm")
  func busyAndBack() throws {
    var machine = Machine()
    _ = machine.run(60, cpu: 0.3)
    let busy = machine.run(12, cpu: 1)
    #expect(busy.last?.suggested == .high)
    #expect(busy.last?.severity == .info)
    let calm = machine.run(120, cpu: 0.3)
    #expect(calm.last?.suggested == .ultraHigh)
  }

  @Test("one busy second at the start decides nothing, and a busy start is seen at once")
  func start() {
    var machine = Machine()
    _ = machine.tick(cpu: 0)
    _ = machine.tick(cpu: 1)
    #expect(machine.run(30, cpu: 0.2).last?.suggested == .ultraHigh)
    var busy = Machine()
    let readings = busy.run(20, cpu: 1)
    #expect(readings[1].suggested == .high)
    #expect(readings[19].suggested == .high)
  }

  @Test("what has no feedback does not flap", arguments: [0.5, 0.7, 0.76, 0.8, 0.84, 0.88, 0.95])
  func steadyLoadGivesASteadyLevel(_ load: Double) {
    var machine = Machine()
    var noise = SeededNoise(seed: UInt64(load * 100))
    var moves = 0
    var before: QualityLevel? = .ultraHigh
    for _ in 0..<3600 {
      let cpu = min(1, max(0, load + 0.05 * noise.normal()))
      let now = machine.tick(cpu: cpu).suggested
      if now != before { moves += 1 }
      before = now
    }
    #expect(moves <= 4)
  }

  @Test("the suggestion follows what presses most", arguments: ["temperature", "memory stalls"])
  func followsTheGreatestTerm(_ term: String) throws {
    var machine = Machine()
    let readings = machine.run(60, cpu: 0.1) { sample in
      if term == "temperature" {
        var sensor = SensorSample(
          name: "cpu", source: "zone0", celsius: .fresh(Celsius(95)))
        sensor.passiveLimit = Celsius(85)
        sample.thermal.sensors = .fresh([sensor])
      } else {
        sample.system.memoryPressure = .fresh(
          PressureSample(some10: 25, some60: 20, full10: 10, someTotal: 1))
      }
    }
    let last = try #require(readings.last)
    #expect(last.terms.first?.name.text == term)
    #expect((last.suggested ?? .ultraHigh) < .ultraHigh)
    #expect(last.headline.text.contains(term))
  }

  @Test("0.85 means the limit, for memory and for heat alike")
  func scales() throws {
    var machine = Machine()
    let reading = machine.tick(cpu: 0) { sample in
      sample.system.memoryTotal = .fresh(Bytes(8_000_000_000))
      sample.system.memoryAvailable = .fresh(Bytes(1_200_000_000))
      sample.thermal.sensors = .fresh([
        SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(70)))
      ])
    }
    let values = Dictionary(
      uniqueKeysWithValues: reading.terms.map { ($0.name.text, $0.value.value) })
    #expect(abs((values["memory"].flatMap { $0 } ?? 0) - 0.85) < 0.001)
    #expect(abs((values["temperature"].flatMap { $0 } ?? 0) - 0.85) < 0.001)
  }

  @Test(
    "the tighter of the control group and the machine counts, and the target's own processor limit")
  func controlGroup() throws {
    var machine = Machine()
    var ticks: UInt64 = 0
    let readings = machine.run(3, cpu: 0.1) { sample in
      var root = ProcessSample(pid: 42)
      ticks += 90
      root.cpuTicks = ticks
      var target = TargetSample(pid: 42, root: root)
      var group = CgroupSample()
      group.memoryLimit = Bytes(1_000_000_000)
      group.workingSet = .fresh(Bytes(700_000_000))
      group.cpuLimit = 1
      target.cgroup = .fresh(group)
      sample.target = .fresh(target)
      sample.system.memoryTotal = .fresh(Bytes(8_000_000_000))
      sample.system.memoryAvailable = .fresh(Bytes(7_000_000_000))
    }
    let terms = try #require(readings.last).terms
    #expect(terms[0].name.text == "target cpu")
    #expect(abs((terms[0].value.value ?? 0) - 0.9) < 0.001)
    #expect(terms[1].name.text == "memory")
    #expect(terms[1].value.value == 0.7)
  }

  @Test("without any reading nothing is suggested, and a reason is given")
  func blind() {
    var monitor = QualityMonitor(QualityConfig())
    let reading = monitor.judge(Sample(moment: Moment(nanoseconds: 0)))
    #expect(reading.suggested == nil)
    #expect(reading.pressure == nil)
    #expect(!reading.reason.isEmpty)
    #expect(reading.terms.count == 7)
    #expect(reading.terms.allSatisfy { $0.value.value == nil })
  }

  @Test("when all readings stop, the level holds and is called stale")
  func stale() throws {
    var machine = Machine()
    _ = machine.run(30, cpu: 1)
    let readings = machine.run(60, cpu: 0) { sample in
      sample.system.cpuBusyTicks = .missing(.timedOut)
    }
    #expect(readings.last?.suggested == .high)
    #expect(readings.last?.severity == .stale)
    #expect(readings.last?.history.last == nil)
  }

  @Test(
    "a shorter interval does not make it hasty, nor a longer one sluggish", arguments: [0.25, 5])
  func interval(_ interval: Double) {
    var machine = Machine()
    _ = machine.run(Int(60 / interval), cpu: 0.3, interval: interval)
    let busy = machine.run(Int(15 / interval), cpu: 1, interval: interval)
    let first = busy.firstIndex { $0.suggested != .ultraHigh } ?? .max
    #expect(Double(first + 1) * interval >= 3)
    #expect(busy.last?.suggested == .high)
  }

  @Test("C16: what was measured across a gap moves nothing")
  func gap() {
    var machine = Machine()
    _ = machine.run(60, cpu: 0.2)
    #expect(machine.tick(cpu: 1, interval: 25).suggested == .ultraHigh)
    #expect(machine.run(5, cpu: 0.2).allSatisfy { $0.suggested == .ultraHigh })
    _ = machine.run(20, cpu: 1)
    #expect(machine.tick(cpu: 0, interval: 25).suggested == .high)
  }

  @Test("the document has every key, and reasons for what is null")
  func document() throws {
    var machine = Machine()
    let reading = machine.run(5, cpu: 0.5)[4]
    var document = Document(path: "quality")
    reading.describe(into: &document)
    let object = JSONValue.object(document.fields)
    #expect(object["level"] == .null)
    #expect(object["mode"] == .text("auto"))
    #expect(object["suggested"] == .text("ultra_high"))
    #expect(object["pressure"]?["value"] != .null)
    #expect(object["pressure"]?["terms"]?["cpu"] != .null)
    #expect(object["pressure"]?["terms"]?["target_cpu"] == .null)
    #expect(object["settings"]?["frame_skip"] == .integer(0))
    #expect(object["settings"]?["compression_quality"] == .number(95))
    #expect(object["status"] == .text("ok"))
    let reasons = Dictionary(
      uniqueKeysWithValues: document.unavailable.map { ($0.name, $0.value) })
    #expect(reasons["quality.level"] == .text("the target is not linked"))
    #expect(reasons["quality.pressure.terms.memory"] != nil)
  }
}
