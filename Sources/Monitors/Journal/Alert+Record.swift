extension AlertSubject {
  /// `machine`, `process 812 99123`: as the journal writes it.
  var record: String {
    switch self {
    case .machine: "machine"
    case .process(let pid, let startTicks): "process \(pid) \(startTicks)"
    }
  }

  /// Reads what was written.
  init?(record: String) {
    let words = record.split(separator: " ")
    if words == ["machine"] {
      self = .machine
    } else if words.count == 3, words[0] == "process", let pid = Int32(words[1]),
      let startTicks = UInt64(words[2])
    {
      self = .process(pid: pid, startTicks: startTicks)
    } else {
      return nil
    }
  }
}

extension Alert {
  /// All of it as one line of JSON, for the journal.
  var record: String { JSONValue.object(facts + deeds).text(indented: false) }

  private var facts: [JSONValue.Field] {
    [
      .init("id", .text(id)), .init("rule", .text(rule)), .init("label", .text(label)),
      .init("subject", .text(subject.record)), .init("severity", .text(severity.rawValue)),
      .init("category", .text(category.rawValue)), .init("state", .text(state.rawValue)),
      .init("since", since.record), .init("fired", Alert.moment(firedAt)),
      .init("clearing_since", Alert.moment(clearingSince)),
      .init("clears_in", clearsIn.map(JSONValue.measure) ?? .null),
      .init("ended", Alert.moment(ended)), .init("value", .measure(value)),
      .init("worst", .measure(worst)), .init("threshold", .measure(threshold)),
      .init("message", .printable(message)), .init("worst_message", Alert.text(worstMessage)),
      .init("actions", .list(actions.map(JSONValue.printable))),
    ]
  }

  /// What people did to it, and what became of it over time.
  private var deeds: [JSONValue.Field] {
    [
      .init("acknowledged_by", Alert.text(acknowledgedBy)),
      .init("acknowledged_at", Alert.moment(acknowledgedAt)),
      .init("shelved_by", Alert.text(shelvedBy)),
      .init("shelved_until", Alert.moment(shelvedUntil)), .init("note", Alert.text(note)),
      .init("count", .count(count)), .init("latched", .bool(isLatched)),
    ]
  }

  /// Reads what was written; what a later version added is passed over.
  init?(record: String) {
    guard let value = try? JSONReader.object(record), let id = value["id"]?.string,
      let rule = value["rule"]?.string,
      let severity = value["severity"]?.string.flatMap(Severity.init),
      let category = value["category"]?.string.flatMap(Category.init),
      let state = value["state"]?.string.flatMap(State.init),
      let since = value["since"].flatMap(Moment.init), let message = value["message"]?.string,
      let subject = value["subject"]?.string.flatMap(AlertSubject.init)
    else { return nil }
    self.init(
      id: id, rule: rule, severity: severity, category: category, state: state, since: since,
      value: value["value"]?.real ?? .nan, threshold: value["threshold"]?.real ?? .nan,
      message: Printable(message))
    self.subject = subject
    label = value["label"]?.string ?? ""
    worst = value["worst"]?.real ?? .nan
    worstMessage = value["worst_message"]?.string.map { Printable($0) }
    actions = (value["actions"]?.elements ?? []).compactMap { $0.string.map { Printable($0) } }
    takeTimes(value)
    takeDeeds(value)
  }

  private mutating func takeTimes(_ value: JSONValue) {
    firedAt = value["fired"].flatMap(Moment.init)
    clearingSince = value["clearing_since"].flatMap(Moment.init)
    clearsIn = value["clears_in"]?.real
    ended = value["ended"].flatMap(Moment.init)
    acknowledgedAt = value["acknowledged_at"].flatMap(Moment.init)
    shelvedUntil = value["shelved_until"].flatMap(Moment.init)
  }

  private mutating func takeDeeds(_ value: JSONValue) {
    acknowledgedBy = value["acknowledged_by"]?.string.map { Printable($0) }
    shelvedBy = value["shelved_by"]?.string.map { Printable($0) }
    note = value["note"]?.string.map { Printable($0) }
    count = min(max(Int(clamping: value["count"]?.whole ?? 1), 1), Alert.mostCount)
    isLatched = value["latched"]?.truth ?? false
  }

  /// More often than anything ever fires.
  private static let mostCount = 1_000_000

  private static func moment(_ moment: Moment?) -> JSONValue { moment?.record ?? .null }

  private static func text(_ text: Printable?) -> JSONValue {
    text.map(JSONValue.printable) ?? .null
  }
}

extension Moment {
  /// Monotonic and wall nanoseconds, and the sequence number.
  fileprivate var record: JSONValue {
    .list([.integer(nanoseconds), .integer(wall), .integer(Int64(clamping: sequence))])
  }

  fileprivate init?(_ record: JSONValue) {
    guard let parts = record.elements, parts.count == 3, case .integer(let nanoseconds) = parts[0],
      case .integer(let wall) = parts[1], let sequence = parts[2].whole
    else { return nil }
    self.init(read: nanoseconds, wall: wall, sequence: sequence)
  }

  /// As it stands in a journal: what no clock ever tells is moved to where one can still reckon with it.
  init(read nanoseconds: Int64, wall: Int64, sequence: UInt64 = 0) {
    self.init(
      nanoseconds: Moment.reckonable(nanoseconds), wall: Moment.reckonable(wall),
      sequence: sequence)
  }

  /// Within 146 years: the distance of two such times is a number still.
  static func reckonable(_ nanoseconds: Int64) -> Int64 {
    min(max(nanoseconds, .min / 2), .max / 2)
  }
}
