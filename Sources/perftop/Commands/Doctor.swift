import Monitors

/// Says of each probe whether it works here, and if not, what it lacks and what would grant it.
enum Doctor {
  static func lines(_ host: Host, target: TargetHandle?) -> [Printable] {
    ProbeCatalogue.all.flatMap { probe in report(probe, host, target) }
  }

  private static func report(_ probe: any Probe.Type, _ host: Host, _ target: TargetHandle?)
    -> [Printable]
  {
    let provenance = probe.provenance
    let width = ProbeCatalogue.all.map { $0.provenance.name.text.count }.max() ?? 0
    let padding = width + 2 - provenance.name.text.count
    let name = provenance.name.text + String(repeating: " ", count: padding)
    guard let absence = probe.examine(host, target: target) else {
      return ["works    \(name)\(provenance.reads)"]
    }
    let grant: [Printable] =
      if case .notPermitted = absence, !provenance.grant.isEmpty {
        [
          Printable(
            String(repeating: " ", count: width + 11) + "to allow it: \(provenance.grant.text)")
        ]
      } else { [] }
    return ["lacks    \(name)\(absence.sentence)"] + grant
  }
}
