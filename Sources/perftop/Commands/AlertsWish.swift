import Monitors

/// What `perftop alerts` is to do, from its words.
struct AlertsWish {
  private static let verbs = [
    "list", "ack", "ack-all", "shelve", "undo", "note", "history", "test",
  ]
  private static let usualLimit = 50

  private let words: ArgumentWords
  private let plain: [String]

  init(_ words: ArgumentWords) {
    self.words = words
    plain = Array(words.plain.dropFirst())
  }

  func task() throws(UsageError) -> Invocation.Task {
    let isJSON = value(.json) != nil
    let verb = plain.first ?? "list"
    try refuse(.config, unless: verb == "test" || value(.stats) != nil, owner: "test")
    try refuse(.span, unless: verb == "shelve", owner: "shelve")
    try refuse(.search, unless: verb == "history", owner: "history")
    try refuse(.limit, unless: verb == "history", owner: "history")
    if value(.stats) != nil { return .alerts(try figures(isJSON)) }
    if verb == "test" {
      try refuseSurplus(2)
      return .testChannels(named: plain.count > 1 ? plain[1] : nil, isJSON: isJSON)
    }
    return .alerts(Invocation.Alerts(wish: try wish(verb), isJSON: isJSON))
  }

  /// They are about all alerts, so that no word goes with them.
  private func figures(_ isJSON: Bool) throws(UsageError) -> Invocation.Alerts {
    if let verb = plain.first, verb != "list" {
      throw UsageError(
        OptionName.stats.long, "does not go with \(verb)", advice: "write perftop alerts --stats")
    }
    try refuseSurplus(1)
    return Invocation.Alerts(wish: .figures, isJSON: isJSON)
  }

  private func wish(_ verb: String) throws(UsageError) -> Invocation.Alerts.Wish {
    switch verb {
    case "list":
      try refuseSurplus(1)
      return .list
    case "ack-all":
      try refuseSurplus(1)
      return .acknowledgeAll
    case "ack": return .deed(.acknowledge, id: try id(verb))
    case "undo": return .deed(.undo, id: try id(verb))
    case "shelve":
      guard let time = value(.span) else {
        throw UsageError(
          "alerts shelve", "no time", advice: "write perftop alerts shelve ID --for 30m")
      }
      let seconds = try AlertsWish.span(time)
      return .deed(.shelve(seconds: seconds), id: try id(verb))
    case "note":
      guard plain.count > 2 else {
        throw UsageError("alerts note", "no text", advice: "write perftop alerts note ID TEXT")
      }
      return .deed(.note(Printable(plain[2...].joined(separator: " "))), id: plain[1])
    case "history":
      try refuseSurplus(1)
      return .history(try search())
    case OptionName.stats.rawValue:
      throw UsageError(
        verb, "alerts does not know this word", advice: "did you mean perftop alerts --stats?")
    default:
      let near = Nearest.match(verb, among: AlertsWish.verbs)
      throw UsageError(
        verb, "alerts does not know this word",
        advice: near.map { "did you mean perftop alerts \(Printable($0))?" }
          ?? "there are \(AlertsWish.verbs.joined(separator: ", "))")
    }
  }

  private func value(_ option: OptionName) -> String? {
    words.given.last { $0.option == option }?.value
  }

  private func id(_ verb: String) throws(UsageError) -> String {
    guard plain.count > 1 else {
      throw UsageError(
        "alerts \(verb)", "no id", advice: "perftop alerts list says which there are")
    }
    try refuseSurplus(2)
    return plain[1]
  }

  private func refuseSurplus(_ room: Int) throws(UsageError) {
    guard plain.count > room else { return }
    throw UsageError(
      plain[room], "one word too many", advice: "perftop alerts --help shows how to write it")
  }

  private func refuse(
    _ option: OptionName, unless isAtHome: Bool, owner: String
  ) throws(UsageError) {
    guard !isAtHome, value(option) != nil else { return }
    throw UsageError(
      option.long, "an option of alerts \(owner)",
      advice: "write perftop alerts \(owner) \(option.long) \(option.placeholder ?? "")")
  }

  private func search() throws(UsageError) -> JournalSearch {
    var search = JournalSearch(limit: AlertsWish.usualLimit)
    if let text = value(.search) {
      search.words = try ArgumentValue.text(text, for: .search).split(separator: " ")
        .map(String.init)
    }
    if let text = value(.limit) { search.limit = try ArgumentValue.count(text, for: .limit) }
    return search
  }

  /// `90s`, `30m`, `1.5h`: the unit is not guessed.
  private static func span(_ text: String) throws(UsageError) -> Double {
    let option = OptionName.span.long
    guard text.last?.isLetter == true, let seconds = TimeText.seconds(text) else {
      throw UsageError(
        option, "\(ArgumentValue.quoted(text)) is not a time", advice: "write 90s, 30m or 2h")
    }
    guard seconds >= 1, seconds <= AlertJournal.longestShelf else {
      throw UsageError(
        option, "\(ArgumentValue.quoted(text)) is out of range",
        advice: "from 1s to 8h: what is put aside for longer is better turned off in the settings")
    }
    return seconds
  }
}
