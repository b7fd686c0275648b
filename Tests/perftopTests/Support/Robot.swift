import Synchronization

@testable import Monitors
@testable import perftop

/// A pretended robot's readings: calm or in trouble, and moving from tick to tick, always the same way.
struct Robot {
  var isTroubled = false
  private(set) var tick = 0
  private var random = Random(state: 7)
  private var owned = Series()
  private var written = Series()
  private var read = Series()
  private var pressure = Series()
  private var warmth = Series()
  private var alarms = Series()

  init(isTroubled: Bool = false, ticks: Int = 0) {
    self.isTroubled = isTroubled
    for _ in 0..<ticks { advance() }
  }

  /// A small generator, so that pictures are the same everywhere.
  struct Random {
    var state: UInt64
    mutating func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(state >> 33) / Double(1 << 31)
    }
  }

  private var ownedNow = 404_000_000.0
  private var writtenNow = 12_000_000.0
  private var pressureNow = 0.45
  private var warmthNow = 58.0

  mutating func advance() {
    tick += 1
    ownedNow += (isTroubled ? 52_000 : 0) + (random.next() - 0.5) * 200_000
    writtenNow = max(0, min(30e6, writtenNow + (random.next() - 0.5) * 2_000_000))
    pressureNow = max(
      0.1, min(1.2, pressureNow + (random.next() - (isTroubled ? 0.48 : 0.5)) * 0.06))
    warmthNow = max(40, min(90, warmthNow + (random.next() - (isTroubled ? 0.45 : 0.5)) * 0.6))
    owned.append(ownedNow)
    written.append(writtenNow)
    read.append(tick % 20 < 3 ? 1_200_000 * random.next() : 0)
    pressure.append(pressureNow)
    warmth.append(warmthNow)
    alarms.append(isTroubled ? (tick % 300 > 120 ? 2 : 1) : 0)
  }

  var now: Moment {
    Moment(
      nanoseconds: Int64(tick) * 1_000_000_000,
      wall: 1_790_000_000_000_000_000 + Int64(tick) * 1_000_000_000, sequence: UInt64(tick))
  }

  private func before(_ seconds: Int) -> Moment {
    Moment(nanoseconds: now.nanoseconds - Int64(seconds) * 1_000_000_000, wall: now.wall)
  }
}

extension Robot {
  var memory: MemoryReading {
    var reading = MemoryReading()
    reading.severity = isTroubled ? .warning : .ok
    reading.headline =
      isTroubled ? "grows 3.12 MB/min since 12 min, most of it in [heap]" : "steady, plenty left"
    reading.owned = .fresh(Bytes(Int64(ownedNow)))
    reading.resident = .fresh(Bytes(Int64(ownedNow) + 118_000_000))
    reading.proportional = .fresh(Bytes(Int64(ownedNow) + 61_000_000))
    reading.swapped = .fresh(.zero)
    reading.anonymous = .fresh(Bytes(Int64(ownedNow) - 2_100_000))
    reading.file = .fresh(Bytes(118_000_000))
    reading.shared = .fresh(Bytes(2_100_000))
    reading.limit = MemoryLimit(
      bytes: Bytes(isTroubled ? 500_000_000 : 8_000_000_000), origin: "cgroup")
    reading.left = Bytes((reading.limit?.bytes.count ?? 0) - Int64(ownedNow))
    reading.used = Ratio(ownedNow / Double(reading.limit?.bytes.count ?? 1))
    reading.growth = .fresh(BytesPerSecond(isTroubled ? 52_000 : 0))
    reading.mappings = mappings
    reading.growing = isTroubled ? Array(mappings.prefix(1)) : []
    reading.mappingsRead = .fresh(before(20))
    reading.majorFaults = 0.2
    reading.processes = 3
    reading.history = owned
    return reading
  }

  private var mappings: [MappingGrowth] {
    let names = [
      "[heap]", "[anonymous] 7f3a40000000", "/usr/lib/aarch64-linux-gnu/libopencv_core.so.410",
      "/usr/lib/aarch64-linux-gnu/libpython3.12.so.1.0", "/dev/shm/camera_ring", "[stack]",
    ]
    return names.enumerated().map { index, name in
      let share = Int64(200_000_000 >> (index * 2))
      return MappingGrowth(
        name: Printable(name), owned: Bytes(index == 2 || index == 3 ? 400_000 : share),
        resident: Bytes(share + 1_000_000),
        growth: index == 5 ? nil : BytesPerSecond(index == 0 && isTroubled ? 51_000 : 0))
    }
  }

