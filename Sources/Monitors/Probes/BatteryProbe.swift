/// Reads the machine's batteries.
struct BatteryProbe: Probe {
  static let provenance = Provenance(
    name: "batteries",
    reads: "/sys/class/power_supply/*/{type,status,capacity,power_now,current_now,voltage_now}",
    microseconds: 12)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    var probe = BatteryProbe()
    probe.discover(on: host, Scratch(size: 4096))
    return probe.batteries.isEmpty
      ? .because("no battery the kernel knows (robots' packs seldom are)") : nil
  }

  private struct Battery {
    var name: Printable
    var status: String
    var capacity: ValueFile?
    var power: ValueFile?
    var current: ValueFile?
    var voltage: ValueFile?
  }

  private static let directory = "/sys/class/power_supply"

  private var batteries: [Battery] = []

  /// Finds the batteries that feed the machine; a mouse has one of its own.
  mutating func discover(on host: Host, _ scratch: Scratch) {
    batteries = ValueFile.names(in: Self.directory, prefix: "", on: host).compactMap { name in
      let path = "\(Self.directory)/\(name)"
      guard ValueFile.text("\(path)/type", on: host, scratch) == "Battery",
        ValueFile.text("\(path)/scope", on: host, scratch) != "Device"
      else { return nil }
      return Battery(
        name: Printable(name), status: "\(path)/status",
        capacity: ValueFile("\(path)/capacity", on: host),
        power: ValueFile("\(path)/power_now", on: host),
        current: ValueFile("\(path)/current_now", on: host),
        voltage: ValueFile("\(path)/voltage_now", on: host))
    }
  }

  /// Adds every battery.
  func read(into power: inout [PowerSample], on host: Host, _ scratch: Scratch) {
    for battery in batteries {
      let charge = battery.capacity?.number(host.files, scratch).value
      power.append(
        PowerSample(
          name: battery.name, watts: Self.watts(battery, host.files, scratch),
          charge: charge.map { Ratio(Double($0) / 100) },
          status: ValueFile.text(battery.status, on: host, scratch) ?? ""))
    }
  }

  /// Drivers do not agree on the sign of what flows, so its size counts and the status tells the direction.
  private static func watts(_ battery: Battery, _ files: any Files, _ scratch: Scratch)
    -> Measured<Double>
  {
    if let power = battery.power {
      return power.number(files, scratch).map { abs(Double($0)) / 1e6 }
    }
    guard let current = battery.current, let voltage = battery.voltage else {
      return .missing(.notSupported)
    }
    let volts = voltage.number(files, scratch)
    guard let microvolts = volts.value else { return volts.map { Double($0) } }
    return current.number(files, scratch).map { abs(Double($0)) * Double(microvolts) / 1e12 }
  }
}
