/// Reads the devices by which the kernel cools: fans, and steps of slowing down.
struct CoolingProbe: Probe {
  static let provenance = Provenance(
    name: "cooling", reads: "/sys/class/thermal/cooling_device*/{type,cur_state,max_state}",
    microseconds: 5)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    ValueFile.names(in: ThermalZoneProbe.directory, prefix: prefix, on: host).isEmpty
      ? .because("no cooling device on this machine") : nil
  }

  private struct Device {
    var file: ValueFile
    var sample: CoolingSample
    var isKnown = false
  }

  private static let prefix = "cooling_device"
  private static let mostDevices = 64
  // The brightness of a screen, and an offset that makers set once, are no signs of heat.
  private static let unrelated = ["lcd", "backlight", "tcc offset", "display"]

  private var devices: [Device] = []
  private var period = Period(seconds: 1)
  private var cursor = 0
  private static let mostReads = 16

  /// Finds the devices.
  mutating func discover(on host: Host, _ scratch: Scratch) {
    let names = ValueFile.names(in: ThermalZoneProbe.directory, prefix: Self.prefix, on: host)
    devices = names.prefix(Self.mostDevices).compactMap { name in
      let path = "\(ThermalZoneProbe.directory)/\(name)"
      let type = ValueFile.text("\(path)/type", on: host, scratch) ?? Printable(name)
      let lowered = type.text.lowercased()
      guard !Self.unrelated.contains(where: lowered.contains),
        let maximum = ValueFile.number("\(path)/max_state", on: host, scratch), maximum > 0,
        let file = ValueFile("\(path)/cur_state", on: host)
      else { return nil }
      return Device(
        file: file,
        sample: CoolingSample(
          name: type, isFan: lowered.contains("fan"), state: 0,
          maximum: Int(clamping: maximum)))
    }
    period.hasten()
    cursor = 0
  }

  /// Adds every device whose step could be read; a machine with very many has a few of them read at a time.
  mutating func read(
    into cooling: inout [CoolingSample], on host: Host, at moment: Moment, _ scratch: Scratch
  ) {
    if period.isDue(at: moment) {
      for _ in 0..<min(devices.count, Self.mostReads) {
        cursor = cursor + 1 < devices.count ? cursor + 1 : 0
        let state = devices[cursor].file.number(host.files, scratch).value
        devices[cursor].isKnown = state != nil
        // A device that injects idle time says -1 while it does not.
        devices[cursor].sample.state = Int(clamping: max(0, state ?? 0))
      }
    }
    for device in devices where device.isKnown { cooling.append(device.sample) }
  }
}
