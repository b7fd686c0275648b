import Monitors

/// Notices when an alert begins to fire, or gets worse, that somebody wants to be called for.
struct AttentionWatch {
  private let begin: Moment
  private var known: [AlertKey: Severity] = [:]

  /// What fired before is known already.
  init(begin: Moment) { self.begin = begin }

  /// How to call for what is new; `nil` where nothing is.
  mutating func call(for snapshots: [Snapshot], _ settings: DeliverySettings) -> AttentionCall? {
    var firing: [AlertKey: Severity] = [:]
    var worst: Alert?
    for alert in snapshots.lazy.flatMap(\.alerts.active) where alert.state == .firing {
      guard firing[alert.key] == nil else { continue }
      firing[alert.key] = alert.severity
      let isNew = known[alert.key].map { $0 < alert.severity } ?? ((alert.firedAt ?? begin) > begin)
      if isNew, worst.map({ $0.severity < alert.severity }) ?? true { worst = alert }
    }
    known = firing
    guard let worst else { return nil }
    var call = AttentionCall(style: settings.notice)
    call.rings = settings.bell.map { worst.severity >= $0 } ?? false
    if settings.notice != .off, worst.severity >= settings.noticeSeverity {
      call.notice = "\(worst.severity.label): \(worst.message)"
    }
    return call.rings || call.notice != nil ? call : nil
  }
}
