import Monitors

/// `perftop alerts`: the list that all screens share, for scripts and for who has no screen at hand.
struct AlertsCommand {
  let host: Host
  /// Where the list lies; `nil` where this person has no place for one.
  let place: JournalPlace?
  /// Whose deliveries are counted.
  var channels: [ChannelSettings] = []

  /// What goes to standard output, what to standard error, and how it ends.
  struct Answer: Equatable {
    var lines: [Printable] = []
    var errors: [Printable] = []
    var status: Int32 = 0

    init(_ lines: [Printable] = []) { self.lines = lines }

    init(_ error: Printable, advice: Printable = "", status: Int32 = 1) {
      errors = ["perftop: \(error)"] + (advice.isEmpty ? [] : [advice])
      self.status = status
    }

    /// What went wrong, too.
    mutating func add(_ failure: Answer) {
      errors += failure.errors
      status = max(status, failure.status)
    }
  }

  var now: Moment { host.time.now() }

  private static let leftOut: Printable = "entries that are not what was written are left out"

  /// Does what is asked.
  func answer(_ request: Invocation.Alerts) -> Answer {
    guard let place else {
      return Answer(
        "alerts: no place for a list of alerts", advice: "set HOME or XDG_STATE_HOME")
    }
    do throws(JournalError) {
      let boot = BootIdentity(host)
      let writer = "alerts \(now.nanoseconds)"
      guard
        let journal = try AlertJournal(place, boot: boot, writer: writer, making: false)
      else { return missing(request, place) }
      var answer = try answer(request, journal, place)
      if journal.damage > 0 { answer.add(failed(.damaged(AlertsCommand.leftOut), place)) }
      return answer
    } catch { return failed(error, place) }
  }

  /// Nothing was ever kept: that is no failure, unless one alert was asked for.
  private func missing(_ request: Invocation.Alerts, _ place: JournalPlace) -> Answer {
    if case .deed(_, let id) = request.wish {
      return Answer(
        "\(Printable(id)): no such alert",
        advice: "no alert was ever kept in \(Printable(place.path))")
    }
    let words: Printable = "no alert was ever kept in \(Printable(place.path))"
    if request.wish == .figures, request.isJSON || !channels.isEmpty {
      var answer = figures([], [], [:], since: nil).answer(place, request.isJSON)
      if !request.isJSON { answer.lines[0] = words } else { answer.errors = [words] }
      return answer
    }
    var answer = Answer(request.isJSON ? [] : [words])
    if request.isJSON { answer.errors = [words] }
    return answer
  }

  private func failed(_ error: JournalError, _ place: JournalPlace) -> Answer {
    let path = "\(place.path)/alerts.db"
    switch error {
    case .readOnly:
      return Answer(
        "\(Printable(path)): \(error.sentence)",
        advice: place.isShared
          ? "it takes the right to write to it: the group of the directory has it"
          : "it has to be yours, and writable: chmod u+w",
        status: 4)
    case .damaged:
      return Answer(
        "\(Printable(path)): \(error.sentence)",
        advice: "the next perftop on a terminal saves what can be read and moves it aside")
    case .refused(let why): return Answer("alerts: \(why)")
    default: return Answer("\(Printable(path)): \(error.sentence)")
    }
  }

  private func answer(
    _ request: Invocation.Alerts, _ journal: AlertJournal, _ place: JournalPlace
  ) throws(JournalError) -> Answer {
    let presence = ProcessPresence(host)
    // Who was told of them hears of their end from the perftops that have those channels.
    try journal.closeDead(at: now, recipients: { _ in [] }) {
      presence.hasEnded(pid: $0, startTicks: $1)
    }
    let who = Operator.name(host.environment)
    switch request.wish {
    case .list:
      let open = try journal.openAlerts(at: now).map { AlertsText.current($0.alert, at: now) }
        .sorted(by: AlertsText.isBefore)
      if request.isJSON { return Answer(open.map { AlertsText.json($0) }) }
      return Answer(AlertsText.list(open, at: now) + [AlertsText.line(place)])
    case .history(let search):
      let found = try journal.history(search, at: now)
      if request.isJSON { return Answer(found.map(AlertsText.json)) }
      return Answer(found.isEmpty ? ["nothing found"] : found.map(AlertsText.line))
    case .figures: return try figures(journal).answer(place, request.isJSON)
    case .acknowledgeAll: return try acknowledgeAll(journal, who, request.isJSON)
    case .deed(let deed, let id):
      do throws(JournalRefusal) {
        let alert = try journal.perform(deed, on: id, by: who, at: now)
        let line = AlertsText.done(deed, to: alert, by: who)
        let current = AlertsText.current(alert, at: now)
        return Answer([request.isJSON ? AlertsText.json(current) : line])
      } catch { return try refused(error, id) }
    }
  }

  private func acknowledgeAll(
    _ journal: AlertJournal, _ who: Printable, _ isJSON: Bool
  ) throws(JournalError) -> Answer {
    var answer = Answer()
    let open = try journal.openAlerts(at: now).map(\.alert)
    for alert in open where AlertsText.state(alert, at: now) == .firing {
      do throws(JournalRefusal) {
        let done = try journal.perform(.acknowledge, on: alert.id, by: who, at: now)
        let line = AlertsText.done(.acknowledge, to: done, by: who)
        answer.lines.append(isJSON ? AlertsText.json(done) : line)
      } catch {
        // Somebody else was quicker.
        if case .journal(let error) = error { throw error }
      }
    }
    if answer.lines.isEmpty, !isJSON { answer.lines = ["nothing to acknowledge"] }
    return answer
  }

  private func refused(_ refusal: JournalRefusal, _ id: String) throws(JournalError) -> Answer {
    switch refusal {
    case .journal(let error): throw error
    case .refused(let why): return Answer("\(Printable(id)): \(why)")
    case .unknown(let near):
      return Answer(
        "\(Printable(id)): no such alert",
        advice: near.map { "did you mean \(Printable($0))?" }
          ?? "perftop alerts list says which there are")
    }
  }
}
