/// Reads a Jetson's graphics processor from the device-frequency class.
struct DevfreqProbe: Probe {
  static let provenance = Provenance(
    name: "Jetson graphics", reads: "/sys/class/devfreq/*/{device/load,cur_freq}",
    microseconds: 8)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    var probe = DevfreqProbe()
    probe.discover(on: host, Scratch(size: 4096))
    return probe.device == nil ? .because("no Jetson graphics processor") : nil
  }

  private struct Device {
    var name: Printable
    var load: ValueFile
    var clock: ValueFile?
  }

  private static let directory = "/sys/class/devfreq"
  private static let names: Set<Printable> = ["gp10b", "gv11b", "ga10b", "gpu"]
  // Where older and newer releases have the load without the class.
  private static let aliases = [
    "/sys/devices/gpu.0/load", "/sys/devices/platform/gpu.0/load",
  ]

  private var device: Device?

  /// Finds the processor by its name in the device tree.
  mutating func discover(on host: Host, _ scratch: Scratch) {
    device = nil
    for name in ValueFile.names(in: Self.directory, prefix: "", on: host) {
      let path = "\(Self.directory)/\(name)"
      guard let kind = ValueFile.text("\(path)/device/of_node/name", on: host, scratch),
        Self.names.contains(kind), let load = ValueFile("\(path)/device/load", on: host)
      else { continue }
      device = Device(name: kind, load: load, clock: ValueFile("\(path)/cur_freq", on: host))
      return
    }
    if let load = Self.aliases.lazy.compactMap({ ValueFile($0, on: host) }).first {
      device = Device(name: "gpu", load: load)
    }
  }

  /// Adds the processor; its load is in thousandths.
  func read(into gpus: inout [GPUSample], on host: Host, _ scratch: Scratch) {
    guard let device else { return }
    var gpu = GPUSample(name: device.name, source: "devfreq")
    gpu.utilization = device.load.number(host.files, scratch).map { Ratio(Double($0) / 1000) }
    gpu.megahertz =
      device.clock?.number(host.files, scratch).map { Double($0) / 1e6 } ?? gpu.megahertz
    gpus.append(gpu)
  }
}
