/// Reads the processors' own energy counters, by package.
struct EnergyProbe: Probe {
  static let provenance = Provenance(
    name: "processor energy", reads: "/sys/class/powercap/intel-rapl:*/energy_uj",
    microseconds: 8, needs: "root, or a readable energy_uj",
    grant: "sudo chmod a+r /sys/class/powercap/intel-rapl:*/energy_uj")

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let scratch = Scratch(size: 4096)
    var probe = EnergyProbe()
    probe.discover(on: host, scratch)
    guard let first = probe.packages.first else {
      return .because("no energy counters: not an x86 processor, or a virtual machine")
    }
    return first.file.number(host.files, scratch).absence
  }

  fileprivate struct Package {
    var file: ValueFile
    var range: UInt64
    var last: (energy: UInt64, at: Moment)?
    var sample: PowerSample
  }

  private static let directory = "/sys/class/powercap"
  private static let prefix = "intel-rapl:"
  fileprivate static let longestGap = 60.0

  private var packages: [Package] = []

  /// Finds the packages; the parts of a package, which have a second number in their names, are counted in it.
  mutating func discover(on host: Host, _ scratch: Scratch) {
    packages = ValueFile.names(in: Self.directory, prefix: Self.prefix, on: host).filter {
      !$0.dropFirst(Self.prefix.count).contains(":")
    }.compactMap { name in
      let path = "\(Self.directory)/\(name)"
      guard let file = ValueFile("\(path)/energy_uj", on: host) else { return nil }
      let range = ValueFile.number("\(path)/max_energy_range_uj", on: host, scratch)
      return Package(
        file: file, range: UInt64(clamping: range ?? 0), last: nil,
        sample: PowerSample(
          name: ValueFile.text("\(path)/name", on: host, scratch) ?? Printable(name),
          watts: .missing(.notYet)))
    }
  }

  /// Adds every package's mean power since the last reading.
  mutating func read(
    into power: inout [PowerSample], on host: Host, at moment: Moment, _ scratch: Scratch
  ) {
    for place in packages.indices {
      packages[place].update(packages[place].file.number(host.files, scratch), at: moment)
      power.append(packages[place].sample)
    }
  }
}

extension EnergyProbe.Package {
  fileprivate mutating func update(_ value: Measured<Int64>, at moment: Moment) {
    guard let energy = value.value.map({ UInt64(clamping: $0) }) else {
      last = nil
      sample.watts = .missing(value.absence ?? .malformed)
      return
    }
    defer { last = (energy, moment) }
    guard let last else {
      sample.watts = .missing(.notYet)
      return
    }
    let elapsed = moment.seconds(since: last.at)
    guard elapsed > 0, elapsed < EnergyProbe.longestGap else {
      sample.watts = .missing(.notYet)
      return
    }
    let wrapped = energy < last.energy
    guard !wrapped || range > last.energy else {
      sample.watts = .missing(.notYet)
      return
    }
    let used = wrapped ? (range - last.energy) &+ energy : energy - last.energy
    sample.watts = .fresh(Double(used) / 1e6 / elapsed)
  }
}
