import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Whole machines")
struct MachineProbeTests {
  private let scratch = Scratch()

  private func judged(_ host: Host, ticks: Int = 1) -> (Sample, ThermalReading) {
    var probe = MachineProbe(host: host, inlineWorkers: true)
    var monitor = ThermalMonitor(ThermalConfig())
    let start: Int64 = 1_000_000_000
    var sample = Sample(moment: Moment(nanoseconds: start))
    var reading = monitor.judge(sample)
    monitor = ThermalMonitor(ThermalConfig())
    for tick in 0..<ticks {
      let moment = Moment(nanoseconds: start + Int64(tick) * 1_000_000_000)
      sample = Sample(moment: moment, place: tick)
      probe.read(into: &sample, at: moment, scratch: scratch)
      reading = monitor.judge(sample)
    }
    return (sample, reading)
  }

  @Test(
    "each tree's trouble is said in words",
    arguments: [
      (HostTree.x86Idle, "41.0 °C, not throttled", Severity.ok),
      (
        .pi5UnderVoltage,
        "throttled now: under-voltage, throttled (raspberrypi firmware, rpi_volt alarm); 61.2 °C",
        .critical
      ),
      (
        .pi4SoftLimit,
        "throttled now: soft temperature limit (raspberrypi firmware); 81.3 °C",
        .critical
      ),
      (.orinOverCurrent, "throttled now: over-current (VDD_IN alarm); 58.3 °C", .warning),
      (.containerCgroup2, "no temperature sensor on this machine", .stale),
    ] as [(HostTree, Printable, Severity)])
  func headlines(_ tree: HostTree, _ headline: Printable, _ severity: Severity) {
    let (_, reading) = judged(tree.host)
    #expect(reading.headline == headline)
    #expect(reading.severity == severity)
  }

  @Test("an idle x86 server: package before cores, a card, and no zone twice")
  func server() {
    let (sample, reading) = judged(HostTree.x86Idle.host, ticks: 3)
    #expect(sample.host.model == "Dell Inc. PowerEdge R350")
    #expect(sample.system.processors == 8)
    #expect(reading.hottest.value?.name == "Package id 0")
    #expect(reading.hottest.value?.criticalLimit == Celsius(100))
    #expect(reading.throttledNow == false)
    #expect(reading.throttledSinceBoot == false)
    #expect(sample.thermal.sensors.value?.filter { $0.name == "acpitz" }.count == 1)
    #expect(sample.system.gpus.value?.map(\.source) == ["amdgpu"])
    #expect(sample.system.gpus.value?.first?.watts == .fresh(9))
    #expect(reading.cooling.first { $0.rpm == 1180 }?.state == 96)
  }

  @Test("a Raspberry Pi 5 with a weak supply")
  func weakSupply() {
    let (sample, reading) = judged(HostTree.pi5UnderVoltage.host)
    #expect(sample.host.model == "Raspberry Pi 5 Model B Rev 1.0")
    #expect(sample.host.name == "rover")
    #expect(reading.causes.first == "under-voltage now (raspberrypi firmware, rpi_volt alarm)")
    #expect(reading.throttledSinceBoot == true)
    #expect(reading.advice == "use a better power supply or cable")
    #expect(reading.hottest.value?.criticalLimit == Celsius(110))
  }

