import Glibc
import Monitors
import Synchronization
import Testing

@Suite("Where threads meet")
struct CrossingTests {
  private func isReadable(_ descriptor: Int32) -> Bool {
    var request = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) == 1
  }

  @Test("a mailbox keeps the newest, counts the rest, and rings until it is emptied")
  func mailbox() {
    let box = Mailbox<Int>()
    #expect(!isReadable(box.descriptor))
    box.offer(1)
    box.offer(2)
    #expect(isReadable(box.descriptor))
    #expect(box.take() == 2)
    #expect(box.dropped == 1)
    #expect(box.take() == nil)
    #expect(!isReadable(box.descriptor))
  }

  @Test("a queue keeps the order, refuses what does not fit, and counts it")
  func queue() {
    let queue = BoundedQueue<Int>(capacity: 2)
    #expect(queue.offer(1) && queue.offer(2))
    #expect(!queue.offer(3))
    #expect(queue.refused == 1)
    #expect(queue.takeAll() == [1, 2])
    #expect(!isReadable(queue.descriptor))
  }

  @Test("C1: a job that never comes back holds up nobody, and is never joined by a second one")
  func stuck() {
    let gate = Mailbox<Int>()
    let worker = Worker<Int>(name: "stuck")
    let start = Moment(nanoseconds: 1)
    let answered = Mailbox<Int>()
    #expect(
      worker.start(at: start) {
        var request = pollfd(fd: gate.descriptor, events: Int16(POLLIN), revents: 0)
        poll(&request, 1, 60000)
        defer { answered.offer(1) }
        return 7
      })
    #expect(!worker.start(at: start) { 8 })
    guard case .busy(let since) = worker.poll() else {
      Issue.record("the job should still be running")
      return
    }
    #expect(since == start)
    gate.offer(1)
    var request = pollfd(fd: answered.descriptor, events: Int16(POLLIN), revents: 0)
    #expect(poll(&request, 1, 5000) == 1)
  }

  @Test("an inline worker answers at once, and once only")
  func inline() {
    let worker = Worker<Int>(name: "inline", isInline: true)
    worker.start(at: Moment(nanoseconds: 1)) { 7 }
    guard case .done(7) = worker.poll() else {
      Issue.record("the answer should be there")
      return
    }
    guard case .idle = worker.poll() else {
      Issue.record("an answer is given once")
      return
    }
  }

  @Test("what is needed twice begins once, what could not begin is tried again")
  func firstNeed() {
    let attempts = Mailbox<Int>()
    let need = FirstNeed { _ in
      attempts.offer(1) { $0 + $1 }
      return true
    }
    #expect(!need.isMet)
    #expect(need.meet())
    #expect(need.meet())
    #expect(need.isMet)
    #expect(attempts.take() == 1)
    let refused = Mailbox<Int>()
    let hopeless = FirstNeed { _ in
      refused.offer(1) { $0 + $1 }
      return false
    }
    #expect(!hopeless.meet())
    #expect(!hopeless.meet())
    #expect(!hopeless.isMet)
    #expect(refused.take() == 2)
  }

  @Test("who is about to end goes on for what came meanwhile, unless it was begun anew for that")
  func ending() {
    let need = FirstNeed { _ in true }
    need.meet()
    #expect(!need.mayEnd(unless: { true }))
    #expect(need.isMet)
    let isBegunAnew = {
      need.meet()
      return true
    }
    #expect(need.mayEnd(unless: isBegunAnew))
    #expect(need.isMet)
    #expect(need.mayEnd(unless: { false }))
    #expect(!need.isMet)
  }
}
