/// A batch as JSON: the alert that matters most, all of them in a list, and a text that chats show.
struct WebhookText {
  let text: DeliveryText
  let isSlack: Bool

  /// The body of the request.
  func body(at now: Moment) -> String {
    let words = text.lines(at: now).map(\.text).joined(separator: "\n")
    guard !isSlack else {
      return JSONValue.object([.init("text", .text(WebhookText.escaped(words)))])
        .text(indented: false)
    }
    let batch = text.batch
    var fields: [JSONValue.Field] = []
    if let worst = batch.worst { fields = WebhookText.fields(worst) }
    // What is sent again is the same under this id.
    if let place = fields.firstIndex(where: { $0.name == "id" }) {
      fields[place].value = .text(batch.id)
    }
    fields.append(.init("text", .text(words)))
    fields.append(.init("count", .count(batch.deliveries.count)))
    fields.append(
      .init("alerts", .list(batch.deliveries.map { .object(WebhookText.fields($0)) })))
    return JSONValue.object(fields).text(indented: false)
  }

  /// What a chat would take for a link or a call to everybody stands as it was written.
  private static func escaped(_ text: String) -> String {
    var result = ""
    for character in text {
      switch character {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      default: result.append(character)
      }
    }
    return result
  }

  private static func fields(_ delivery: Delivery) -> [JSONValue.Field] {
    let (transition, alert) = (delivery.transition, delivery.transition.alert)
    var fields: [JSONValue.Field] = [
      .init("id", .text(delivery.id)), .init("kind", .text(transition.kind.rawValue)),
      .init("host", .printable(delivery.host)),
      .init("target", .printable(DeliveryText.target(alert))),
    ]
    if case .process(let pid, _) = alert.subject { fields.append(.init("pid", .count(Int(pid)))) }
    return fields + [
      .init("alert", .printable(Printable(alert.id))),
      .init("rule", .printable(Printable(alert.rule))),
      .init("severity", .text(alert.severity.rawValue)),
      .init("category", .text(alert.category.rawValue)),
      .init("state", .text(alert.state.rawValue)),
      .init("since", .text(Units.timestamp(wall: alert.since.wall))),
      .init("value", .measure(alert.value)), .init("threshold", .measure(alert.threshold)),
      .init("message", .printable(alert.message)),
      .init("actions", .list(alert.actions.map(JSONValue.printable))),
      .init("acknowledged_by", alert.acknowledgedBy.map(JSONValue.printable) ?? .null),
    ]
  }
}
