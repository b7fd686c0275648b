/// Reads power from every source there is, seldom, because none of it moves fast.
struct PowerProbe: Sendable {
  private var rails = PowerRailProbe()
  private var energy = EnergyProbe()
  private var batteries = BatteryProbe()
  private var known: [PowerSample] = []
  private var period = Period(seconds: 2)

  /// Finds the sources this machine has.
  mutating func discover(_ devices: [HwmonDevice], on host: Host, _ scratch: Scratch) {
    rails.discover(devices, on: host, scratch)
    energy.discover(on: host, scratch)
    batteries.discover(on: host, scratch)
    period.hasten()
  }

  /// What the sources say.
  mutating func read(on host: Host, at moment: Moment, _ scratch: Scratch) -> [PowerSample] {
    guard period.isDue(at: moment) else { return known }
    known.removeAll(keepingCapacity: true)
    rails.read(into: &known, on: host, scratch)
    energy.read(into: &known, on: host, at: moment, scratch)
    batteries.read(into: &known, on: host, scratch)
    return known
  }
}
