/// What somebody wants to see of what happened.
public struct JournalSearch: Sendable, Equatable {
  /// Words that must all be found: in the id, the rule, the message, the note or among the names of people.
  public var words: [String] = []
  /// Not before that, by the wall clock.
  public var from: Int64?
  /// Not after that, by the wall clock.
  public var to: Int64?
  /// The most that is wanted.
  public var limit = 100

  /// The newest of everything.
  public init(words: [String] = [], limit: Int = 100) {
    self.words = words
    self.limit = limit
  }
}

extension AlertJournal {
  /// How one alert stands.
  public struct Entry: Sendable, Equatable {
    /// The alert.
    public var alert: Alert
    /// When it last changed, as the journal counts.
    public var revision: Int64
    /// Whether it is of this boot and these process numbers, so that its times can be compared with now.
    public var isOfThisBoot: Bool
  }

  /// Alerts that are not over, oldest first.
  ///
  /// What is of another boot has its times placed on this one's clock.
  public func openAlerts(at now: Moment) throws(JournalError) -> [Entry] {
    try alerts("WHERE ended IS NULL ORDER BY seq").map { entry($0, at: now) }
  }

  /// Alerts that changed after a revision, in the order in which they did; those that are over, too.
  public func changes(since revision: Int64, at now: Moment) throws(JournalError) -> [Entry] {
    try alerts("WHERE revision > ? ORDER BY revision, seq", [.integer(revision)]).map {
      entry($0, at: now)
    }
  }

  /// The alert of an id: the open one, else the newest.
  public func alert(_ id: String, at now: Moment) throws(JournalError) -> Entry? {
    try row(id).map { entry($0, at: now) }
  }

  func row(_ id: String) throws(JournalError) -> AlertRow? {
    try alerts("WHERE id = ? ORDER BY ended IS NULL DESC, seq DESC LIMIT 1", [.text(id)]).first
  }

  private func entry(_ row: AlertRow, at now: Moment) -> Entry {
    let isOurs = row.boot == boot.boot && row.numbering == boot.numbering
    let alert = row.boot == boot.boot ? row.alert : row.alert.placed(by: now)
    return Entry(alert: alert, revision: row.revision, isOfThisBoot: isOurs)
  }

  /// What happened, newest first.
  public func history(_ search: JournalSearch, at now: Moment) throws(JournalError)
    -> [AlertTransition]
  {
    var found: [AlertTransition] = []
    var values: [Database.Value] = []
    var conditions = ["1"]
    for (time, sign) in [(search.from, ">="), (search.to, "<=")] {
      guard let time else { continue }
      conditions.append("time \(sign) ?")
      values.append(.integer(time))
    }
    // What SQLite leaves out saves taking the rest apart.
    for word in search.words where word.allSatisfy(AlertJournal.isLetter) {
      conditions.append("(body LIKE ? OR who LIKE ?)")
      values += [.text("%\(word)%"), .text("%\(word)%")]
    }
    let words = search.words.map { $0.lowercased() }
    try eachEvent("WHERE \(conditions.joined(separator: " AND ")) ORDER BY seq DESC", values) {
      if $0.transition.holds(words) { found.append($0.transition(in: boot, at: now)) }
      return found.count < search.limit
    }
    return found
  }

  /// When the oldest of what it remembers happened, by the wall clock; `nil` where nothing did.
  public func beginning() throws(JournalError) -> Int64? {
    try database.integer("SELECT time FROM events ORDER BY time LIMIT 1")
  }

  private static func isLetter(_ character: Character) -> Bool {
    character.isASCII && (character.isLetter || character.isNumber)
  }

  /// What happened after a row, oldest first, and the last row of all.
  func events(after seq: Int64, limit: Int) throws(JournalError) -> [EventRow] {
    let newest = try events(
      "WHERE seq > ? ORDER BY seq DESC LIMIT ?", [.integer(seq), .integer(Int64(limit))])
    return newest.reversed()
  }

  func events(_ rest: String, _ values: [Database.Value]) throws(JournalError) -> [EventRow] {
    var found: [EventRow] = []
    try eachEvent(rest, values) {
      found.append($0)
      return true
    }
    return found
  }

  private func eachEvent(
    _ rest: String, _ values: [Database.Value], _ show: (EventRow) -> Bool
  ) throws(JournalError) {
    try database.each("SELECT \(EventRow.columns) FROM events \(rest)", values) { row in
      guard let event = EventRow(row) else {
        damage += 1
        return true
      }
      return show(event)
    }
  }
}

extension AlertTransition {
  /// Whether all words, in small letters, are found in it.
  func holds(_ words: [String]) -> Bool {
    guard !words.isEmpty else { return true }
    let texts = [
      alert.id, alert.label, alert.message.text, alert.severity.rawValue, kind.rawValue,
      alert.note?.text ?? "", by?.text ?? "", alert.acknowledgedBy?.text ?? "",
      alert.shelvedBy?.text ?? "",
    ].map { $0.lowercased() }
    return words.allSatisfy { word in texts.contains { $0.contains(word) } }
  }
}
