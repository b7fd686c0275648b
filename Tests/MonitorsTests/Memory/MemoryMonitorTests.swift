import TestSupport
import Testing

@testable import Monitors

@Suite("Memory")
struct MemoryMonitorTests {
  private static func process(_ pid: Int32 = 42, anonymous: Int64, startTicks: UInt64 = 1)
    -> ProcessSample
  {
    var process = ProcessSample(pid: pid)
    process.startTicks = startTicks
    process.resident = .fresh(Bytes(anonymous + 5_000_000))
    process.anonymous = .fresh(Bytes(anonymous))
    process.file = .fresh(Bytes(5_000_000))
    process.shared = .fresh(.zero)
    process.swapped = .fresh(.zero)
    process.virtual = .fresh(Bytes(anonymous + 50_000_000))
    return process
  }

  private func sample(
    at seconds: Double, _ root: ProcessSample, children: [ProcessSample] = [],
    _ change: (inout TargetSample) -> Void = { _ in }
  ) -> Sample {
    var sample = Sample(moment: Moment(nanoseconds: Int64(seconds * 1e9)))
    var target = TargetSample(pid: root.pid, root: root)
    target.children = children
    change(&target)
    sample.target = .fresh(target)
    sample.system.memoryTotal = .fresh(Bytes(16_000_000_000))
    sample.system.memoryAvailable = .fresh(Bytes(12_000_000_000))
    return sample
  }

  private func group(limit: Int64?, used: Int64, set: Int64? = nil, kills: UInt64 = 0)
    -> Measured<CgroupSample>
  {
    var cgroup = CgroupSample()
    cgroup.memoryLimit = limit.map(Bytes.init)
    cgroup.memoryUsed = .fresh(Bytes(used))
    cgroup.workingSet = set.map { .fresh(Bytes($0)) } ?? .missing(.notSupported)
    cgroup.oomKills = .fresh(kills)
    return .fresh(cgroup)
  }

  private func judge(_ sample: Sample, _ settings: MemoryConfig = MemoryConfig()) -> MemoryReading {
    var monitor = MemoryMonitor(settings)
    return monitor.judge(sample)
  }

  @Test("what a target owns is anonymous, shared and swapped, over all its processes")
  func owned() {
    var root = Self.process(anonymous: 10_000_000)
    root.shared = .fresh(Bytes(1_000_000))
    root.swapped = .fresh(Bytes(300_000))
    let reading = judge(sample(at: 1, root, children: [Self.process(43, anonymous: 2_000_000)]))
    #expect(reading.owned == .fresh(Bytes(13_300_000)))
    #expect(reading.resident == .fresh(Bytes(22_000_000)))
    #expect(reading.processes == 2)
  }

