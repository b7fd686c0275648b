/// Reads the kernel's thermal zones with the temperatures at which it acts.
struct ThermalZoneProbe: Probe {
  static let provenance = Provenance(
    name: "thermal zones", reads: "/sys/class/thermal/thermal_zone*/{type,temp,trip_point_*}",
    microseconds: 12)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    ValueFile.names(in: directory, prefix: prefix, on: host).isEmpty
      ? .because("no thermal zone on this machine") : nil
  }

  /// Where zones and cooling devices are.
  static let directory = "/sys/class/thermal"
  private static let prefix = "thermal_zone"
  private static let mostZones = 64
  private static let mostTrips = 16

  private var zones = SensorList()

  /// The names of the zones' types, for those that meet the same sensors again elsewhere.
  var types: [Printable] { zones.sensors.map(\.sample.name) }

  /// Finds the zones and their limits.
  mutating func discover(on host: Host, _ scratch: Scratch) {
    let names = ValueFile.names(in: Self.directory, prefix: Self.prefix, on: host)
    zones.replace(
      with: names.prefix(Self.mostZones).compactMap { Self.zone($0, on: host, scratch) })
  }

  private static func zone(_ name: String, on host: Host, _ scratch: Scratch)
    -> SensorList.Sensor?
  {
    let path = "\(directory)/\(name)"
    let type = ValueFile.text("\(path)/type", on: host, scratch) ?? Printable(name)
    // A Jetson's power management chip always reports 100 °C.
    guard !type.text.uppercased().contains("PMIC"), let file = ValueFile("\(path)/temp", on: host)
    else { return nil }
    var sensor = SensorSample(name: type, source: Printable(name), celsius: .missing(.notYet))
    for place in 0..<mostTrips {
      let trip = "\(path)/trip_point_\(place)"
      guard let kind = ValueFile.text("\(trip)_type", on: host, scratch) else { break }
      guard
        let limit = Temperature.limit(ValueFile.number("\(trip)_temp", on: host, scratch))
      else { continue }
      switch kind.text {
      case "passive": sensor.passiveLimit = min(sensor.passiveLimit ?? limit, limit)
      case "critical": sensor.criticalLimit = min(sensor.criticalLimit ?? limit, limit)
      default: break
      }
    }
    // Firmware interpreters and radios take milliseconds to answer.
    let isSlow = ["acpitz", "iwlwifi", "INT3", "TFN"].contains { type.text.hasPrefix($0) }
    return SensorList.Sensor(file: file, isSlow: isSlow, sample: sensor)
  }

  /// Adds every zone's temperature; answers false where one has gone, so that it is time to look again.
  mutating func read(
    into sensors: inout [SensorSample], on host: Host, at moment: Moment, _ scratch: Scratch
  ) -> Bool {
    zones.read(into: &sensors, on: host, at: moment, scratch)
  }
}
