@testable import Monitors
@testable import perftop

/// What the README shows: samples of a pretended robot, judged by the real monitors and drawn by the real screen.
struct Demonstration {
  private var random = Robot.Random(state: 11)
  private var owned: Int64 = 376_000_000
  private var parquet: UInt64 = 0
  private var csv: UInt64 = 0
  private var busy: UInt64 = 0
  private var celsius = 61.0

  /// The screen after some minutes.
  static func rows(_ size: Size, seconds: Int = 500) -> [String] {
    var robot = Demonstration()
    var monitors = MonitorSet(Config())
    var health = Health()
    health.cpu = Ratio(0.001)
    health.resident = Bytes(4_000_000)
    var snapshots: [Snapshot] = []
    for second in 0..<seconds {
      let sample = robot.sample(second)
      snapshots = [
        monitors.judge(Observation(sample: sample, watching: .watching), health: health)
      ]
    }
    let scene = Scene(snapshots: snapshots, view: ViewState())
    let canvas = Screen(glyphs: .unicode).drawn(
      scene, size: size, keys: Action.footer(scene), help: [])
    return GoldenText.rows(canvas).map { row in
      String(row.reversed().drop { $0 == " " }.reversed())
    }
  }

  private mutating func sample(_ second: Int) -> Sample {
    let start: Int64 = 1_790_000_000
    let now = Moment(
      nanoseconds: Int64(second) * 1_000_000_000, wall: (start + Int64(second)) * 1_000_000_000,
      sequence: UInt64(second))
    owned += 52_000 + Int64((random.next() - 0.5) * 60_000)
    parquet += UInt64(5_900_000 + 900_000 * random.next())
    csv += UInt64(700_000 + 300_000 * random.next())
    busy += UInt64(230 + 40 * random.next())
    celsius += (random.next() - 0.5) * 0.8
    var sample = Sample(moment: now, place: second)
    sample.host.name = "robot-07"
    sample.host.model = "Raspberry Pi 5 Model B Rev 1.0"
    sample.system = system(second)
    sample.target = .fresh(target(second, now))
    sample.files = files
    sample.thermal = thermal
    return sample
  }

  private func system(_ second: Int) -> SystemSample {
    var system = SystemSample()
    let pressure = { (share: Double) in
      Measured.fresh(PressureSample(some10: share, some60: share, full10: 0, someTotal: 0))
    }
    system.processors = 4
    system.cpuBusyTicks = .fresh(busy)
    system.cpuTotalTicks = .fresh(UInt64(second + 1) * 400)
    system.memoryTotal = .fresh(Bytes(8_450_000_000))
    system.memoryAvailable = .fresh(Bytes(6_100_000_000))
    system.oomKills = .fresh(0)
    (system.cpuPressure, system.memoryPressure) = (pressure(1.2), pressure(0))
    system.ioPressure = pressure(0.4)
    system.gpus = .missing(.because("no graphics processor that can be read"))
    return system
  }

  private func target(_ second: Int, _ now: Moment) -> TargetSample {
    var root = ProcessSample(pid: 4242)
    root.name = "camera_node"
    root.state = "S"
    root.startTicks = 100_000
    root.cpuTicks = busy / 2
    root.runDelay = .fresh(UInt64(second) * 21_000_000)
    root.anonymous = .fresh(Bytes(owned))
    root.file = .fresh(Bytes(118_000_000))
    root.shared = .fresh(.zero)
    root.swapped = .fresh(.zero)
    root.resident = .fresh(Bytes(owned + 118_000_000))
    var counters = IOCounters()
    counters.writtenCharacters = parquet + csv
    counters.writtenBytes = counters.writtenCharacters
    root.io = .fresh(counters)
    var target = TargetSample(pid: 4242, root: root)
    target.name = "camera_node"
    target.runtime = "python"
    target.uptime = 7200 + Double(second)
    var heap = Mapping(name: "[heap]")
    heap.owned = Bytes(owned - 190_000_000)
    heap.resident = heap.owned
    target.mappings = .fresh(MappingsSample(at: now, cost: 0, mappings: [heap]))
    target.pss = .fresh(Bytes(owned + 61_000_000))
    var group = CgroupSample()
    group.memoryLimit = Bytes(500_000_000)
    group.memoryUsed = .fresh(Bytes(owned + 6_000_000))
    target.cgroup = .fresh(group)
    return target
  }

  private var files: FilesSample {
    var files = FilesSample()
    let open = [("parquet", parquet), ("csv", csv)].map { format, written in
      var file = OpenFileSample(path: "/data/run_0007.\(Printable(format))")
      file.format = Printable(format)
      file.isWritten = true
      file.written = written
      file.size = Bytes(clamping: written)
      return file
    }
    files.open = .fresh(open)
    files.formats = open.map { FormatSample(format: $0.format, files: 1, written: $0.written) }
    files.seenWritten = parquet + csv
    let space = SpaceSample(
      total: Bytes(256_000_000_000), available: Bytes(92_000_000_000), inodes: 16_000_000,
      inodesFree: 15_000_000)
    files.filesystems = [FilesystemSample(mount: "/data", kind: "ext4", space: .fresh(space))]
    return files
  }

  private var thermal: ThermalSample {
    var thermal = ThermalSample()
    var sensor = SensorSample(
      name: "cpu-thermal", source: "thermal_zone0", celsius: .fresh(Celsius(celsius)))
    sensor.criticalLimit = Celsius(110)
    thermal.sensors = .fresh([sensor])
    thermal.throttles = [
      ThrottleSample(
        .underVoltage, source: "raspberrypi firmware", now: false, sinceBoot: true)
    ]
    thermal.frequencies = [
      FrequencySample(
        name: "policy0", current: .fresh(2_400_000), allowed: .fresh(2_400_000),
        hardware: .fresh(2_400_000))
    ]
    thermal.cooling = [CoolingSample(name: "pwm-fan", isFan: true, state: 2, maximum: 4)]
    return thermal
  }
}
