/// Sharing alerts: what happened here goes to the desk, and what others did comes from it.
extension Engine {
  private static let mostUntold = 10_000

  /// Hands in what happened; what finds no room is handed in again.
  mutating func tellAlerts() {
    guard let desk else { return }
    for index in sets.indices { untold += sets[index].stampAlerts(from: &serial) }
    guard !untold.isEmpty else { return }
    if desk.journal.record(untold) {
      untold = []
    } else {
      untold = untold.suffix(Engine.mostUntold)
    }
  }

  /// Takes over what others did; the snapshots that come back show it at once.
  public mutating func learnAlerts(at moment: Moment) -> [Snapshot] {
    // Before the first tick there is nobody to tell.
    guard let desk, !snapshots.isEmpty else { return [] }
    let news = desk.journal.news.take()
    let delivery = desk.courier.standings.take()
    guard news != nil || delivery != nil else { return [] }
    if let news { remember(news) }
    if let delivery { deliveryStanding = delivery }
    for index in sets.indices where snapshots.indices.contains(index) {
      sets[index].learn(news, deliveryStanding, in: &snapshots[index], at: moment)
    }
    tellAlerts()
    return snapshots
  }

  /// Who is watched later learns what was told before.
  mutating func teach(_ index: Int, at moment: Moment) {
    guard var news = lastNews else { return }
    news.alerts = openAlerts.values.sorted { $0.id < $1.id }
    sets[index].learn(news, at: moment)
  }

  private mutating func remember(_ news: AlertNews) {
    for alert in news.alerts {
      let isOpen = alert.state != .resolved && alert.ended == nil
      openAlerts[alert.key] = isOpen ? alert : nil
    }
    lastNews = news
    lastNews?.alerts = []
  }
}
