/// What the thread of links tells of one process.
enum LinkNews: Sendable {
  case opened(ProcessKey)
  case greeted(ProcessKey, LinkGreeting)
  case told(ProcessKey, LinkReply, at: Moment)
  /// An answer that made no sense, and in which way.
  case senseless(ProcessKey, Printable)
  case closed(ProcessKey, Printable)
  /// Nothing was found, and why.
  case unfound(Printable)
}

/// The conversation with one linked process: one question at a time, and each answer is doubted.
struct LinkConnection {
  let key: ProcessKey
  private var traffic: LineTraffic
  /// The numbers of the questions that wait for an answer, and since when.
  private var expected: [Expectation] = []
  private var number: Int64 = 0
  private var polls = 0
  private var follows = 0
  private var senseless = 0
  private var lastWords: Printable?
  private var isHungUp = false
  private(set) var news: [LinkNews] = []

  private struct Expectation {
    var number: Int64
    var isGreeting: Bool
    var since: Moment
  }

  static let longestReply = 1 << 20
  static let patience = 5.0
  static let silence: Printable = "it does not answer"
  private static let mostSenseless = 100
  private static let mostFollows = 4
  private static let objectsEvery = 10

  init(_ key: ProcessKey, _ stream: LocalStream) {
    self.key = key
    traffic = LineTraffic(stream, longest: LinkConnection.longestReply)
  }

  var descriptor: Int32 { traffic.descriptor }
  /// Whether an answer is outstanding; what comes without having been asked for is not even read.
  var isAsking: Bool { !expected.isEmpty }
  var hasUnsent: Bool { traffic.waiting > 0 }
  /// When it is given up.
  var deadline: Moment? { expected.first?.since.later(by: LinkConnection.patience) }

  /// The other end has let go; what it said before is still read if it was asked for.
  mutating func noteHangUp() { isHungUp = true }

  /// Hands out what there is to tell.
  mutating func takeNews() -> [LinkNews] {
    defer { news = [] }
    return news
  }

  /// Says who we are.
  mutating func greet(at moment: Moment) -> Printable? {
    let members: [JSONValue.Field] = [
      .init("op", .text("hello")), .init("protocol", .integer(1)),
      .init("viewer", .text("perftop")),
    ]
    return send(members, isGreeting: true, at: moment)
  }

  /// Asks for what is new, unless an answer is still outstanding.
  mutating func poll(at moment: Moment) -> Printable? {
    guard !expected.contains(where: { !$0.isGreeting }) else { return nil }
    follows = 0
    return sendPoll(at: moment)
  }

  private mutating func sendPoll(at moment: Moment) -> Printable? {
    var members: [JSONValue.Field] = [
      .init("op", .text("poll")), .init("events", .bool(true)),
    ]
    // Counting objects costs the target something.
    if polls % LinkConnection.objectsEvery == 0 { members.append(.init("objects", .bool(true))) }
    polls &+= 1
    return send(members, isGreeting: false, at: moment)
  }

  private mutating func send(_ members: [JSONValue.Field], isGreeting: Bool, at moment: Moment)
    -> Printable?
  {
    number &+= 1
    let request = JSONValue.object(members + [.init("id", .integer(number))])
    expected.append(Expectation(number: number, isGreeting: isGreeting, since: moment))
    return traffic.send(request.text(indented: false)) == .open ? nil : ended
  }

  private var ended: Printable { lastWords.map { "closed: \($0)" } ?? "it closed the connection" }

  /// Does what can be done now; the reason if that was the end of it.
  mutating func turn(at moment: Moment, names: inout LinkNames, room: inout Int) -> Printable? {
    if let deadline, deadline < moment { return LinkConnection.silence }
    if hasUnsent, traffic.flush() == .ended { return ended }
    guard isAsking else { return isHungUp ? ended : nil }
    var lines: [JSONValue?] = []
    let state = traffic.receive { lines.append(try? JSONReader.object($0)) }
    for line in lines {
      if let reason = take(line, at: moment, names: &names, room: &room) { return reason }
    }
    switch state {
    case .open: return nil
    case .ended: return ended
    case .tooLong: return "a line of more than 1 MiB"
    }
  }

  private mutating func take(
    _ line: JSONValue?, at moment: Moment, names: inout LinkNames, room: inout Int
  ) -> Printable? {
    guard let line, let first = expected.first, line["id"] == .integer(first.number) else {
      let words = line?["error"]?.string.map(Printable.name)
      if let words { lastWords = words }
      return doubt(line == nil ? LinkConnection.noJSON : words.map(LinkConnection.says) ?? "")
    }
    expected.removeFirst()
    if first.isGreeting { return greeted(line) }
    if let error = line["error"] {
      return doubt(error.string.map { LinkConnection.says(.name($0)) } ?? "")
    }
    var reply = LinkReply(line)
    names.admit(&reply, room: &room)
    news.append(.told(key, reply, at: moment))
    guard reply.hasMore, follows < LinkConnection.mostFollows else { return nil }
    follows += 1
    return sendPoll(at: moment)
  }

  private mutating func greeted(_ line: JSONValue) -> Printable? {
    guard line["error"] == nil else { return nil }
    let greeting = LinkGreeting(line)
    if let started = greeting.started, started != key.startTicks {
      return "it says that it is another process"
    }
    news.append(.greeted(key, greeting))
    return nil
  }

  private static let noJSON: Printable = "what it says is no JSON"
  private static func says(_ words: Printable) -> Printable { "it says: \(words)" }

  private mutating func doubt(_ how: Printable) -> Printable? {
    senseless += 1
    news.append(.senseless(key, how.isEmpty ? "it answers what was not asked" : how))
    return senseless < LinkConnection.mostSenseless ? nil : "100 answers that made no sense"
  }
}
