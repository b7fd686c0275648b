import Monitors

extension AlertsCommand {
  /// How much alerts ask of people, and how telling them goes.
  struct Figures {
    var alerts: AlertFigures
    var delivery: DeliveryStanding

    /// Lines for a person, or one object.
    func answer(_ place: JournalPlace, _ isJSON: Bool) -> Answer {
      Answer(isJSON ? [json(place)] : lines(place))
    }

    private func lines(_ place: JournalPlace) -> [Printable] {
      let lack = delivery.lack.map { [$0] } ?? []
      return alerts.lines + delivery.channels.map(\.words) + lack + [AlertsText.line(place)]
    }

    private func json(_ place: JournalPlace) -> Printable {
      var fields: [JSONValue.Field] = []
      if case .object(let known) = alerts.document { fields = known }
      fields += [
        .init("bearable", .bool(alerts.isBearable)),
        .init("channels", .list(delivery.channels.map(\.document))),
        .init("lack", delivery.lack.map(JSONValue.printable) ?? .null),
        .init("list", .text("\(place.path)/alerts.db")), .init("shared", .bool(place.isShared)),
      ]
      return Printable(JSONValue.object(fields).text(indented: false))
    }
  }

  /// More than people could ever look at.
  private static let mostEvents = 1_000_000

  func figures(_ journal: AlertJournal) throws(JournalError) -> Figures {
    var search = JournalSearch(limit: AlertsCommand.mostEvents)
    search.from = now.wall &- Int64(AlertFigures.day * 1e9)
    // A shelf whose time is over holds nothing back any more.
    let open = try journal.openAlerts(at: now).map { entry in
      var alert = entry.alert
      alert.state = AlertsText.state(alert, at: now)
      return alert
    }
    return figures(
      try journal.history(search, at: now), open, journal.deliveryTallies(at: now),
      since: try journal.beginning())
  }

  func figures(
    _ events: [AlertTransition], _ open: [Alert], _ tallies: [String: DeliveryTally], since: Int64?
  ) -> Figures {
    let since = since.map { Moment(nanoseconds: 0, wall: $0) }
    return Figures(
      alerts: AlertFigures(events, active: open, now: now, since: since),
      delivery: DeliveryStanding(channels, tallies: tallies))
  }
}

extension DeliveryStanding.Channel {
  fileprivate var document: JSONValue {
    .object([
      .init("name", .printable(name)), .init("kind", .printable(kind)),
      .init("sent", .count(sent)), .init("waiting", .count(waiting)),
      .init("given_up", .count(givenUp)), .init("failing", .bool(isFailing)),
      .init("last_failure", why.map(JSONValue.printable) ?? .null),
    ])
  }
}
