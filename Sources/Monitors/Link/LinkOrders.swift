/// What viewers ask the program to do: one after the other, beside the thread that serves them.
struct LinkOrders {
  private struct Order {
    var viewer: UInt64
    var request: JSONValue
    var task: LinkTask
  }

  static let mostWaiting = 64
  static let patience = 30.0
  private static let mostHung = 4
  private let link: Link
  private let time: any TimeSource
  private var worker = LinkOrders.newWorker()
  /// Those that were given up, each of which holds a thread until it comes back.
  private var hung: [Worker<LinkOutcome>] = []
  private var begun: Moment?
  private let done = Mailbox<Bool>()
  private var waiting: [Order] = []
  private var current: Order?
  private var answers: [(viewer: UInt64, line: JSONValue)] = []

  init(_ link: Link, time: any TimeSource = LiveTime()) {
    self.link = link
    self.time = time
  }

  private static func newWorker() -> Worker<LinkOutcome> { Worker(name: "perftop action") }

  /// When what is under way is given up.
  var deadline: Moment? { begun?.later(by: LinkOrders.patience) }

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
    guard waiting.count < LinkOrders.mostWaiting, hung.count < LinkOrders.mostHung else {
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
    hung.removeAll { if case .done = $0.poll() { true } else { false } }
    if case .done(let outcome) = worker.poll(), let order = current {
      finish(order, outcome)
    } else if let order = current, let deadline, deadline <= time.now() {
      hung.append(worker)
      worker = LinkOrders.newWorker()
      let words = "not done within \(Int(LinkOrders.patience)) s"
      finish(order, LinkOutcome(isDone: false, words: words))
    }
    defer { answers = [] }
    return answers
  }

  private mutating func finish(_ order: Order, _ outcome: LinkOutcome) {
    current = nil
    begun = nil
    note(order, outcome)
    answer(order, outcome.json)
    advance()
  }

  /// Begins with the next one, if none is under way.
  mutating func advance() {
    guard current == nil, !waiting.isEmpty, hung.count < LinkOrders.mostHung else { return }
    let order = waiting.removeFirst()
    current = order
    begun = time.now()
    answer(order, .object([.init("started", .bool(true))]))
    let (task, link, done) = (order.task, link, done)
    worker.start(at: time.now(), then: { done.offer(true) }) {
      let begun = LiveTime.monotonicNanoseconds()
      var outcome = task.perform(link)
      outcome.seconds = Double(LiveTime.monotonicNanoseconds() - begun) / 1e9
      return outcome
    }
  }

  private func note(_ order: Order, _ outcome: LinkOutcome) {
    let event = LinkBook.Event(
      number: 0, at: Double(time.now().wall) / 1e9,
      who: LinkBook.cut(order.request["who"]?.string ?? ""), action: order.task.action,
      outcome: LinkBook.cut(outcome.isDone ? outcome.words : "failed: \(outcome.words)"),
      id: order.request["id"]?.string.map(LinkBook.cut))
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
