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

  /// One that watches a process.
  static func attached() -> Snapshot {
    var root = ProcessSample(pid: 4711)
    root.startTicks = 99
    var target = TargetSample(pid: 4711, root: root)
    target.name = "collector"
    var snapshot = snapshot()
    snapshot.sample.target = .fresh(target)
    snapshot.sample.system.processors = 4
    return snapshot
  }

  /// One that watches a linked process.
  static func linked(offers: Set<TargetAction.Kind> = [.collect, .evict, .quality, .batch])
    -> Snapshot
  {
    var snapshot = attached()
    var link = LinkSample()
    link.offers = offers
    snapshot.sample.link = .fresh(link)
    return snapshot
  }

  static func alert(_ id: String, _ state: Alert.State = .firing) -> Alert {
    Alert(
      id: id, rule: "rule", severity: .warning, category: .resource, state: state,
      since: Moment(nanoseconds: 0), value: 1, threshold: 0, message: Printable("trouble \(id)"))
  }
}