  var storage: StorageReading {
    var reading = StorageReading()
    reading.severity = isTroubled ? .critical : .ok
    reading.headline = isTroubled ? "nothing has been written for 40 s" : "writing parquet and csv"
    reading.writeRate = .fresh(BytesPerSecond(isTroubled ? 0 : writtenNow))
    reading.readRate = .fresh(BytesPerSecond(read.last ?? 0))
    reading.writeCallRate = .fresh(BytesPerSecond(writtenNow * 1.02))
    reading.coverage = isTroubled ? nil : Ratio(0.98)
    reading.formats = [
      FormatRate(
        format: "parquet", files: 14, writeRate: BytesPerSecond(writtenNow * 0.8),
        written: Bytes(4_210_000_000)),
      FormatRate(
        format: "csv", files: 2, writeRate: BytesPerSecond(writtenNow * 0.2),
        written: Bytes(210_000_000)),
      FormatRate(format: "jsonl", files: 1, writeRate: BytesPerSecond(0), written: Bytes(88_000)),
    ]
    reading.files = files
    reading.stall =
      isTroubled
      ? StorageStall(seconds: 40, evidence: "waiting for storage (state D)") : nil
    reading.filesystems = filesystems
    reading.caveats = isTroubled ? ["more directories than can be watched"] : []
    reading.writeHistory = written
    reading.readHistory = read
    return reading
  }

  private var filesystems: [FilesystemSample] {
    let space = SpaceSample(
      total: Bytes(256_000_000_000), available: Bytes(isTroubled ? 1_200_000_000 : 92_000_000_000),
      inodes: 16_000_000, inodesFree: 15_100_000)
    return [
      FilesystemSample(mount: "/data", kind: "ext4", space: .fresh(space)),
      FilesystemSample(
        mount: "/mnt/nas", kind: "nfs4",
        space: isTroubled ? .missing(.timedOut) : .fresh(space)),
    ]
  }

  private var files: [FileRate] {
    (0..<9).map { index in
      var file = OpenFileSample(
        path: Printable("/data/episodes/2026-11-21/episode_00\(index)/part-000\(index).parquet"))
      file.format = index < 7 ? "parquet" : "csv"
      file.size = Bytes(Int64(30_000_000 * (index + 1)))
      file.isWritten = index < 7
      file.isDeleted = index == 6
      file.pid = 4242
      return FileRate(
        file: file, writeRate: BytesPerSecond(index < 2 ? writtenNow / 2 : 0),
        readRate: BytesPerSecond(index == 7 ? 800_000 : 0),
        progress: index == 7 ? Ratio(0.41) : nil)
    }
  }

  var batching: BatchingReading {
    var reading = BatchingReading()
    if isTroubled {
      reading.severity = .info
      reading.headline = "6.2 items a second, down from 9.8"
      reading.history = pressure
    } else {
      reading.lacks = "no batches reported: the target is not linked, see perftop(1) LINKING"
      reading.headline = "no batches reported: the target is not linked, see perftop(1) LINKING"
      reading.advice = [
        "Python: pip install perftop_link, then link.batch(size=…, seconds=…)",
        "Swift: import Monitors, then link.batch(…)",
      ]
    }
    return reading
  }

  var quality: QualityReading {
    var reading = QualityReading()
    reading.severity = isTroubled ? .warning : .ok
    reading.suggested = isTroubled ? .low : .high
    reading.level = isTroubled ? .high : nil
    reading.headline =
      isTroubled ? "the machine carries low, not high" : "the machine carries high"
    reading.pressure = pressureNow
    reading.terms = [
      PressureTerm(name: "cpu", value: .fresh(pressureNow)),
      PressureTerm(name: "temperature", value: .fresh(0.4)),
      PressureTerm(name: "memory", value: .fresh(0.31)),
      PressureTerm(name: "io stalls", value: .missing(.notSupported)),
    ]
    reading.settings = QualitySettings(
      resolutionScale: 0.85, compressionQuality: 85, frameSkip: 0)
    reading.reason = "cpu weighs most"
    reading.history = pressure
    return reading
  }

  var thermal: ThermalReading {
    var reading = ThermalReading()
    reading.severity = isTroubled ? .emergency : .ok
    reading.headline =
      isTroubled
      ? "slowed down now: under-voltage (raspberrypi firmware)" : "cool, nothing slows it down"
    var sensor = SensorSample(
      name: "cpu-thermal", source: "thermal_zone0", celsius: .fresh(Celsius(warmthNow)))
    sensor.criticalLimit = Celsius(110)
    sensor.passiveLimit = Celsius(85)
    let board = SensorSample(name: "rp1_adc", source: "hwmon1", celsius: .fresh(Celsius(51.2)))
    let broken = SensorSample(name: "nvme", source: "hwmon2", celsius: .missing(.malformed))
    reading.hottest = .fresh(sensor)
    reading.sensors = [sensor, board, broken]
    reading.throttledNow = isTroubled
    reading.throttledSinceBoot = isTroubled
    reading.throttledWhileWatched = isTroubled
    reading.throttledSeconds = isTroubled ? 130 : 0
    reading.causes =
      isTroubled
      ? [
        "under-voltage now (raspberrypi firmware)",
        "frequency capped since boot (raspberrypi firmware)",
      ] : []
    reading.advice = isTroubled ? "use a supply that gives 5 A at 5.1 V" : ""
    reading.frequencies = [
      FrequencySample(
        name: "policy0", current: .fresh(isTroubled ? 1_500_000 : 2_400_000),
        allowed: .fresh(2_400_000), hardware: .fresh(2_400_000))
    ]
    reading.cooling = [CoolingSample(name: "pwm-fan", isFan: true, state: 2, maximum: 4)]
    reading.power = [PowerSample(name: "VDD_CORE", watts: .fresh(3.214))]
    reading.gpus = .missing(.because("no driver that can be asked"))
    reading.history = warmth
    return reading
  }

