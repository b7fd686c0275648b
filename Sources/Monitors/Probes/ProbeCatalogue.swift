/// All probes, for those who ask about them rather than through them.
public enum ProbeCatalogue {
  /// Every kernel source that is read: the target's first, then the machine's.
  public static let all: [any Probe.Type] = [
    StatusProbe.self, ChildrenProbe.self, IdentityProbe.self, LimitsProbe.self, MappingsProbe.self,
    CgroupProbe.self, OpenFilesProbe.self, FilesystemProbe.self, LinkProbe.self, SystemProbe.self,
    PressureProbe.self, HostProbe.self, ThermalZoneProbe.self, HwmonProbe.self, CoolingProbe.self,
    FrequencyProbe.self, RaspberryPiThrottleProbe.self, JetsonThrottleProbe.self,
    IntelThrottleProbe.self, PowerRailProbe.self, EnergyProbe.self, BatteryProbe.self,
    NVIDIAProbe.self, DRMProbe.self, DevfreqProbe.self, RosterProbe.self,
  ]
}
