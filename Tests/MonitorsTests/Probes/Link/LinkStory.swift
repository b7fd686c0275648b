import TestSupport

@testable import Monitors

/// One target at the thread of links, turn by turn, on a clock that only moves when told to.
struct LinkStory {
  let time = FakeTime()
  let answers = Mailbox<[LinkNews]>()
  var rows: LinkRows
  let key = ProcessKey(pid: 42, startTicks: 500)
  private let wires: WireBox
  private static let target: UInt64 = 1

  /// Holds the ends of streams that are given out one after another.
  final class WireBox: Sendable {
    let given = Mailbox<[LocalStream]>()
    func next() -> LocalStream? {
      var rest = given.take() ?? []
      guard !rest.isEmpty else { return nil }
      let stream = rest.removeFirst()
      if !rest.isEmpty { given.offer(rest) }
      return stream
    }
  }

  init(_ streams: [Wire]) {
    let wires = WireBox()
    self.wires = wires
    wires.given.offer(streams.map { $0.near() })
    rows = LinkRows(
      LinkRows.Ways(isInline: true) { subjects in
        subjects.map { subject in
          (subject.key, wires.next().map { .success($0) } ?? .failure(.notLinked("nothing there")))
        }
      })
  }

  static func subject(_ pid: Int32) -> LinkFinder.Subject {
    LinkFinder.Subject(handle: FakeTarget(pid: pid).handle, user: 1000)
  }

  /// A tick of the engine.
  mutating func ask(_ pids: [Int32] = [42], isLooking: Bool = true) {
    let question = LinkQuestion(
      subjects: pids.map(LinkStory.subject), isLooking: isLooking, answers: answers)
    rows.take(LinkQuestions(byTarget: [LinkStory.target: question]), at: time.now())
    turn()
  }

  mutating func turn() { rows.turn(at: time.now()) }

  mutating func forget() {
    rows.take(LinkQuestions(byTarget: [LinkStory.target: LinkQuestion?.none]), at: time.now())
  }

  /// Why connections ended since the last time.
  func news() -> [LinkNews] { answers.take() ?? [] }
}

extension [LinkNews] {
  var endings: [Printable] {
    compactMap { if case .closed(_, let why) = $0 { why } else { nil } }
  }
  var replies: [LinkReply] {
    compactMap { if case .told(_, let reply, _) = $0 { reply } else { nil } }
  }
  var senseless: Int { count { if case .senseless = $0 { true } else { false } } }
}
