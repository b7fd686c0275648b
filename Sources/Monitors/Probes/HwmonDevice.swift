/// One of the machine's monitoring chips, as the kernel's hwmon class shows it.
struct HwmonDevice: Sendable {
  /// Where it is.
  let path: String
  /// `hwmon2`.
  let place: String
  /// The driver's name for it: `coretemp`.
  let name: Printable
  /// The files it offers.
  let files: Set<String>

  /// The class's directory.
  static let directory = "/sys/class/hwmon"
  private static let mostDevices = 64

  /// All devices, in the order of their numbers.
  static func all(on host: Host, _ scratch: Scratch) -> [HwmonDevice] {
    ValueFile.names(in: directory, prefix: "hwmon", on: host).prefix(mostDevices).map {
      let path = "\(directory)/\($0)"
      return HwmonDevice(
        path: path, place: $0,
        name: ValueFile.text("\(path)/name", on: host, scratch) ?? Printable($0),
        files: Set((try? host.files.list(path, in: nil)) ?? []))
    }
  }

  /// The numbers N for which there is a file `prefixNsuffix`, in order.
  func channels(_ prefix: String, _ suffix: String) -> [Int] {
    files.compactMap { file in
      guard file.hasPrefix(prefix), file.hasSuffix(suffix),
        file.utf8.count > prefix.utf8.count + suffix.utf8.count
      else { return nil }
      return Int(file.dropFirst(prefix.count).dropLast(suffix.count))
    }.sorted()
  }

  /// The text of one of its files that never change.
  func text(_ file: String, on host: Host, _ scratch: Scratch) -> Printable? {
    files.contains(file) ? ValueFile.text("\(path)/\(file)", on: host, scratch) : nil
  }

  /// The number in one of its files that never change.
  func number(_ file: String, on host: Host, _ scratch: Scratch) -> Int64? {
    files.contains(file) ? ValueFile.number("\(path)/\(file)", on: host, scratch) : nil
  }

  /// One of its files, to be read again and again.
  func value(_ file: String, on host: Host) -> ValueFile? {
    files.contains(file) ? ValueFile("\(path)/\(file)", on: host) : nil
  }

  /// Its name and place: `coretemp hwmon2`.
  var source: Printable { "\(name) \(place)" }
}
