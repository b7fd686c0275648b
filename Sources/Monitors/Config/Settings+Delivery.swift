extension Settings {
  /// Who hears of alerts, beside those who look.
  static let delivery: [Setting] = [
    Setting(
      name: "alerts.channels", kind: .channels,
      summary: "ways in which alerts leave the machine: mail, webhooks, commands", effect: .now,
      read: { .channels($0.delivery.channels) },
      write: { if case .channels(let value) = $1 { $0.delivery.channels = value } }),
    .text(
      "alerts.bell", \.bell, of: .choice(["off"] + DeliverySettings.severities),
      "from which severity on a new alert rings the terminal's bell"),
    .text(
      "alerts.notify", \.notice, of: .choice(TerminalNotice.allCases.map(\.rawValue)),
      "how the terminal is asked to show a new alert on the desktop: the sequence it knows"),
    .text(
      "alerts.notify_severity", \.noticeSeverity, of: .choice(DeliverySettings.severities),
      "from which severity on it is asked to"),
  ]
}

extension Config {
  /// The severity that rings, by its name.
  fileprivate var bell: String {
    get { delivery.bell?.rawValue ?? "off" }
    set { delivery.bell = Severity(rawValue: newValue) }
  }

  /// The sequence, by its name.
  fileprivate var notice: String {
    get { delivery.notice.rawValue }
    set { delivery.notice = TerminalNotice(rawValue: newValue) ?? .off }
  }

  /// The severity that is shown, by its name.
  fileprivate var noticeSeverity: String {
    get { delivery.noticeSeverity.rawValue }
    set { delivery.noticeSeverity = Severity(rawValue: newValue) ?? .critical }
  }
}
