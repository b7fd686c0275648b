/// Reads how fast processors run and may run.
struct FrequencyProbe: Probe {
  static let provenance = Provenance(
    name: "processor frequency",
    reads: "/sys/devices/system/cpu/cpufreq/policy*/{scaling_cur,scaling_max,cpuinfo_max}_freq",
    microseconds: 8)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    ValueFile.names(in: directory, prefix: prefix, on: host).isEmpty
      ? .because("no frequency scaling on this machine") : nil
  }

  private struct Policy {
    var current: ValueFile?
    var allowed: ValueFile?
    var sample: FrequencySample
  }

  private static let directory = "/sys/devices/system/cpu/cpufreq"
  private static let prefix = "policy"
  private static let mostPolicies = 64
  private static let mostReads = 16

  private var policies: [Policy] = []
  private var period = Period(seconds: 2)
  private var cursor = 0

  /// Finds the policies; a policy of processors that were unplugged is no longer there.
  mutating func discover(on host: Host, _ scratch: Scratch) {
    let names = ValueFile.names(in: Self.directory, prefix: Self.prefix, on: host)
    policies = names.prefix(Self.mostPolicies).map { name in
      let path = "\(Self.directory)/\(name)"
      let hardware = ValueFile.number("\(path)/cpuinfo_max_freq", on: host, scratch)
      return Policy(
        current: ValueFile("\(path)/scaling_cur_freq", on: host),
        allowed: ValueFile("\(path)/scaling_max_freq", on: host),
        sample: FrequencySample(
          name: Printable(name), current: .missing(.notSupported),
          allowed: .missing(.notSupported),
          hardware: hardware.map { .fresh(UInt64(clamping: $0)) } ?? .missing(.notSupported)))
    }
    period.hasten()
    cursor = 0
  }

  /// Adds every policy; answers false where one has gone.
  mutating func read(
    into frequencies: inout [FrequencySample], on host: Host, at moment: Moment, _ scratch: Scratch
  ) -> Bool {
    var areAllThere = true
    if period.isDue(at: moment) {
      for _ in 0..<min(policies.count, Self.mostReads) {
        cursor = cursor + 1 < policies.count ? cursor + 1 : 0
        areAllThere = readPolicy(cursor, on: host, scratch) && areAllThere
      }
    }
    for policy in policies { frequencies.append(policy.sample) }
    return areAllThere
  }

  private mutating func readPolicy(_ place: Int, on host: Host, _ scratch: Scratch) -> Bool {
    if let file = policies[place].current {
      policies[place].sample.current = file.number(host.files, scratch)
        .map { UInt64(clamping: $0) }
    }
    if let file = policies[place].allowed {
      policies[place].sample.allowed = file.number(host.files, scratch)
        .map { UInt64(clamping: $0) }
    }
    return policies[place].sample.allowed.absence != .gone
  }
}
