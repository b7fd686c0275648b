import Monitors

/// `perftop alerts test [NAME]`: a message by one channel, or by each, and what came back.
struct AlertsTestCommand {
  let host: Host
  let channels: [ChannelSettings]
  let deliverer: Deliverer

  /// What goes to standard output, what to standard error, and how it ends.
  struct Answer: Equatable {
    var lines: [Printable] = []
    var errors: [Printable] = []
    var status: Int32 = 0
  }

  init(host: Host, config: Config, deliverer: Deliverer? = nil) {
    self.host = host
    channels = config.delivery.channels
    self.deliverer = deliverer ?? Deliverer(host: host)
  }

  /// Sends now, whatever the channel wants to hear of; `nil` is every channel.
  func answer(_ name: String?, isJSON: Bool = false) -> Answer {
    var answer = Answer()
    let chosen = channels.filter { name == nil || $0.name == name }
    guard !chosen.isEmpty else {
      answer.errors = lacking(name)
      answer.status = UsageError.exitStatus
      return answer
    }
    for channel in chosen {
      let begin = host.time.now()
      let batch = DeliveryBatch(channel: channel.name, deliveries: [message(channel, begin)])
      let said = deliverer.send(batch, by: channel)
      let took = host.time.now().seconds(since: begin)
      answer.lines.append(
        isJSON
          ? AlertsTestCommand.json(channel, said, took)
          : AlertsTestCommand.line(channel, said, took))
      if said.verdict != .sent { answer.status = 1 }
    }
    return answer
  }

  private static func line(
    _ channel: ChannelSettings, _ said: DeliveryAnswer, _ took: Double
  ) -> Printable {
    let word: Printable = said.verdict == .sent ? "sent" : "failed"
    return "\(Printable(channel.name)): \(word): \(said.words) (\(Printable(Units.duration(took))))"
  }

  private static func json(
    _ channel: ChannelSettings, _ said: DeliveryAnswer, _ took: Double
  ) -> Printable {
    let fields: [JSONValue.Field] = [
      .init("channel", .text(channel.name)), .init("kind", .text(channel.kind)),
      .init("sent", .bool(said.verdict == .sent)), .init("answer", .printable(said.words)),
      .init("seconds", .measure(took)),
    ]
    return Printable(JSONValue.object(fields).text(indented: false))
  }

  private func lacking(_ name: String?) -> [Printable] {
    guard let name else {
      return ["perftop: no channels", "set alerts.channels in the config: see docs/CONFIG.md"]
    }
    let known = channels.map(\.name).joined(separator: ", ")
    return [
      "perftop: no channel called \(Printable(name))",
      known.isEmpty ? "alerts.channels is empty" : "there are \(Printable(known))",
    ]
  }

  private func message(_ channel: ChannelSettings, _ now: Moment) -> Delivery {
    let who = Operator.name(host.environment)
    var alert = Alert(
      id: "test", rule: "test", severity: max(channel.severity, .info), category: .system,
      state: .firing, since: now, value: 0, threshold: 0,
      message: "a test by \(who): this channel works", actions: ["nothing: all is well"])
    alert.firedAt = now
    let machine = MachineName.current
    return Delivery(
      id: "test-\(machine)-\(now.wall)", channel: channel.name,
      transition: AlertTransition(.fired, at: now, alert: alert), host: machine)
  }
}
