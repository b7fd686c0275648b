@testable import Monitors

/// Snapshots for tests of the screen.
enum Scenes {
  static func snapshot(alerts: [Alert] = [], interval: Double = 1) -> Snapshot {
    var reading = AlertsReading()
    reading.active = alerts
    var health = Health()
    health.interval = interval
    return Snapshot(
      sample: Sample(moment: Moment(nanoseconds: 0)), vitals: Vitals(), memory: MemoryReading(),
      storage: StorageReading(), batching: BatchingReading(), quality: QualityReading(),
      thermal: ThermalReading(), alerts: reading, health: health, marks: [], receipts: [],
      watching: .watching)
  }

  static func alert(_ id: String, _ state: Alert.State = .firing) -> Alert {
    Alert(
      id: id, rule: "rule", severity: .warning, category: .resource, state: state,
      since: Moment(nanoseconds: 0), value: 1, threshold: 0, message: Printable("trouble \(id)"))
  }
}
