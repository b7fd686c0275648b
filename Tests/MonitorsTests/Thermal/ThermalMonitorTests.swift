import TestSupport
import Testing

@testable import Monitors

@Suite("Judging heat")
struct ThermalMonitorTests {
  private let time = FakeTime()

  private func sample(
    _ celsius: Double? = 61.2, name: Printable = "cpu-thermal", throttles: [ThrottleSample] = []
  ) -> Sample {
    var sample = Sample(moment: time.now())
    if let celsius {
      sample.thermal.sensors = .fresh([
        SensorSample(name: name, source: "thermal_zone0", celsius: .fresh(Celsius(celsius)))
      ])
    } else {
      sample.thermal.sensors = .missing(.because("no temperature sensor on this machine"))
    }
    sample.thermal.throttles = throttles
    return sample
  }

  private func firmware(_ cause: ThrottleSample.Cause, now: Bool, boot: Bool) -> ThrottleSample {
    ThrottleSample(cause, source: "raspberrypi firmware", now: now, sinceBoot: boot)
  }

  private func counter(_ count: UInt64) -> ThrottleSample {
    ThrottleSample(.overCurrent, source: "soctherm oc3", sinceBoot: count > 0, count: count)
  }

  @Test("under-voltage now is critical, names its source and says what to buy")
  func underVoltage() {
    var monitor = ThermalMonitor(ThermalConfig())
    let reading = monitor.judge(
      sample(throttles: [
        firmware(.underVoltage, now: true, boot: true),
        ThrottleSample(.underVoltage, source: "rpi_volt alarm", now: true),
      ]))
    #expect(reading.severity == .critical)
    #expect(
      reading.headline
        == "throttled now: under-voltage (raspberrypi firmware, rpi_volt alarm); 61.2 °C")
    #expect(reading.causes == ["under-voltage now (raspberrypi firmware, rpi_volt alarm)"])
    #expect(reading.advice == "use a better power supply or cable")
    #expect(reading.throttledNow == true)
    #expect(reading.throttledSinceBoot == true)
    #expect(reading.throttledWhileWatched)
  }

  @Test("what was before we watched is since boot, not now")
  func sinceBoot() {
    var monitor = ThermalMonitor(ThermalConfig())
    let reading = monitor.judge(
      sample(throttles: [firmware(.underVoltage, now: false, boot: true), counter(3)]))
    #expect(reading.severity == .info)
    #expect(reading.throttledNow == false)
    #expect(reading.throttledSinceBoot == true)
    #expect(!reading.throttledWhileWatched)
    #expect(
      reading.causes == [
        "under-voltage since boot (raspberrypi firmware)",
        "over-current since boot (soctherm oc3: 3 events)",
      ])
  }

  @Test("a counter that grows is throttling now, for that tick, and stays noted")
  func growing() {
    var monitor = ThermalMonitor(ThermalConfig())
    #expect(monitor.judge(sample(throttles: [counter(3)])).throttledNow == nil)
    time.advance(by: 1)
    let grown = monitor.judge(sample(throttles: [counter(5)]))
    #expect(grown.throttledNow == true)
    #expect(grown.severity == .warning)
    #expect(grown.causes == ["over-current now (soctherm oc3: 2 events)"])
    time.advance(by: 1)
    let after = monitor.judge(sample(throttles: [counter(5)]))
    #expect(after.throttledNow == false)
    #expect(after.throttledWhileWatched)
    #expect(after.causes == ["over-current while watched (soctherm oc3: 2 events)"])
    #expect(after.severity == .info)
    #expect(after.throttledSeconds == 1)
  }

  @Test("C11: a counter that goes backwards, vanishes or returns is no event")
  func backwards() {
    var monitor = ThermalMonitor(ThermalConfig())
    for throttles in [[counter(7)], [counter(2)], [], [counter(2)], [counter(.max)], [counter(0)]] {
      time.advance(by: 1)
      let reading = monitor.judge(sample(throttles: throttles))
      #expect(reading.throttledNow != true || throttles == [counter(.max)])
    }
  }

  @Test("a sticky flag that rises between two looks has happened while watched")
  func stickyFlag() {
    var monitor = ThermalMonitor(ThermalConfig())
    _ = monitor.judge(sample(throttles: [firmware(.throttled, now: false, boot: false)]))
    time.advance(by: 1)
    let reading = monitor.judge(sample(throttles: [firmware(.throttled, now: false, boot: true)]))
    #expect(reading.throttledWhileWatched)
    #expect(reading.throttledNow == false)
    #expect(reading.causes == ["throttled while watched (raspberrypi firmware)"])
  }

  @Test("seconds are counted while it lasts, and a gap in watching is not")
  func seconds() {
    var monitor = ThermalMonitor(ThermalConfig())
    let slowed = [firmware(.softTemperature, now: true, boot: true)]
    for _ in 0..<5 {
      time.advance(by: 2)
      _ = monitor.judge(sample(throttles: slowed))
    }
    time.advance(by: 3600)
    #expect(monitor.judge(sample(throttles: slowed)).throttledSeconds == 8)
  }

  @Test("C12: a clock that stands still adds no time")
  func frozenClock() {
    var monitor = ThermalMonitor(ThermalConfig())
    let slowed = [firmware(.throttled, now: true, boot: true)]
    for _ in 0..<3 {
      #expect(monitor.judge(sample(throttles: slowed)).throttledSeconds == 0)
    }
  }

  @Test(
    "the thresholds of the configuration are the ones that count",
    arguments: [
      (69.9, Severity.ok), (70.0, .warning), (79.9, .warning), (80.0, .critical),
    ])
  func thresholds(_ celsius: Double, _ severity: Severity) {
    var monitor = ThermalMonitor(ThermalConfig())
    #expect(monitor.judge(sample(celsius)).severity == severity)
    var settings = ThermalConfig()
    settings.warningCelsius = 90
    settings.criticalCelsius = 95
    var patient = ThermalMonitor(settings)
    #expect(patient.judge(sample(celsius)).severity == .ok)
  }

  @Test("no sensor is said in words, and is neither trouble nor well-being")
  func noSensor() {
    var monitor = ThermalMonitor(ThermalConfig())
    let reading = monitor.judge(sample(nil))
    #expect(reading.headline == "no temperature sensor on this machine")
    #expect(reading.severity == .stale)
    #expect(reading.hottest == .missing(.because("no temperature sensor on this machine")))
    #expect(reading.throttledNow == nil)
    #expect(reading.history.last == nil)
  }

  @Test("throttling is told also where no temperature can be")
  func throttledWithoutSensor() {
    var monitor = ThermalMonitor(ThermalConfig())
    let reading = monitor.judge(
      sample(nil, throttles: [firmware(.underVoltage, now: true, boot: true)]))
    #expect(
      reading.headline
        == "throttled now: under-voltage (raspberrypi firmware); no temperature sensor on this machine"
    )
  }

  @Test(
    "the sensor that speaks for the machine is the one by which it slows itself down",
    arguments: [
      (["gpu-thermal", "cpu-thermal", "tj-thermal"], "tj-thermal"),
      (["Composite", "cpu-thermal"], "cpu-thermal"),
      (["iwlwifi_1", "Core 3", "Package id 0"], "Package id 0"),
      (["Tctl", "Tdie", "Tccd1"], "Tdie"), (["acpitz", "nvme temp1"], "acpitz"),
    ] as [([Printable], Printable)])
  func telling(_ names: [Printable], _ expected: Printable) {
    var sample = sample()
    sample.thermal.sensors = .fresh(
      names.enumerated().map { place, name in
        SensorSample(
          name: name, source: "x", celsius: .fresh(Celsius(60 - Double(place))))
      })
    var monitor = ThermalMonitor(ThermalConfig())
    let reading = monitor.judge(sample)
    #expect(reading.hottest.value?.name == expected)
    #expect(reading.sensors.map(\.name) == names)
  }

  @Test("any sensor at its own critical limit is critical, whatever the others say")
  func ownLimit() {
    var sample = sample()
    var disk = SensorSample(name: "Composite", source: "nvme", celsius: .fresh(Celsius(86)))
    disk.criticalLimit = Celsius(84.8)
    sample.thermal.sensors = .fresh((sample.thermal.sensors.value ?? []) + [disk])
    var monitor = ThermalMonitor(ThermalConfig())
    let reading = monitor.judge(sample)
    #expect(reading.severity == .critical)
    #expect(reading.headline == "critical: Composite 86.0 °C, its limit is 84.8 °C")
  }

  @Test("a passive limit that is reached, and a cooler that slows down, are throttling")
  func inferred() {
    var sample = sample()
    var zone = SensorSample(name: "tj-thermal", source: "z", celsius: .fresh(Celsius(99.5)))
    zone.passiveLimit = Celsius(99)
    sample.thermal.sensors = .fresh([zone])
    sample.thermal.cooling = [
      CoolingSample(name: "thermal-cpufreq-0", isFan: false, state: 3, maximum: 29),
      CoolingSample(name: "pwm-fan", isFan: true, state: 4, maximum: 4),
    ]
    var monitor = ThermalMonitor(ThermalConfig())
    let reading = monitor.judge(sample)
    #expect(reading.throttledNow == true)
    #expect(
      reading.causes == [
        "passive temperature limit now (tj-thermal)", "slowed down to cool now (thermal-cpufreq-0)",
      ])
    #expect(reading.advice == "cool it: a fan, a heat sink, free air, or less load")
  }

  private func capped(_ allowed: UInt64) -> Sample {
    var sample = sample()
    sample.thermal.frequencies = [
      FrequencySample(
        name: "policy0", current: .fresh(allowed), allowed: .fresh(allowed),
        hardware: .fresh(2_400_000))
    ]
    return sample
  }

  @Test("a cap that stood when watching began may be a setting; it is told without alarm")
  func standingCap() {
    var monitor = ThermalMonitor(ThermalConfig())
    for _ in 0..<3 {
      time.advance(by: 1)
      let reading = monitor.judge(capped(1_500_000))
      #expect(reading.severity == .info)
      #expect(reading.headline == "61.2 °C; frequency capped: policy0: 1.50 of 2.40 GHz")
      #expect(reading.causes == ["frequency capped now (policy0: 1.50 of 2.40 GHz)"])
      #expect(reading.throttledNow == false)
      #expect(reading.throttledSeconds == 0)
      #expect(!reading.throttledWhileWatched)
    }
  }

  @Test("a cap that comes while watched is throttling")
  func newCap() {
    var monitor = ThermalMonitor(ThermalConfig())
    #expect(monitor.judge(capped(2_400_000)).throttledNow == false)
    time.advance(by: 1)
    let reading = monitor.judge(capped(1_800_000))
    #expect(reading.severity == .warning)
    #expect(reading.throttledNow == true)
    #expect(reading.causes == ["frequency capped now (policy0: 1.80 of 2.40 GHz)"])
    time.advance(by: 1)
    #expect(monitor.judge(capped(2_400_000)).throttledNow == false)
  }

  @Test("a graphics processor that is held back is a cause, and stays one that was")
  func graphics() {
    var gpu = GPUSample(name: "RTX A2000", source: "nvml")
    gpu.throttleReasons = ["hardware thermal slowdown"]
    var hot = sample()
    hot.system.gpus = .fresh([gpu])
    var monitor = ThermalMonitor(ThermalConfig())
    #expect(monitor.judge(hot).causes == ["hardware thermal slowdown now (RTX A2000)"])
    time.advance(by: 1)
    let after = monitor.judge(sample())
    #expect(after.causes == ["hardware thermal slowdown while watched (RTX A2000)"])
    #expect(after.throttledWhileWatched)
  }

  @Test("the history has one place a tick, a gap where nothing was read")
  func history() {
    var monitor = ThermalMonitor(ThermalConfig())
    _ = monitor.judge(sample(50))
    _ = monitor.judge(sample(nil))
    let reading = monitor.judge(sample(52))
    #expect([0, 1, 2].map { reading.history[$0] } == [50, nil, 52])
  }
}
