/// A batch as the variables of a program: nothing from outside ever becomes an argument.
struct CommandVariables {
  let text: DeliveryText

  /// Variables of this program that it may have too: who runs it, and where their desktop is.
  static let inherited = [
    "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "TZ", "DISPLAY", "WAYLAND_DISPLAY",
    "XDG_RUNTIME_DIR", "DBUS_SESSION_BUS_ADDRESS",
  ]
  private static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

  /// What it gets beside those.
  func variables(at now: Moment) -> [String: String] {
    let batch = text.batch
    guard let worst = batch.worst else { return [:] }
    let (transition, alert) = (worst.transition, worst.transition.alert)
    var variables = [
      "PATH": CommandVariables.path,
      "PERFTOP_DELIVERY": batch.id, "PERFTOP_COUNT": String(batch.deliveries.count),
      "PERFTOP_ID": Printable(alert.id).text, "PERFTOP_RULE": Printable(alert.rule).text,
      "PERFTOP_KIND": transition.kind.rawValue, "PERFTOP_SEVERITY": alert.severity.rawValue,
      "PERFTOP_CATEGORY": alert.category.rawValue, "PERFTOP_STATE": alert.state.rawValue,
      "PERFTOP_MESSAGE": alert.message.text, "PERFTOP_VALUE": "\(alert.value)",
      "PERFTOP_THRESHOLD": "\(alert.threshold)",
      "PERFTOP_SINCE": Units.timestamp(wall: alert.since.wall),
      "PERFTOP_HOST": worst.host.text, "PERFTOP_TARGET": DeliveryText.target(alert).text,
      "PERFTOP_TITLE": text.title.text,
      "PERFTOP_TEXT": text.lines(at: now).map(\.text).joined(separator: "\n"),
    ]
    if case .process(let pid, _) = alert.subject { variables["PERFTOP_PID"] = String(pid) }
    return variables
  }
}
