import Monitors
import Testing

@Suite("Vitals") struct VitalsMonitorTests {
  static func process(
    _ pid: Int32, started: UInt64 = 1, ticks: UInt64, delay: UInt64? = nil
  ) -> ProcessSample {
    var process = ProcessSample(pid: pid)
    process.startTicks = started
    process.cpuTicks = ticks
    process.runDelay = delay.map(Measured.fresh) ?? .missing(.notSupported)
    return process
  }

  static func sample(
    at seconds: Double, root: ProcessSample? = nil, children: [ProcessSample] = [],
    busy: UInt64? = nil, total: UInt64? = nil
  ) -> Sample {
    var sample = Sample(moment: Moment(nanoseconds: Int64(seconds * 1e9)))
    if let root {
      var target = TargetSample(pid: root.pid, root: root)
      target.children = children
      sample.target = .fresh(target)
    }
    sample.system.cpuBusyTicks = busy.map(Measured.fresh) ?? .missing(.notSupported)
    sample.system.cpuTotalTicks = total.map(Measured.fresh) ?? .missing(.notSupported)
    return sample
  }

  @Test("shares come from differences, per second")
  func shares() {
    var monitor = VitalsMonitor()
    let first = monitor.judge(
      Self.sample(at: 0, root: Self.process(1, ticks: 500, delay: 0), busy: 100, total: 1000))
    #expect(first.cpu == .missing(.notYet))
    #expect(first.targetCPU == .missing(.notYet))
    let second = monitor.judge(
      Self.sample(
        at: 2, root: Self.process(1, ticks: 800, delay: 500_000_000), busy: 300, total: 1400))
    #expect(second.cpu == .fresh(Ratio(0.5)))
    #expect(second.targetCPU == .fresh(Ratio(1.5)))
    #expect(second.runDelay == .fresh(Ratio(0.25)))
  }

  @Test("other clock ticks give other shares")
  func clockTicks() {
    var monitor = VitalsMonitor(ticksPerSecond: 1000)
    _ = monitor.judge(Self.sample(at: 0, root: Self.process(1, ticks: 0)))
    let vitals = monitor.judge(Self.sample(at: 1, root: Self.process(1, ticks: 500)))
    #expect(vitals.targetCPU == .fresh(Ratio(0.5)))
  }

  @Test("a child that appears or ends makes no spike")
  func children() {
    var monitor = VitalsMonitor()
    let root = { (ticks: UInt64) in Self.process(1, ticks: ticks) }
    _ = monitor.judge(Self.sample(at: 0, root: root(0)))
    let born = monitor.judge(
      Self.sample(at: 1, root: root(10), children: [Self.process(2, ticks: 90_000)]))
    #expect(born.targetCPU == .fresh(Ratio(0.1)))
    let both = monitor.judge(
      Self.sample(
        at: 2, root: root(20),
        children: [Self.process(3, ticks: 7), Self.process(2, ticks: 90_030)]))
    #expect(both.targetCPU == .fresh(Ratio(0.4)))
    let gone = monitor.judge(Self.sample(at: 3, root: root(30)))
    #expect(gone.targetCPU == .fresh(Ratio(0.1)))
  }

  @Test("a number used again by another process is another process")
  func reuse() {
    var monitor = VitalsMonitor()
    let root = Self.process(1, ticks: 0)
    _ = monitor.judge(
      Self.sample(at: 0, root: root, children: [Self.process(2, started: 5, ticks: 100)]))
    let vitals = monitor.judge(
      Self.sample(at: 1, root: root, children: [Self.process(2, started: 6, ticks: 5000)]))
    #expect(vitals.targetCPU == .fresh(Ratio(0)))
  }

  @Test("C11: counters that go backwards give a gap, never a spike")
  func backwards() {
    var monitor = VitalsMonitor()
    let steps: [(UInt64, UInt64)] = [(500, 1000), (UInt64.max, UInt64.max), (5, 10), (15, 30)]
    var seen: [Vitals] = []
    for (index, step) in steps.enumerated() {
      seen.append(
        monitor.judge(
          Self.sample(
            at: Double(index), root: Self.process(1, ticks: step.0, delay: step.1),
            busy: step.0, total: step.1)))
    }
    #expect(seen[2].cpu.value == nil)
    #expect(seen[2].targetCPU.value == nil)
    #expect(seen[3].cpu == .fresh(Ratio(0.5)))
    #expect(seen[3].targetCPU == .fresh(Ratio(0.1)))
  }

  @Test("C12: no time, no rate")
  func zeroElapsed() {
    var monitor = VitalsMonitor()
    _ = monitor.judge(Self.sample(at: 1, root: Self.process(1, ticks: 0), busy: 0, total: 0))
    let same = monitor.judge(
      Self.sample(at: 1, root: Self.process(1, ticks: 50), busy: 50, total: 100))
    #expect(same.targetCPU.value == nil)
    #expect(same.cpu.value == nil)
  }

  @Test("a gap gives no rate, and the next tick does")
  func gap() {
    var monitor = VitalsMonitor()
    _ = monitor.judge(Self.sample(at: 0, root: Self.process(1, ticks: 0), busy: 0, total: 0))
    let after = monitor.judge(
      Self.sample(at: 100, root: Self.process(1, ticks: 900), busy: 900, total: 1000))
    #expect(after.cpu.value == nil && after.targetCPU.value == nil)
    let next = monitor.judge(
      Self.sample(at: 101, root: Self.process(1, ticks: 950), busy: 950, total: 1100))
    #expect(next.cpu == .fresh(Ratio(0.5)))
    #expect(next.targetCPU == .fresh(Ratio(0.5)))
  }

  @Test("memory in use is what could not be had; what is missing keeps its reason")
  func memory() {
    var monitor = VitalsMonitor()
    var sample = Self.sample(at: 0)
    sample.system.memoryTotal = .fresh(Bytes(1000))
    sample.system.memoryAvailable = .fresh(Bytes(250))
    sample.system.memoryPressure = .fresh(
      PressureSample(some10: 3, some60: 2, full10: 1, someTotal: 9))
    sample.system.cpuPressure = .missing(.notSupported)
    sample.target = .missing(.gone)
    let vitals = monitor.judge(sample)
    #expect(vitals.memory == .fresh(Ratio(0.75)))
    #expect(vitals.memoryPressure == .fresh(3))
    #expect(vitals.cpuPressure == .missing(.notSupported))
    #expect(vitals.targetCPU == .missing(.gone))
    sample.system.memoryTotal = .fresh(.zero)
    #expect(monitor.judge(sample).memory == .missing(.malformed))
  }

  @Test("the document has the machine's share and pressure, and the target's")
  func document() {
    var vitals = Vitals()
    vitals.cpu = .fresh(Ratio(0.5))
    vitals.targetCPU = .fresh(Ratio(1.5))
    vitals.ioPressure = .fresh(2)
    var system = Document(path: "system")
    vitals.describe(into: &system)
    let object = JSONValue.object(system.fields)
    #expect(object["cpu_percent"] == .number(50))
    #expect(object["pressure"]?["io"] == .number(2))
    #expect(object["pressure"]?["cpu"] == .null)
    #expect(system.unavailable.contains { $0.name == "system.pressure.cpu" })
    var target = Document(path: "target")
    vitals.describeTarget(into: &target)
    #expect(JSONValue.object(target.fields)["cpu_percent"] == .number(150))
  }
}
