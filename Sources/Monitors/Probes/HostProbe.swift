/// Reads which machine this is; none of it changes while it runs.
struct HostProbe: Probe {
  static let provenance = Provenance(
    name: "host", reads: "/proc/sys/kernel/{hostname,osrelease}, /proc/device-tree/model or DMI",
    microseconds: 20)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    read(host, Scratch(size: 4096)).kernel.isEmpty ? .because("/proc/sys is not there") : nil
  }

  /// Name, kernel and board.
  static func read(_ host: Host, _ scratch: Scratch) -> HostSample {
    var found = HostSample()
    found.name = ValueFile.text("/proc/sys/kernel/hostname", on: host, scratch) ?? ""
    found.kernel = ValueFile.text("/proc/sys/kernel/osrelease", on: host, scratch) ?? ""
    found.model =
      ValueFile.text("/proc/device-tree/model", on: host, scratch)
      // The same tree where /proc does not link to it, as in a simulation, which only replaces /sys.
      ?? ValueFile.text("/sys/firmware/devicetree/base/model", on: host, scratch)
      ?? firmwareName(host, scratch)
    found.isSimulated = host.isSimulated
    return found
  }

  private static func firmwareName(_ host: Host, _ scratch: Scratch) -> Printable {
    let directory = "/sys/class/dmi/id"
    // What makers of boards leave in these fields when they leave them alone.
    let fillers: Set<Printable> = [
      "To Be Filled By O.E.M.", "To be filled by O.E.M.", "System manufacturer",
      "System Product Name", "Default string", "Not Specified",
    ]
    let words = ["sys_vendor", "product_name"].compactMap {
      ValueFile.text("\(directory)/\($0)", on: host, scratch)
    }.filter { !fillers.contains($0) }
    return Printable(words.map(\.text).joined(separator: " "))
  }
}