  @Test("a Raspberry Pi 4 at its soft limit, on a kernel without pressure information")
  func softLimit() {
    let (sample, reading) = judged(HostTree.pi4SoftLimit.host)
    #expect(reading.causes.first == "soft temperature limit now (raspberrypi firmware)")
    #expect(reading.throttledSinceBoot == true)
    #expect(
      sample.system.memoryPressure
        == .missing(.because("this kernel keeps no pressure information")))
    #expect(reading.advice == "cool it: a fan, a heat sink, free air, or less load")
  }

  @Test("a Jetson: its junction speaks, an engine that is off is offline, its rails have power")
  func jetson() {
    let (sample, reading) = judged(HostTree.orinOverCurrent.host)
    #expect(reading.hottest.value?.name == "tj-thermal")
    #expect(
      sample.thermal.sensors.value?.first { $0.name == "cv0-thermal" }?.celsius
        == .missing(.because("offline")))
    #expect(sample.thermal.sensors.value?.contains { $0.name == "PMIC-Die" } == false)
    #expect(reading.power.map(\.name) == ["VDD_IN", "VDD_CPU_GPU_CV", "VDD_SOC"])
    #expect(abs((reading.power.first?.watts.value ?? 0) - 16.216) < 0.001)
    #expect(sample.system.gpus.value?.first?.utilization == .fresh(Ratio(0.437)))
    #expect(
      reading.causes == [
        "over-current now (VDD_IN alarm)", "over-current since boot (soctherm oc3: 3 events)",
      ])
  }

  @Test("a virtual machine says that it has no sensors instead of zero degrees")
  func container() {
    let (sample, reading) = judged(HostTree.containerCgroup2.host)
    #expect(reading.hottest.value == nil)
    #expect(sample.thermal.power.isEmpty)
    #expect(
      sample.system.gpus == .missing(.because("no graphics processor that can be read")))
    #expect(sample.system.memoryPressure.value?.some10 == 1.1)
  }

  @Test("an empty tree has a reason for everything and nothing made up")
  func nothing() {
    let (sample, reading) = judged(.fake(files: FakeFiles()))
    #expect(sample.system.cpuTotalTicks.absence != nil)
    #expect(sample.system.memoryTotal.absence != nil)
    #expect(sample.system.cpuPressure.absence != nil)
    #expect(reading.hottest.absence != nil)
    #expect(reading.throttledNow == nil)
    for source in MachineProbe.sources {
      #expect(source.examine(.fake(files: FakeFiles()), target: nil) != nil)
      #expect(!source.provenance.name.isEmpty)
    }
  }

  @Test("a sensor that is plugged in while watching is found within a minute")
  func plugged() {
    let files = FakeFiles([:])
    let time = FakeTime()
    var probe = MachineProbe(host: .fake(files: files, time: time), inlineWorkers: true)
    let read: () -> [Printable] = {
      var sample = Sample(moment: time.now())
      probe.read(into: &sample, at: time.now(), scratch: scratch)
      return sample.thermal.sensors.value?.map(\.name) ?? []
    }
    #expect(read().isEmpty)
    files.write("/sys/class/thermal/thermal_zone0/type", "cpu-thermal")
    files.write("/sys/class/thermal/thermal_zone0/temp", "40000")
    time.advance(by: 61)
    #expect(read() == ["cpu-thermal"])
    files.remove("/sys/class/thermal/thermal_zone0")
    time.advance(by: 1)
    #expect(read() == ["cpu-thermal"])
    time.advance(by: 6)
    #expect(read().isEmpty)
  }

  @Test("while nothing changes, nothing is searched again")
  func steady() {
    let files = FakeFiles([
      "/sys/class/thermal/thermal_zone0/type": "cpu-thermal",
      "/sys/class/thermal/thermal_zone0/temp": "40000", "/proc/sys/kernel/hostname": "rover",
    ])
    let time = FakeTime()
    var probe = MachineProbe(host: .fake(files: files, time: time), inlineWorkers: true)
    for _ in 0..<150 {
      var sample = Sample(moment: time.now())
      probe.read(into: &sample, at: time.now(), scratch: scratch)
      time.advance(by: 1)
    }
    #expect(files.reads(of: "/sys/class/thermal/thermal_zone0/type") == 1)
    #expect(files.reads(of: "/proc/sys/kernel/hostname") == 1)
  }

  @Test("a sensor that stays lost is not searched for all the time")
  func lost() {
    let zone = "/sys/class/thermal/thermal_zone0"
    let files = FakeFiles(["\(zone)/type": "cpu-thermal", "\(zone)/temp": "40000"])
    let time = FakeTime()
    var probe = MachineProbe(host: .fake(files: files, time: time), inlineWorkers: true)
    for _ in 0..<300 {
      var sample = Sample(moment: time.now())
      probe.read(into: &sample, at: time.now(), scratch: scratch)
      files.fail("\(zone)/temp", with: ENODEV)
      time.advance(by: 1)
    }
    #expect(files.reads(of: "\(zone)/type") < 12)
  }

  @Test("a simulated sensor is read by its name each time, so that it may be replaced")
  func simulated() {
    let files = FakeFiles([
      "/sys/class/thermal/thermal_zone0/type": "cpu-thermal",
      "/sys/class/thermal/thermal_zone0/temp": "40000",
    ])
    var host = Host.fake(files: files)
    host.isSimulated = true
    let (sample, reading) = judged(host)
    #expect(sample.host.isSimulated)
    #expect(reading.isSimulated)
    #expect(reading.hottest.value?.celsius == .fresh(Celsius(40)))
  }
}
