/// What viewers ask the program to do: one after the other, beside the thread that serves them.
struct LinkOrders {
  private struct Order {
    var viewer: UInt64
    var request: JSONValue
    var task: LinkTask
  }

  static let mostWaiting = 64
  private let link: Link
  private let worker = Worker<LinkOutcome>(name: "perftop action")
  private let done = Mailbox<Bool>()
  private var waiting: [Order] = []
  private var current: Order?
  private var answers: [(viewer: UInt64, line: JSONValue)] = []

  init(_ link: Link) { self.link = link }

  /// Becomes readable when one of them is done.
  var descriptor: Int32 { done.descriptor }

  /// Takes one in; the refusal if it can not be.
  mutating func add(_ request: JSONValue, from viewer: UInt64) -> JSONValue? {
    let task: LinkTask
    do throws(LinkRefusal) { task = try LinkTask(request, link) } catch {
      return .refusal(error.words)
    }
    if task.isOvertaken {
      for order in waiting where order.task.action == task.action {
        answer(order, .refusal("overtaken"))
      }
      waiting.removeAll { $0.task.action == task.action }
    }
    guard waiting.count < LinkOrders.mostWaiting else {
      return .object([.init("error", .text("busy"))])
    }
    waiting.append(Order(viewer: viewer, request: request, task: task))
    return nil
  }

  private mutating func answer(_ order: Order, _ reply: JSONValue) {
    answers.append((order.viewer, reply.answering(order.request)))
  }

  /// Answers for viewers, those that are still there.
  mutating func takeAnswers() -> [(viewer: UInt64, line: JSONValue)] {
    _ = done.take()
    if case .done(let outcome) = worker.poll(), let order = current {
      current = nil
      note(order, outcome)
      answer(order, outcome.json)
      advance()
    }
    defer { answers = [] }
    return answers
  }

  /// Begins with the next one, if none is under way.
  mutating func advance() {
    guard current == nil, !waiting.isEmpty else { return }
    let order = waiting.removeFirst()
    current = order
    let (task, link, done) = (order.task, link, done)
    worker.start(at: LiveTime().now(), then: { done.offer(true) }) {
      let begun = LiveTime.monotonicNanoseconds()
      var outcome = task.perform(link)
      outcome.seconds = Double(LiveTime.monotonicNanoseconds() - begun) / 1e9
      return outcome
    }
  }

  private func note(_ order: Order, _ outcome: LinkOutcome) {
    let event = LinkBook.Event(
      number: 0, at: Double(LiveTime().now().wall) / 1e9,
      who: LinkBook.cut(order.request["who"]?.string ?? ""), action: order.task.action,
      outcome: LinkBook.cut(outcome.words))
    link.book.withLock { $0.note(event) }
  }
}

/// What an action came to.
struct LinkOutcome: Sendable {
  var isDone = true
  var words: String
  var bytes: Int64?
  var seconds = 0.0

  var json: JSONValue {
    guard isDone else { return .refusal(words) }
    var fields: [JSONValue.Field] = [
      .init("ok", .bool(true)), .init("seconds", .number(seconds)), .init("outcome", .text(words)),
    ]
    if let bytes { fields.append(.init("bytes", .integer(bytes))) }
    return .object(fields)
  }
}

/// Why a request can not be carried out.
struct LinkRefusal: Error { var words: String }

extension JSONValue {
  /// The answer that says why not.
  static func refusal(_ words: String) -> JSONValue {
    .object([.init("ok", .bool(false)), .init("error", .text(words))])
  }
}
