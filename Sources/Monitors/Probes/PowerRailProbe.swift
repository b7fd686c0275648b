/// Reads power from monitoring chips: directly, or as voltage times current where that is all they measure.
struct PowerRailProbe: Probe {
  static let provenance = Provenance(
    name: "power rails",
    reads:
      "/sys/class/hwmon/hwmon*/{power,in,curr}*_input, power*_average; ina3221x in_power*_input",
    microseconds: 20)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let scratch = Scratch(size: 4096)
    var probe = PowerRailProbe()
    probe.discover(HwmonDevice.all(on: host, scratch), on: host, scratch)
    return probe.rails.isEmpty ? .because("no power monitor on this machine") : nil
  }

  private enum Source {
    case power(ValueFile)
    case milliwatts(ValueFile)
    case product(millivolts: ValueFile, milliamperes: ValueFile)
  }

  private struct Rail {
    var source: Source
    var name: Printable
  }

  private static let mostRails = 32
  private static let olderDriver = "/sys/bus/i2c/drivers/ina3221x"
  // Their power is told with the graphics processors.
  private static let graphics: Set<Printable> = ["amdgpu", "radeon", "nouveau", "i915", "xe"]

  private var rails: [Rail] = []

  /// Finds the rails, leaving out those that nothing is connected to.
  mutating func discover(_ devices: [HwmonDevice], on host: Host, _ scratch: Scratch) {
    rails = []
    for device in devices where !Self.graphics.contains(device.name) {
      addPowers(device, on: host, scratch)
      if device.name.text.hasPrefix("ina3221") { addProducts(device, on: host, scratch) }
    }
    addOlderRails(on: host, scratch)
    if rails.count > Self.mostRails { rails.removeLast(rails.count - Self.mostRails) }
  }

  private mutating func addPowers(_ device: HwmonDevice, on host: Host, _ scratch: Scratch) {
    let averages = device.channels("power", "_average")
    for channel in Set(averages + device.channels("power", "_input")).sorted() {
      let file = averages.contains(channel) ? "power\(channel)_average" : "power\(channel)_input"
      guard let value = device.value(file, on: host) else { continue }
      let label = device.text("power\(channel)_label", on: host, scratch)
      rails.append(
        Rail(source: .power(value), name: label ?? "\(device.name) power\(channel)"))
    }
  }

  private mutating func addProducts(_ device: HwmonDevice, on host: Host, _ scratch: Scratch) {
    let sumOfShunts = 7
    for channel in device.channels("curr", "_input") where channel != sumOfShunts {
      let label = device.text("in\(channel)_label", on: host, scratch) ?? "rail \(channel)"
      guard label != "NC", let volts = device.value("in\(channel)_input", on: host),
        let amperes = device.value("curr\(channel)_input", on: host)
      else { continue }
      rails.append(
        Rail(source: .product(millivolts: volts, milliamperes: amperes), name: label))
    }
  }

  /// Before JetPack 5 the same chips had another driver.
  private mutating func addOlderRails(on host: Host, _ scratch: Scratch) {
    for chip in ValueFile.names(in: Self.olderDriver, prefix: "", on: host) {
      let path = "\(Self.olderDriver)/\(chip)"
      for device in ValueFile.names(in: path, prefix: "iio:device", on: host) {
        for channel in 0..<3 {
          let name = ValueFile.text("\(path)/\(device)/rail_name_\(channel)", on: host, scratch)
          guard let name, name != "NC",
            let file = ValueFile("\(path)/\(device)/in_power\(channel)_input", on: host)
          else { continue }
          rails.append(Rail(source: .milliwatts(file), name: name))
        }
      }
    }
  }

  /// Adds every rail.
  func read(into power: inout [PowerSample], on host: Host, _ scratch: Scratch) {
    for rail in rails {
      power.append(
        PowerSample(name: rail.name, watts: Self.watts(rail.source, host.files, scratch)))
    }
  }

  private static func watts(_ source: Source, _ files: any Files, _ scratch: Scratch)
    -> Measured<Double>
  {
    switch source {
    case .power(let file): return file.number(files, scratch).map { Double($0) / 1e6 }
    case .milliwatts(let file): return file.number(files, scratch).map { Double($0) / 1e3 }
    case .product(let volts, let amperes):
      let voltage = volts.number(files, scratch)
      guard let millivolts = voltage.value else { return voltage.map { Double($0) } }
      return amperes.number(files, scratch).map { Double($0) * Double(millivolts) / 1e6 }
    }
  }
}
