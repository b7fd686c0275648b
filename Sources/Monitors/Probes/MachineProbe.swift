/// Reads the whole machine: which it is, how busy, how warm, and what slows it down.
///
///     var machine = MachineProbe(host: host, inlineWorkers: false)
///     machine.read(into: &sample, at: moment, scratch: scratch)
public struct MachineProbe: Sendable {
  /// Every kernel source it reads, for those that explain where numbers come from.
  public static let sources: [any Probe.Type] = [
    HostProbe.self, SystemProbe.self, PressureProbe.self, ThermalZoneProbe.self, HwmonProbe.self,
    CoolingProbe.self, FrequencyProbe.self, RaspberryPiThrottleProbe.self,
    JetsonThrottleProbe.self, IntelThrottleProbe.self, PowerRailProbe.self, EnergyProbe.self,
    BatteryProbe.self, NVIDIAProbe.self, DRMProbe.self, DevfreqProbe.self,
  ]

  private let host: Host
  private var identity: HostSample?
  private var system = SystemProbe()
  private var pressure = PressureProbe()
  private var heat: HeatProbe

  /// Makes one that has read nothing yet; inline workers answer at once, which is what tests want.
  public init(host: Host, inlineWorkers: Bool) {
    self.host = host
    heat = HeatProbe(inlineWorkers: inlineWorkers)
  }

  /// Fills in host, system and thermal.
  public mutating func read(into sample: inout Sample, at moment: Moment, scratch: Scratch) {
    let found = identity ?? HostProbe.read(host, scratch)
    identity = found
    sample.host = found
    system.read(into: &sample.system, on: host, at: moment, scratch)
    pressure.read(into: &sample.system, on: host, at: moment, scratch)
    sample.system.gpus = heat.read(into: &sample.thermal, on: host, at: moment, scratch)
  }
}
