import Glibc
import Synchronization

/// Where probes leave their questions for the thread of links, which is there while somebody is linked or looked for.
public final class LinkDesk: Sendable {
  private let host: Host
  let questions = Mailbox<LinkQuestions>()
  private let service: FirstNeed
  private let last = Atomic<UInt64>(0)

  /// Makes a desk at which nobody sits yet.
  public init(host: Host) {
    self.host = host
    let questions = questions
    service = FirstNeed { service in
      Threads.start(name: "links") { LinkDesk.run(host, questions, service) }
    }
  }

  /// A number for a new target.
  func number() -> UInt64 { last.add(1, ordering: .relaxed).newValue }

  /// Lets a little time pass.
  func wait(_ nanoseconds: Int64) { host.time.wait(nanoseconds: nanoseconds) }

  /// Leaves a question; `nil` lets go of the target.
  func leave(_ question: LinkQuestion?, for target: UInt64) {
    guard question != nil || service.isMet else { return }
    questions.offer(LinkQuestions(byTarget: [target: question]), joining: LinkQuestions.join)
    service.meet()
  }

  private static func run(
    _ host: Host, _ questions: Mailbox<LinkQuestions>, _ service: FirstNeed
  ) {
    let finder = LinkFinder(host: host)
    var rows = LinkRows(
      LinkRows.Ways(
        wake: { questions.offer(LinkQuestions(), joining: LinkQuestions.join) },
        search: { finder.search($0) }))
    repeat {
      repeat {
        var requests = [pollfd(fd: questions.descriptor, events: Int16(POLLIN), revents: 0)]
        requests += rows.requests
        LocalSocket.wait(&requests, milliseconds: patience(rows.deadline, host.time.now()))
        rows.note(requests.dropFirst())
        if requests[0].revents != 0, let asked = questions.take() {
          rows.take(asked, at: host.time.now())
        }
        rows.turn(at: host.time.now())
      } while rows.isNeeded
    } while !service.mayEnd(unless: { questions.isWaiting })
  }

  private static func patience(_ deadline: Moment?, _ now: Moment) -> Int32 {
    guard let deadline else { return -1 }
    return Int32(min(60_000, max(0, deadline.seconds(since: now) * 1000 + 1)))
  }
}

/// One target at the desk; with the last who holds it its connections are closed.
final class LinkTicket: Sendable {
  private let desk: LinkDesk
  private let number: UInt64
  let answers = Mailbox<[LinkNews]>()

  init(_ desk: LinkDesk) {
    self.desk = desk
    number = desk.number()
  }

  deinit { desk.leave(nil, for: number) }

  /// Asks, and does not wait.
  func ask(_ subjects: [LinkFinder.Subject], isLooking: Bool) {
    desk.leave(
      LinkQuestion(subjects: subjects, isLooking: isLooking, answers: answers), for: number)
  }
}
