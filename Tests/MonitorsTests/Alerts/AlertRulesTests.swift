import Monitors
import Testing

@Suite("The rules") struct AlertRulesTests {
  static func filesystem(
    _ free: Double, of total: Double, inodes: (UInt64, UInt64) = (0, 0)
  ) -> FilesystemSample {
    FilesystemSample(
      mount: "/data", kind: "ext4",
      space: .fresh(
        SpaceSample(
          total: Bytes(Int64(total * 1e9)), available: Bytes(Int64(free * 1e9)),
          inodes: inodes.0, inodesFree: inodes.1)))
  }

  static func stalls(some60: Double, full10: Double = 0) -> Measured<PressureSample> {
    .fresh(PressureSample(some10: some60, some60: some60, full10: full10, someTotal: 1))
  }

  static func throttle(_ cause: ThrottleSample.Cause) -> (inout AlertsInput) -> Void {
    { input in
      input.readings.thermal.throttledNow = true
      input.readings.thermal.causes = ["\(cause.words) now (firmware)"]
      input.readings.sample.thermal.throttles = [
        ThrottleSample(cause, source: "firmware", now: true)
      ]
    }
  }

  @Test("every rule has a name of its own, and silences only rules that stand behind it")
  func names() {
    let rules = AlertRules.defaults(AlertsConfig())
    #expect(Set(rules.map(\.name)).count == rules.count)
    for (place, rule) in rules.enumerated() {
      for name in rule.inhibits {
        let other = rules.firstIndex { $0.name == name }
        #expect((other ?? -1) > place, "\(rule.name) silences \(name)")
      }
      #expect(rule.holds >= 0 && rule.keepsFiring >= 0)
    }
  }

  @Test("a steady 85 % is no alarm, only a note")
  func steady() {
    var day = AlertsDay()
    day.run(1500) { input in
      input.readings.memory.used = Ratio(0.85)
      input.readings.vitals.memory = .fresh(Ratio(0.87))
      input.readings.memory.owned = .fresh(
        Bytes(6_800_000_000 + Int64(input.readings.sample.place % 7) * 1_000_000))
    }
    #expect(day.alarms.isEmpty)
    #expect(day.count(.fired) == 2)
    #expect(Set(day.last.active.map(\.rule)) == ["memory-steady", "system-memory-steady"])
    #expect(day.last.severity == .info)
  }

  @Test("a sawtooth between 82 and 90 % is no alarm")
  func sawtooth() {
    var day = AlertsDay()
    for second in 0..<2400 {
      let used = 0.82 + 0.08 * Double(second % 60) / 60
      day.tick { input in
        input.readings.memory.used = Ratio(used)
        input.readings.memory.owned = .fresh(Bytes(Int64(used * 8e9)))
      }
    }
    #expect(day.count(.fired, "memory-high") == 0)
  }

  @Test("above 80 % a rising floor is an alarm")
  func rising() {
    var day = AlertsDay()
    var used = 0.70
    for _ in 0..<1800 {
      used += 0.15 / 1800
      day.tick { input in
        input.readings.memory.used = Ratio(used)
        input.readings.memory.owned = .fresh(Bytes(Int64(used * 8e9)))
      }
    }
    let alert = day.alert("memory-high")
    #expect(alert?.severity == .warning)
    #expect(alert?.message.text.contains("its floor rises") == true)
    #expect(alert?.message.text.contains("of 8.00 GB (machine)") == true)
    #expect(day.count(.fired, "memory-steady") == 0)
  }

  @Test("above 80 % stalls are an alarm, and all tasks stalling is an emergency")
  func memoryStalls() {
    var day = AlertsDay()
    day.run(65) { input in
      input.readings.memory.used = Ratio(0.85)
      input.readings.sample.system.memoryPressure = Self.stalls(some60: 12)
    }
    #expect(day.alarms.map(\.rule) == ["memory-high"])
    day.run(10) { input in
      input.readings.memory.used = Ratio(0.85)
      input.readings.sample.system.memoryPressure = Self.stalls(some60: 60, full10: 45)
    }
    #expect(day.last.severity == .emergency)
    #expect(day.alarms.map(\.rule) == ["memory-emergency"])
  }