  var alerts: AlertsReading {
    var reading = AlertsReading()
    reading.rules = 14
    reading.history = alarms
    reading.severity = isTroubled ? .emergency : .ok
    reading.headline = isTroubled ? "2 active, 1 accepted" : "nothing is wrong, 14 rules watch"
    guard isTroubled else { return reading }
    var voltage = Alert(
      id: "thermal-under-voltage-1", rule: "thermal-under-voltage", severity: .emergency,
      category: .thermal, state: .firing, since: before(130), value: 1, threshold: 0.5,
      message: "under-voltage: the supply is too weak",
      actions: ["use a supply that gives 5 A at 5.1 V", "unplug what draws from USB"])
    voltage.acknowledgedBy = nil
    var memory = Alert(
      id: "memory-high-2", rule: "memory-high", severity: .warning, category: .resource,
      state: .acknowledged, since: before(720), value: 0.86, threshold: 0.8,
      message: "memory above 80 % of its limit for 12 min")
    memory.acknowledgedBy = "pi from 10.0.0.7"
    var over = memory
    over.id = "cpu-high-1"
    over.state = .resolved
    over.severity = .info
    over.ended = before(4000)
    over.message = "CPU above 80 % for 5 min"
    reading.active = [voltage, memory]
    reading.resolved = [over]
    return reading
  }

  var marks: [Mark] {
    [
      Mark(.restart, place: tick - 90, at: before(90), label: "generation 2: exited with 1"),
      Mark(.alert, place: tick - 40, at: before(40), label: "memory above 80 % of its limit"),
      Mark(.action, place: tick - 12, at: before(12), label: "collected: heap 404 MB → 390 MB"),
    ]
  }

  var snapshot: Snapshot {
    var health = Health()
    health.cpu = Ratio(0.0012)
    health.resident = Bytes(4_510_000)
    return Snapshot(
      sample: sample, vitals: vitals, memory: memory, storage: storage, batching: batching,
      quality: quality, thermal: thermal, alerts: alerts, health: health, marks: marks,
      receipts: [], watching: .watching)
  }

  private var vitals: Vitals {
    var vitals = Vitals()
    vitals.cpu = .fresh(Ratio(pressureNow))
    vitals.targetCPU = .fresh(Ratio(pressureNow * 2.1))
    vitals.runDelay = .fresh(Ratio(0.02))
    vitals.memory = .fresh(Ratio(0.41))
    vitals.cpuPressure = .fresh(isTroubled ? 14 : 1.24)
    vitals.memoryPressure = .fresh(0)
    vitals.ioPressure = .fresh(isTroubled ? 31 : 0.4)
    return vitals
  }

  private var sample: Sample {
    var sample = Sample(moment: now, place: tick - 1)
    sample.host.name = "robot-07"
    sample.host.model = "Raspberry Pi 5 Model B Rev 1.0"
    var root = ProcessSample(pid: 4242)
    root.state = isTroubled ? "D" : "S"
    var target = TargetSample(pid: 4242, root: root)
    target.name = "camera_node"
    target.runtime = "python"
    target.uptime = 7800
    target.generation = isTroubled ? 2 : 1
    target.children = [ProcessSample(pid: 4243), ProcessSample(pid: 4244)]
    sample.target = .fresh(target)
    return sample
  }
}

extension Scene {
  /// A scene of one snapshot, looked at as asked.
  static func of(_ snapshot: Snapshot, _ change: (inout ViewState) -> Void = { _ in }) -> Scene {
    var view = ViewState()
    change(&view)
    return Scene(snapshots: [snapshot], view: view)
  }
}

extension [FooterKey] {
  static let usual: [FooterKey] = [
    FooterKey("?", "help"), FooterKey("1-6", "focus"), FooterKey("Enter", "zoom"),
    FooterKey("Space", "freeze"), FooterKey("a", "accept alert"), FooterKey("+ -", "interval"),
    FooterKey("c", "theme"), FooterKey("q", "quit"),
  ]
}

extension [HelpRow] {
  static let usual: [HelpRow] = [
    HelpRow("?", "this help"), HelpRow("1-6", "focus a pane"), HelpRow("Enter", "zoom the pane"),
    HelpRow("Esc", "back"), HelpRow("C", "collect garbage", reason: "the target is not linked"),
    HelpRow("Space", "freeze the view"), HelpRow("q", "quit"),
  ]
}
