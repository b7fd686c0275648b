import Monitors

/// Alerts as lines of text and as JSON.
enum AlertsText {
  /// What a person has put aside fires again when its time is over, even where no screen has said so yet.
  static func state(_ alert: Alert, at now: Moment) -> Alert.State {
    guard alert.state == .shelved, let until = alert.shelvedUntil, until <= now else {
      return alert.state
    }
    return alert.acknowledgedBy == nil ? .firing : .acknowledged
  }

  /// An alert as far as a list can know how it stands now.
  ///
  /// What is measured is known to the screens alone: since when all has been well was true when it was written.
  static func current(_ alert: Alert, at now: Moment) -> Alert {
    var current = alert
    current.state = state(alert, at: now)
    guard alert.ended == nil else { return current }
    current.clearingSince = nil
    current.clearsIn = nil
    return current
  }

  /// What is said where an empty text has taken a note away.
  private static let noNote: Printable = "nothing any more"

  /// Worst first, then oldest.
  static func isBefore(_ a: Alert, _ b: Alert) -> Bool {
    a.severity == b.severity ? a.began < b.began : a.severity > b.severity
  }

  /// Two lines or three for each: what it is, what it says, and what people did about it.
  static func list(_ alerts: [Alert], at now: Moment) -> [Printable] {
    guard !alerts.isEmpty else { return ["no alerts"] }
    let width = alerts.map { Printable($0.id).text.count }.max() ?? 0
    return alerts.flatMap { alert -> [Printable] in
      let id = Printable(alert.id).text.padding(to: width)
      let severity = alert.severity.label.text.padding(to: 10)
      let state = state(alert, at: now).rawValue.padding(to: 13)
      let age = Units.span(seconds: now.seconds(since: alert.began))
      let count = alert.count > 1 ? ", \(alert.count) times" : ""
      let margin = String(repeating: " ", count: 10)
      return ["\(severity)\(state)\(id)  \(age)\(count)", "\(margin)\(alert.message)"]
        + deeds(alert, at: now).map { "\(margin)\($0)" }
    }
  }

  private static func deeds(_ alert: Alert, at now: Moment) -> [Printable] {
    var deeds: [Printable] = []
    if case .process(let pid, _) = alert.subject { deeds.append("process \(String(pid))") }
    if let who = alert.acknowledgedBy {
      let age = alert.acknowledgedAt.map { Units.span(seconds: now.seconds(since: $0)) } ?? "?"
      deeds.append("acknowledged by \(who), \(age) ago")
    }
    if let who = alert.shelvedBy, let until = alert.shelvedUntil, until > now {
      deeds.append("shelved by \(who), for \(Units.span(seconds: until.seconds(since: now))) more")
    }
    if let note = alert.note { deeds.append("note: \(note)") }
    return deeds
  }

  /// Where the list lies, and who sees it.
  static func line(_ place: JournalPlace) -> Printable {
    switch place.standing {
    case .isPrivate(let path, let owner): "private to \(owner): \(path)"
    case .shared(let path): "shared by all operators: \(path)"
    case .none, .failing: ""
    }
  }

  /// One line for something that happened.
  static func line(_ transition: AlertTransition) -> Printable {
    let time = Units.timestamp(wall: transition.at.wall)
    let kind = transition.kind.rawValue.padding(to: 13)
    let severity = transition.alert.severity.label.text.padding(to: 10)
    let who = transition.by.map { " (by \($0))" } ?? ""
    let words =
      transition.kind == .noted
      ? transition.alert.note ?? noNote : transition.alert.message
    return "\(time)  \(kind)\(severity)\(Printable(transition.alert.id))  \(words)\(who)"
  }

  /// What was done, in one line.
  static func done(_ deed: JournalDeed, to alert: Alert, by who: Printable) -> Printable {
    let id = Printable(alert.id)
    switch deed {
    case .acknowledge: return "acknowledged: \(id) (by \(who))"
    case .shelve(let seconds):
      return "shelved: \(id) for \(Units.span(seconds: seconds)) (by \(who))"
    case .undo: return "undone: \(id) is \(alert.state.rawValue) again (by \(who))"
    case .note: return "noted: \(id): \(alert.note ?? noNote) (by \(who))"
    }
  }

  /// One object a line: what a snapshot says of it, and what people did.
  static func json(_ alert: Alert) -> Printable {
    Printable(JSONValue.object(alert.fields + deeds(alert)).text(indented: false))
  }

  /// One object a line for something that happened.
  static func json(_ transition: AlertTransition) -> Printable {
    let fields: [JSONValue.Field] = [
      .init("time", .text(Units.timestamp(wall: transition.at.wall))),
      .init("kind", .text(transition.kind.rawValue)), .init("by", text(transition.by)),
      .init("alert", .object(transition.alert.fields + deeds(transition.alert))),
    ]
    return Printable(JSONValue.object(fields).text(indented: false))
  }

  private static func deeds(_ alert: Alert) -> [JSONValue.Field] {
    var process = JSONValue.null
    if case .process(let pid, _) = alert.subject { process = .integer(Int64(pid)) }
    let facts: [JSONValue.Field] = [
      .init("label", .text(alert.label)), .init("pid", process),
      .init("count", .count(alert.count)),
      .init("latched", .bool(alert.isLatched)),
      .init("acknowledged_at", time(alert.acknowledgedAt)),
      .init("shelved_by", text(alert.shelvedBy)), .init("shelved_until", time(alert.shelvedUntil)),
      .init("note", text(alert.note)), .init("ended", time(alert.ended)),
    ]
    // What a snapshot has by now is not said twice.
    return facts.filter { fact in !alert.fields.contains { $0.name == fact.name } }
  }

  private static func time(_ moment: Moment?) -> JSONValue {
    moment.map { .text(Units.timestamp(wall: $0.wall)) } ?? .null
  }

  private static func text(_ text: Printable?) -> JSONValue {
    text.map(JSONValue.printable) ?? .null
  }
}
