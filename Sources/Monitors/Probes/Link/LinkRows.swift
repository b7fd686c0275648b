import Glibc

/// All targets' connections, owned by the one thread that waits for them.
struct LinkRows {
  /// How connections come about.
  struct Ways: Sendable {
    var isInline = false
    var wake: @Sendable () -> Void = {}
    var search: @Sendable ([LinkFinder.Subject]) -> [LinkRow.Found]
  }

  static let mostSockets = 64
  private let ways: Ways
  private(set) var rows: [UInt64: LinkRow] = [:]

  init(_ ways: Ways) { self.ways = ways }

  /// Takes questions in; a target without one is forgotten.
  mutating func take(_ questions: LinkQuestions, at moment: Moment) {
    for (target, question) in questions.byTarget {
      guard let question, !question.subjects.isEmpty else {
        rows[target] = nil
        continue
      }
      if let row = rows[target], !row.isAbout(question) { rows[target] = nil }
      var row =
        rows[target]
        ?? LinkRow(question, isInline: ways.isInline, wake: ways.wake, search: ways.search)
      row.ask(question, at: moment)
      rows[target] = row
    }
  }

  /// Does what can be done without waiting.
  mutating func turn(at moment: Moment) {
    var sockets = LinkRows.mostSockets - rows.values.reduce(0) { $0 + $1.connections.count }
    var room = LinkNames.mostInAll - rows.values.reduce(0) { $0 + $1.names.count }
    for target in rows.keys.sorted() {
      rows[target]?.turn(at: moment, sockets: &sockets, room: &room)
    }
  }

  /// What is waited for.
  var requests: [pollfd] {
    rows.values.flatMap(\.connections).map { connection in
      let reading = connection.isAsking ? Int16(POLLIN) : 0
      let writing = connection.hasUnsent ? Int16(POLLOUT) : 0
      return pollfd(fd: connection.descriptor, events: reading | writing, revents: 0)
    }
  }

  /// Takes note of who has hung up, as that was answered to the requests.
  mutating func note(_ answered: some Sequence<pollfd>) {
    let gone = Int16(POLLHUP) | Int16(POLLERR)
    let descriptors = Set(answered.lazy.filter { $0.revents & gone != 0 }.map(\.fd))
    guard !descriptors.isEmpty else { return }
    for target in rows.keys { rows[target]?.noteHangUps(descriptors) }
  }

  /// Whether anybody is connected, searched for or kept at a distance; if not, nothing is lost with these rows.
  var isNeeded: Bool { rows.values.contains { $0.isNeeded } }

  /// When something has to be given up.
  var deadline: Moment? { rows.values.flatMap(\.connections).compactMap(\.deadline).min() }
}