  @Test("the settings arm the rules")
  func settings() {
    var settings = AlertsConfig()
    settings.memory.criticalThreshold = 0.5
    settings.memory.growthWarningPerMinute = 1
    settings.cpuWarningPercent = 15
    settings.memoryWarningPercent = 30
    settings.diskFreeWarning = 50
    settings.thermal.warningCelsius = 40
    settings.thermal.criticalCelsius = 45
    settings.storage.throughputWarning = 100
    var day = AlertsDay(settings)
    day.run(400) { input in
      input.readings.memory.used = Ratio(0.55)
      input.readings.memory.growth = .fresh(BytesPerSecond(50_000))
      input.readings.storage.writeRate = .fresh(BytesPerSecond(50e6))
      input.readings.storage.filesystems = [Self.filesystem(40, of: 500)]
    }
    #expect(
      Set(day.last.active.map(\.rule)) == [
        "memory-critical", "memory-growth", "cpu-high", "system-memory-steady", "disk-low",
        "thermal-critical", "storage-slow",
      ])
  }

  @Test("growth alone is a note")
  func growth() {
    var day = AlertsDay()
    day.run(125) { $0.readings.memory.growth = .fresh(BytesPerSecond(500_000)) }
    #expect(day.last.active.map(\.rule) == ["memory-growth"])
    #expect(day.last.active.first?.severity == .info)
    #expect(day.last.active.first?.value == 30)
    #expect(day.last.active.first?.message.text == "memory grows by +30.0 MB/min")
  }

  @Test("an idle writer is no alarm, nor one that logs a line now and then")
  func idleWriter() {
    var day = AlertsDay()
    for second in 0..<1500 {
      day.tick {
        $0.readings.storage.writeRate = .fresh(BytesPerSecond(second % 10 == 0 ? 4096 : 0))
      }
    }
    #expect(day.transitions.isEmpty)
  }

  @Test("slow writing is a note; only seconds in which something is written count")
  func slowWriter() {
    var day = AlertsDay()
    for second in 0..<400 {
      day.tick { $0.readings.storage.writeRate = .fresh(BytesPerSecond(second % 3 == 0 ? 3e6 : 0)) }
    }
    #expect(day.transitions.isEmpty, "1 MB/s on the mean, but 3 MB/s while it writes")
    for second in 0..<400 {
      day.tick { $0.readings.storage.writeRate = .fresh(BytesPerSecond(second % 3 == 0 ? 3e5 : 0)) }
    }
    #expect(day.last.active.map(\.rule) == ["storage-slow"])
    #expect(day.last.severity == .info)
    day.run(400)
    #expect(day.last.active.isEmpty, "a writer that went idle is not slow")
  }

  @Test("a rate that is spread over pauses does not make a writer of bursts slow")
  func burstsAreNotSlow() {
    var day = AlertsDay()
    var graph = Series()
    for second in 0..<400 {
      graph.append(second % 5 == 0 ? 4e6 : 0)
      day.tick { input in
        input.readings.storage.writeRate = .fresh(BytesPerSecond(8e5))
        input.readings.storage.writeHistory = graph
      }
    }
    #expect(day.transitions.isEmpty)
  }

  @Test("parquet has a threshold of its own")
  func slowParquet() {
    var day = AlertsDay()
    var written: Int64 = 0
    for _ in 0..<300 {
      written += 2_000_000
      day.tick { input in
        input.readings.storage.writeRate = .fresh(BytesPerSecond(2e6))
        input.readings.storage.formats = [
          FormatRate(
            format: "parquet", files: 1, writeRate: BytesPerSecond(2e6), written: Bytes(written))
        ]
      }
    }
    #expect(day.last.active.map(\.rule) == ["parquet-slow"])
    #expect(abs((day.last.active.first?.value ?? 0) - 2) < 0.01)
  }

  @Test("a disk that fills is a warning, then critical; a small disk need only keep a tenth free")
  func disks() {
    var day = AlertsDay()
    day.run(100) {
      $0.readings.storage.filesystems = [Self.filesystem(6, of: 8), Self.filesystem(6, of: 100)]
    }
    #expect(day.last.active.isEmpty)
    day.run(65) { $0.readings.storage.filesystems = [Self.filesystem(4, of: 100)] }
    #expect(day.last.active.map(\.rule) == ["disk-low"])
    #expect(day.last.active.first?.message.text == "4.00 GB left on /data")
    day.run(25) { $0.readings.storage.filesystems = [Self.filesystem(0.4, of: 100)] }
    #expect(day.last.active.map(\.rule) == ["disk-full"])
  }

  @Test("a disk out of inodes is full as well; one without a fixed number is not")
  func inodes() {
    var day = AlertsDay()
    day.run(65) {
      $0.readings.storage.filesystems = [Self.filesystem(90, of: 100, inodes: (1000, 20))]
    }
    #expect(day.last.active.map(\.rule) == ["inodes-low"])
    var other = AlertsDay()
    other.run(65) { $0.readings.storage.filesystems = [Self.filesystem(90, of: 100)] }
    #expect(other.last.active.isEmpty)
  }

  @Test("a filesystem that does not answer is critical and explains the stall")
  func deadFilesystem() {
    var day = AlertsDay()
    day.run(30) { input in
      input.readings.storage.stall = StorageStall(
        seconds: Double(input.readings.sample.place), evidence: "state D")
      input.readings.storage.filesystems = [
        FilesystemSample(mount: "/mnt/nas", kind: "nfs4", space: .missing(.silent(seconds: 12)))
      ]
    }
    #expect(day.last.active.map(\.rule) == ["filesystem-silent"])
    #expect(day.last.active.first?.message.text == "/mnt/nas does not answer")
  }

  @Test("a stall is an alarm after ten seconds")
  func stall() {
    var day = AlertsDay()
    for second in 0..<9 {
      day.tick {
        $0.readings.storage.stall = StorageStall(seconds: Double(second), evidence: "state D")
      }
    }
    #expect(day.last.active.isEmpty)
    for second in 9..<20 {
      day.tick {
        $0.readings.storage.stall = StorageStall(seconds: Double(second), evidence: "state D")
      }
    }
    #expect(day.alarms.map(\.rule) == ["storage-stall"])
  }

  @Test("heat is a warning, more heat critical")
  func heat() {
    var day = AlertsDay()
    let at: (Double) -> (inout AlertsInput) -> Void = { degrees in
      {
        $0.readings.thermal.hottest = .fresh(
          SensorSample(name: "cpu-thermal", source: "zone0", celsius: .fresh(Celsius(degrees))))
      }
    }
    day.run(65, at(74))
    #expect(day.last.active.map(\.rule) == ["thermal-high"])
    day.run(25, at(84.4))
    #expect(day.last.active.map(\.rule) == ["thermal-critical"])
    #expect(day.last.active.first?.message.text == "cpu-thermal at 84.4 °C")
  }

  @Test("under-voltage is a matter of safety, other throttling of heat")
  func throttling() {
    var power = AlertsDay()
    power.run(15, Self.throttle(.underVoltage))
    #expect(power.last.active.map(\.rule) == ["power-low"])
    #expect(power.last.active.first?.category == .safety)
    #expect(power.last.active.first?.message.text == "under-voltage (firmware)")
    var heat = AlertsDay()
    heat.run(15, Self.throttle(.softTemperature))
    #expect(heat.last.active.map(\.rule) == ["throttled"])
    #expect(heat.last.active.first?.category == .thermal)
  }

  @Test(
    "a rule is as loud as the pane, whatever slows the machine down",
    arguments: ThrottleSample.Cause.allCases)
  func paneAgrees(cause: ThrottleSample.Cause) {
    var thermal = ThermalMonitor(ThermalConfig())
    var day = AlertsDay()
    var seen = Severity.ok
    for _ in 0..<15 {
      day.tick { input in
        Self.throttle(cause)(&input)
        input.readings.sample.thermal.sensors = .fresh([
          SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(50)))
        ])
        var sample = input.readings.sample
        sample.moment = Moment(nanoseconds: input.readings.sample.moment.nanoseconds)
        input.readings.thermal = thermal.judge(sample)
        seen = input.readings.thermal.severity
      }
    }
    #expect(day.last.severity == seen)
    #expect(seen == (cause == .underVoltage ? .critical : .warning))
  }

  @Test("a kill for want of memory is told at once, kills before watching began are not")
  func kills() {
    var day = AlertsDay()
    day.run(10)
    #expect(day.last.active.isEmpty)
    day.tick { $0.readings.sample.system.oomKills = .fresh(4) }
    #expect(day.last.active.map(\.rule) == ["machine-oom-kill"])
    var group = AlertsDay()
    group.run(10)
    group.tick { input in
      input.readings.memory.oomKills = 1
      input.readings.sample.system.oomKills = .fresh(4)
    }
    #expect(group.last.active.map(\.rule) == ["oom-kill"])
    group.run(400) { input in
      input.readings.memory.oomKills = 1
      input.readings.sample.system.oomKills = .fresh(4)
    }
    #expect(group.last.active.isEmpty)
  }

  @Test("descriptors near their limit are an alarm, no limit is none")
  func descriptors() {
    let open: (Int?) -> (inout AlertsInput) -> Void = { limit in
      { input in
        var root = ProcessSample(pid: 42)
        root.startTicks = 1
        root.descriptors = .fresh(900)
        var target = TargetSample(pid: 42, root: root)
        target.descriptorLimit = .fresh(limit)
        input.readings.sample.target = .fresh(target)
      }
    }
    var day = AlertsDay()
    day.run(65, open(1000))
    #expect(day.last.active.map(\.rule) == ["descriptors-high"])
    #expect(
      day.last.active.first?.message.text == "900 descriptors open, 90 % of the limit")
    var other = AlertsDay()
    other.run(65, open(nil))
    #expect(other.last.active.isEmpty)
  }

  @Test("a value of long ago proves nothing about now")
  func stale() {
    var day = AlertsDay()
    day.run(100) { input in
      input.readings.vitals.cpu = .stale(Ratio(0.99), since: Moment(nanoseconds: 0))
    }
    #expect(day.alert("cpu-high") == nil)
  }
}