  @Test("the limit is the least of what is configured, the group's and the machine's")
  func limits() {
    let root = Self.process(anonymous: 100_000_000)
    #expect(
      judge(sample(at: 1, root)).limit
        == MemoryLimit(bytes: Bytes(8_000_000_000), origin: "configured"))
    let grouped = judge(
      sample(at: 1, root) {
        $0.cgroup = group(limit: 500_000_000, used: 450_000_000, set: 300_000_000)
      })
    #expect(grouped.limit == MemoryLimit(bytes: Bytes(500_000_000), origin: "cgroup"))
    #expect(grouped.used == Ratio(0.6))
    #expect(grouped.left == Bytes(200_000_000))
    var settings = MemoryConfig()
    settings.maximum = nil
    #expect(
      judge(sample(at: 1, root), settings).limit
        == MemoryLimit(bytes: Bytes(16_000_000_000), origin: "machine"))
  }

  @Test("a machine that has little left leaves little, although the limit is far")
  func left() {
    var sample = sample(at: 1, Self.process(anonymous: 100_000_000))
    sample.system.memoryAvailable = .fresh(Bytes(50_000_000))
    #expect(judge(sample).left == Bytes(50_000_000))
    #expect(judge(sample).limit?.origin == "configured")
  }

  @Test("a limit of address space counts where it is met first")
  func addressSpace() {
    let root = Self.process(anonymous: 100_000_000)
    let tight = judge(sample(at: 1, root) { $0.addressSpaceLimit = .fresh(Bytes(200_000_000)) })
    #expect(tight.limit?.origin == "address space limit")
    #expect(tight.used == Ratio(0.75))
    let unlimited = judge(sample(at: 1, root) { $0.addressSpaceLimit = .fresh(nil) })
    #expect(unlimited.limit?.origin == "configured")
  }

  @Test("without any limit there is none, and nothing is divided by it")
  func unlimited() {
    var sample = sample(at: 1, Self.process(anonymous: 100_000_000))
    sample.system.memoryTotal = .missing(.notYet)
    var settings = MemoryConfig()
    settings.maximum = nil
    #expect(judge(sample, settings).limit == nil)
    settings.maximum = .zero
    #expect(judge(sample, settings).used == nil)
  }

  @Test(
    "growth is known after ten seconds, and names the mapping that grows but no file that is read")
  func growth() {
    var monitor = MemoryMonitor(MemoryConfig())
    var reading = MemoryReading()
    var firstNamed: Int?
    for second in 0...60 {
      let owned = Int64(50_000_000 + second * 2_000_000)
      reading = monitor.judge(
        sample(at: Double(second), Self.process(anonymous: owned)) { target in
          let looked = second < 10 ? second / 5 * 5 : second / 10 * 10
          var anonymous = Mapping(name: "[anonymous] below 7f12")
          anonymous.owned = Bytes(Int64(looked * 2_000_000))
          var file = Mapping(name: "/data/model.bin")
          file.isFile = true
          file.resident = Bytes(Int64(looked * 9_000_000))
          target.mappings = .fresh(
            MappingsSample(
              at: Moment(nanoseconds: Int64(looked) * 1_000_000_000), cost: 0,
              mappings: [file, anonymous]))
        })
      if second == 9 { #expect(reading.growth == .missing(.notYet)) }
      if firstNamed == nil, !reading.growing.isEmpty { firstNamed = second }
    }
    #expect(abs((reading.growth.value?.value ?? 0) - 2e6) < 1e4)
    #expect((firstNamed ?? .max) <= 40)
    #expect(reading.growing.map(\.name) == ["[anonymous] below 7f12"])
    #expect(reading.headline.text.hasPrefix("growing +120 MB/min in [anonymous] below 7f12"))
    #expect(reading.severity == .info)
  }

  @Test("high use alone is no warning, high use that grows is, and near the limit it is critical")
  func severities() {
    func severity(_ owned: (Int) -> Int64) -> Severity {
      var monitor = MemoryMonitor(MemoryConfig())
      var reading = MemoryReading()
      for second in 0...20 {
        reading = monitor.judge(
          sample(at: Double(second), Self.process(anonymous: owned(second))) {
            $0.cgroup = group(limit: 1_000_000_000, used: owned(second))
          })
      }
      return reading.severity
    }
    #expect(severity { _ in 850_000_000 } == .ok)
    #expect(severity { 850_000_000 + Int64($0) * 100_000 } == .warning)
    #expect(severity { _ in 960_000_000 } == .critical)
    #expect(severity { _ in 200_000_000 } == .ok)
  }

  @Test(
    "kills for want of memory count from when watching began, and a group that is made anew has none"
  )
  func kills() {
    var monitor = MemoryMonitor(MemoryConfig())
    func kills(_ count: UInt64, at seconds: Double) -> UInt64 {
      monitor.judge(
        sample(at: seconds, Self.process(anonymous: 1_000_000)) {
          $0.cgroup = group(limit: nil, used: 1, kills: count)
        }
      ).oomKills
    }
    #expect(kills(3, at: 1) == 0)
    #expect(kills(5, at: 2) == 2)
    #expect(kills(0, at: 3) == 0)
  }

  @Test("C8: a restart begins with no growth of the last one's")
  func restart() {
    var monitor = MemoryMonitor(MemoryConfig())
    for second in 0...20 {
      _ = monitor.judge(
        sample(at: Double(second), Self.process(anonymous: Int64(second) * 1_000_000)))
    }
    let reading = monitor.judge(
      sample(at: 21, Self.process(anonymous: 900_000_000, startTicks: 77)))
    #expect(reading.growth == .missing(.notYet))
  }

  @Test(
    "C16: after a long silence nothing is concluded from before it; rare readings are no silence")
  func silence() {
    var monitor = MemoryMonitor(MemoryConfig())
    for second in 0...20 {
      _ = monitor.judge(sample(at: Double(second), Self.process(anonymous: 1_000_000)))
    }
    let after = monitor.judge(sample(at: 100, Self.process(anonymous: 900_000_000)))
    #expect(after.growth == .missing(.notYet))
    var rare = MemoryMonitor(MemoryConfig())
    var reading = MemoryReading()
    for minute in 0...5 {
      reading = rare.judge(
        sample(at: Double(minute * 60), Self.process(anonymous: Int64(minute) * 60_000_000)))
    }
    #expect(reading.growth == .fresh(BytesPerSecond(1e6)))
  }

  @Test("C9: what can not be read is missing with its reason, and never 0")
  func missing() {
    let absence = Absence.notPermitted(needs: "CAP_SYS_PTRACE")
    var root = ProcessSample(pid: 42)
    root.anonymous = .missing(absence)
    let reading = judge(sample(at: 1, root))
    #expect(reading.owned == .missing(absence))
    #expect(reading.growth == .missing(absence))
    #expect(reading.limit == nil)
    #expect(reading.headline == absence.sentence)
    var none = Sample(moment: Moment(nanoseconds: 1))
    none.target = .missing(.because("no process chosen"))
    #expect(judge(none).headline == "no process chosen")
    #expect(judge(none).resident == .missing(.because("no process chosen")))
  }

  @Test("judging is cheap: thousands of ticks in a moment, in a history that does not grow")
  func cheap() {
    var monitor = MemoryMonitor(MemoryConfig())
    let mapping = Mapping(name: "[heap]")
    let begin = ContinuousClock.now
    for second in 0..<3000 {
      _ = monitor.judge(
        sample(at: Double(second), Self.process(anonymous: Int64(second) * 1000)) {
          $0.mappings = .fresh(
            MappingsSample(
              at: Moment(nanoseconds: Int64(second / 10) * 10_000_000_000), cost: 0,
              mappings: [mapping]))
        })
    }
    #expect(ContinuousClock.now - begin < .seconds(6))
  }
}
