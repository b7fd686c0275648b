/// The connections to one target and its children.
struct LinkRow {
  /// What looking for a process's socket came to.
  typealias Found = (key: ProcessKey, result: Result<LocalStream, LinkFailure>)

  private struct Failure {
    var until: Moment
    var pause: Double
  }

  private let search: @Sendable ([LinkFinder.Subject]) -> [Found]
  private let worker: Worker<[Found]>
  private let wake: @Sendable () -> Void
  private var question: LinkQuestion
  private(set) var connections: [LinkConnection] = []
  private var failures: [ProcessKey: Failure] = [:]
  var names = LinkNames()
  private static let shortestPause = 1.0
  private static let longestPause = 30.0

  init(
    _ question: LinkQuestion, isInline: Bool, wake: @escaping @Sendable () -> Void,
    search: @escaping @Sendable ([LinkFinder.Subject]) -> [Found]
  ) {
    self.question = question
    self.search = search
    self.wake = wake
    worker = Worker(name: "link search", isInline: isInline)
  }

  /// Whether it is still about the same process.
  func isAbout(_ other: LinkQuestion) -> Bool {
    question.subjects.first?.key == other.subjects.first?.key
  }

  /// Asks all that are connected, and looks for those that are not.
  mutating func ask(_ question: LinkQuestion, at moment: Moment) {
    self.question = question
    let alive = Set(question.subjects.map(\.key))
    for place in connections.indices.reversed() where !alive.contains(connections[place].key) {
      close(place, "it has ended")
    }
    failures = failures.filter { alive.contains($0.key) }
    for place in connections.indices.reversed() {
      if let reason = connections[place].poll(at: moment) { drop(place, reason, at: moment) }
    }
    if question.isLooking { look(at: moment) }
  }

  private mutating func look(at moment: Moment) {
    let connected = Set(connections.map(\.key))
    let wanted = question.subjects.filter { subject in
      !connected.contains(subject.key) && failures[subject.key].map { $0.until <= moment } ?? true
    }
    guard !wanted.isEmpty else { return }
    worker.start(at: moment, then: wake) { [search] in search(wanted) }
  }

  /// Does what can be done without waiting; `sockets` is how many more all targets together may have.
  mutating func turn(at moment: Moment, sockets: inout Int, room: inout Int) {
    if case .done(let found) = worker.poll() {
      for (key, result) in found { adopt(key, result, at: moment, &sockets) }
    }
    for place in connections.indices.reversed() {
      let reason = connections[place].turn(at: moment, names: &names, room: &room)
      tell(connections[place].takeNews())
      if let reason {
        drop(place, reason, at: moment)
        sockets += 1
      }
    }
  }

  /// Whether it knows of anything that a new one would not.
  var isNeeded: Bool { !connections.isEmpty || !failures.isEmpty || worker.isBusy }

  /// Those of these descriptors have been let go at the other end.
  mutating func noteHangUps(_ descriptors: Set<Int32>) {
    for place in connections.indices where descriptors.contains(connections[place].descriptor) {
      connections[place].noteHangUp()
    }
  }

  private mutating func adopt(
    _ key: ProcessKey, _ result: Result<LocalStream, LinkFailure>, at moment: Moment,
    _ sockets: inout Int
  ) {
    switch result {
    case .failure(let failure):
      if key == question.subjects.first?.key { tell([.unfound(failure.sentence)]) }
    case .success(let stream):
      guard question.subjects.contains(where: { $0.key == key }),
        !connections.contains(where: { $0.key == key })
      else { return }
      guard sockets > 0 else { return tell([.unfound("more than 64 processes are linked")]) }
      var connection = LinkConnection(key, stream)
      sockets -= 1
      tell([.opened(key)])
      let failure = connection.greet(at: moment) ?? connection.poll(at: moment)
      connections.append(connection)
      if let failure {
        drop(connections.count - 1, failure, at: moment)
        sockets += 1
      }
    }
  }

  private mutating func close(_ place: Int, _ reason: Printable) {
    tell([.closed(connections[place].key, reason)])
    connections.remove(at: place)
  }

  /// Lets go of one that failed, for twice as long as the last time.
  private mutating func drop(_ place: Int, _ reason: Printable, at moment: Moment) {
    let key = connections[place].key
    let last = failures[key]
    let isCalm = last.map { moment.seconds(since: $0.until) > LinkRow.longestPause } ?? true
    let pause =
      isCalm
      ? LinkRow.shortestPause
      : min(LinkRow.longestPause, (last?.pause ?? LinkRow.shortestPause) * 2)
    failures[key] = Failure(until: moment.later(by: pause), pause: pause)
    close(place, reason)
  }

  private func tell(_ news: [LinkNews]) {
    guard !news.isEmpty else { return }
    question.answers.offer(news) { $0 + $1 }
  }
}
