/// Which sensor speaks for the machine: the one by which it slows itself down, where there is one.
struct SensorRanks: Sendable {
  private static let mostNames = 256
  private var known: [Printable: Int] = [:]

  /// The warmest of those that tell most, given the warmest first; `nil` where none has a temperature.
  mutating func mostTelling(_ sensors: [SensorSample]) -> SensorSample? {
    var best: (sensor: SensorSample, rank: Int)?
    for sensor in sensors where sensor.celsius.value != nil {
      let rank = rank(of: sensor.name)
      if best.map({ rank < $0.rank }) ?? true { best = (sensor, rank) }
    }
    return best?.sensor
  }

  private mutating func rank(of name: Printable) -> Int {
    if let rank = known[name] { return rank }
    if known.count >= SensorRanks.mostNames { known.removeAll() }
    let rank = SensorRanks.rank(name.text.lowercased())
    known[name] = rank
    return rank
  }

  /// A Jetson's junction, then a board's processor, then an x86 package, then anything.
  private static func rank(_ name: String) -> Int {
    if name.hasPrefix("tj") { return 0 }
    if name.hasPrefix("cpu-therm") || name.hasPrefix("cpu_therm") || name.hasPrefix("soc_therm")
      || name.hasPrefix("soc-therm") || name == "bcm2835_thermal"
    {
      return 1
    }
    if name.hasPrefix("package id") || name == "tdie" { return 1 }
    // The zone repeats the package without its limit, and the control value of old parts has an offset.
    if name == "x86_pkg_temp" || name == "tctl" { return 2 }
    return name.hasPrefix("core ") || name.hasPrefix("tccd") ? 3 : 4
  }
}
