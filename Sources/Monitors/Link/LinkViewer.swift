import Synchronization

/// One who watches: what came from there, and how far it has been told.
struct LinkViewer {
  static let longestRequest = 65536
  private static let mostUnsent = 1 << 20
  private static let mostMalformed = 100
  private static let idle = 60.0
  private static let last = Atomic<UInt64>(0)

  let number: UInt64
  private var traffic: LineTraffic
  private var cursor = LinkCursor()
  private var malformed = 0
  /// When it is closed unless it has sent a whole line by then.
  private(set) var deadline: Moment
  private(set) var isOpen = true

  init(_ stream: LocalStream, at moment: Moment) {
    number = LinkViewer.last.add(1, ordering: .relaxed).newValue
    traffic = LineTraffic(stream, longest: LinkViewer.longestRequest)
    deadline = moment.later(by: LinkViewer.idle)
  }

  var descriptor: Int32 { traffic.descriptor }
  var hasUnsent: Bool { traffic.waiting > 0 }

  /// Says something; who does not listen is left.
  mutating func say(_ reply: JSONValue) {
    guard isOpen else { return }
    let state = traffic.send(reply.text(indented: false))
    isOpen = state == .open && traffic.waiting <= LinkViewer.mostUnsent
  }

  /// The requests that have come; `nil` stands for one that makes no sense.
  mutating func takeRequests(at moment: Moment) -> [JSONValue?] {
    guard isOpen else { return [] }
    if hasUnsent, traffic.flush() == .ended { isOpen = false }
    // Who does not take its answers gets no more of them.
    guard isOpen, !hasUnsent else { return [] }
    var requests: [JSONValue?] = []
    let state = traffic.receive(pieces: 1) { requests.append(try? JSONReader.object($0)) }
    if !requests.isEmpty { deadline = moment.later(by: LinkViewer.idle) }
    malformed += requests.count { $0 == nil }
    if state != .open || malformed >= LinkViewer.mostMalformed { isOpen = false }
    return state == .tooLong ? [] : requests
  }

  /// Tells what is new since it asked last.
  mutating func poll(_ request: JSONValue, _ link: Link, _ caches: inout LinkCacheDesk) {
    let wantsEvents = request["events"]?.truth == true
    var reply = link.book.withLock { [cursor] book in
      var cursor = cursor
      let draft = LinkDraft(book, &cursor, wantsEvents: wantsEvents)
      return (draft: draft, cursor: cursor)
    }
    cursor = reply.cursor
    // The program's own functions may take a lock of its own, so ours is not held meanwhile.
    reply.draft.addCaches(&cursor, &caches)
    say(reply.draft.json(at: LiveTime.monotonicNanoseconds()).answering(request))
  }
}
