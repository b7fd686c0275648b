/// Reads temperatures and fans from monitoring chips.
struct HwmonProbe: Probe {
  static let provenance = Provenance(
    name: "chip sensors",
    reads: "/sys/class/hwmon/hwmon*/{name,temp*_input,temp*_label,temp*_crit,fan*_input,pwm*}",
    microseconds: 15)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let found = HwmonDevice.all(on: host, Scratch(size: 4096))
    let has = found.contains {
      !$0.channels("temp", "_input").isEmpty || !$0.channels("fan", "_input").isEmpty
    }
    return has ? nil : .because("no chip with a temperature or a fan on this machine")
  }

  private struct Fan {
    var speed: ValueFile
    var drive: ValueFile?
    var sample: CoolingSample
  }

  private static let mostSensors = 96
  private static let mostFans = 16
  // The processor's own sensors answer from a register; disks, radios and boards may take milliseconds or be woken up.
  private static let quickChips: Set<Printable> = [
    "coretemp", "k10temp", "k8temp", "zenpower", "cpu_thermal", "soc_thermal", "gpu_thermal",
  ]

  private var sensors = SensorList()
  private var fans: [Fan] = []
  private var fanPeriod = Period(seconds: 2)

  /// Finds sensors and fans, leaving out the chips that only repeat a thermal zone.
  mutating func discover(
    _ devices: [HwmonDevice], zones: [Printable], on host: Host, _ scratch: Scratch
  ) {
    let repeated = Set(zones.map { $0.text.map { $0 == "-" ? "_" : $0 } }.map { String($0) })
    var found: [SensorList.Sensor] = []
    fans = []
    for device in devices {
      if !repeated.contains(device.name.text) {
        for channel in device.channels("temp", "_input") where found.count < Self.mostSensors {
          guard let sensor = sensor(device, channel, on: host, scratch) else { continue }
          found.append(sensor)
        }
      }
      for channel in device.channels("fan", "_input") where fans.count < Self.mostFans {
        addFan(device, channel, on: host)
      }
    }
    sensors.replace(with: found)
    fanPeriod.hasten()
  }

  private func sensor(
    _ device: HwmonDevice, _ channel: Int, on host: Host, _ scratch: Scratch
  ) -> SensorList.Sensor? {
    guard let file = device.value("temp\(channel)_input", on: host) else { return nil }
    let name = sensorName(device, channel, on: host, scratch)
    var sample = SensorSample(name: name, source: device.source, celsius: .missing(.notYet))
    sample.criticalLimit = Temperature.limit(
      device.number("temp\(channel)_crit", on: host, scratch))
    return SensorList.Sensor(
      file: file, isSlow: !Self.quickChips.contains(device.name), sample: sample)
  }

  /// A processor's labels say it all; others, like a disk's `Composite`, need the chip's name before them.
  private func sensorName(
    _ device: HwmonDevice, _ channel: Int, on host: Host, _ scratch: Scratch
  ) -> Printable {
    guard let label = device.text("temp\(channel)_label", on: host, scratch) else {
      let isOnly = device.channels("temp", "_input").count == 1
      return isOnly ? device.name : "\(device.name) temp\(channel)"
    }
    return Self.quickChips.contains(device.name) ? label : "\(device.name) \(label)"
  }

  private mutating func addFan(_ device: HwmonDevice, _ channel: Int, on host: Host) {
    guard let speed = device.value("fan\(channel)_input", on: host) else { return }
    fans.append(
      Fan(
        speed: speed, drive: device.value("pwm\(channel)", on: host),
        sample: CoolingSample(
          name: "\(device.name) fan\(channel)", isFan: true, state: 0, maximum: 1)))
  }

  /// Adds every temperature and fan; answers false where one has gone.
  mutating func read(
    into thermal: inout [SensorSample], cooling: inout [CoolingSample], on host: Host,
    at moment: Moment, _ scratch: Scratch
  ) -> Bool {
    let areAllThere = sensors.read(into: &thermal, on: host, at: moment, scratch)
    if fanPeriod.isDue(at: moment) { readFans(on: host, scratch) }
    for fan in fans where fan.sample.rpm != nil { cooling.append(fan.sample) }
    return areAllThere
  }

  /// A fan's step is what it is driven with, where that can be read, else whether it turns.
  private mutating func readFans(on host: Host, _ scratch: Scratch) {
    for place in fans.indices {
      let speed = fans[place].speed.number(host.files, scratch).value
      fans[place].sample.rpm = speed.map { Int(clamping: $0) }
      if let drive = fans[place].drive?.number(host.files, scratch).value {
        fans[place].sample.state = Int(clamping: drive)
        fans[place].sample.maximum = 255
      } else {
        fans[place].sample.state = (speed ?? 0) > 0 ? 1 : 0
        fans[place].sample.maximum = 1
      }
    }
  }
}
