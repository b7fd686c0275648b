import Synchronization
import TestSupport
import Testing

@testable import Monitors

@Suite("One action after another")
struct ActionDispatcherTests {
  private final class Bench: Sendable {
    let time = FakeTime()
    let answers = BoundedQueue<ActionAnswer>(capacity: 20_000)
    let begun = Mutex<[(ActionDispatcher.Job, UInt64)]>([])

    func dispatcher() -> ActionDispatcher {
      let host = Host.fake(files: FakeFiles(), time: time)
      return ActionDispatcher(host: host, answers: answers) { job, number in
        self.begun.withLock { $0.append((job, number)) }
        return true
      }
    }

    var outcomes: [Printable] {
      answers.takeAll().compactMap {
        if case .receipt(let receipt, _) = $0 { receipt.outcome } else { nil }
      }
    }

    var orders: [TargetAction] {
      begun.withLock { begun in
        begun.compactMap { if case .act(let order, _, _) = $0.0 { order.action } else { nil } }
      }
    }

    func request(_ action: TargetAction, id: UInt64 = 1) -> ActionRequest {
      .act(Order(id: id, action: action, target: Acting.key), ActionContext())
    }

    func done(_ number: UInt64, _ action: TargetAction, recount: Printable? = nil)
      -> ActionDispatcher.Finished
    {
      var receipt = Receipt(at: time.now(), who: "", outcome: "done")
      receipt.action = action.words
      var outcome = ActionOutcome(receipt: receipt, standing: .done)
      if let recount {
        outcome.recount = { Receipt(at: Moment(nanoseconds: 0), who: "", outcome: recount) }
      }
      return .init(number: number, result: .outcome(outcome, Acting.key))
    }
  }

  @Test("the next begins when the one before is over")
  func order() {
    let bench = Bench()
    var dispatcher = bench.dispatcher()
    dispatcher.take(bench.request(.batch(1)))
    dispatcher.step(at: bench.time.now())
    dispatcher.take(bench.request(.collect))
    dispatcher.step(at: bench.time.now())
    #expect(bench.orders == [.batch(1)])
    dispatcher.finish(bench.done(1, .batch(1)))
    dispatcher.step(at: bench.time.now())
    #expect(bench.orders == [.batch(1), .collect])
    #expect(bench.outcomes == ["done"])
  }

  @Test("D17: of ten thousand waiting changes of quality the newest is done, and each is answered")
  func coalesced() {
    let bench = Bench()
    var dispatcher = bench.dispatcher()
    dispatcher.take(bench.request(.collect))
    dispatcher.step(at: bench.time.now())
    for number in 0..<10_000 {
      dispatcher.take(bench.request(.quality(.level(number % 2 == 0 ? "low" : "high"))))
    }
    #expect(
      bench.outcomes == [Printable](repeating: "refused: overtaken by a newer order", count: 9999))
    dispatcher.finish(bench.done(1, .collect))
    dispatcher.step(at: bench.time.now())
    #expect(bench.orders == [.collect, .quality(.level("high"))])
  }

  @Test("D17: more than 64 that can not be joined are refused as busy")
  func busy() {
    let bench = Bench()
    var dispatcher = bench.dispatcher()
    dispatcher.take(bench.request(.collect))
    dispatcher.step(at: bench.time.now())
    for _ in 0..<10_000 { dispatcher.take(bench.request(.quality(.down))) }
    #expect(
      bench.outcomes == [Printable](repeating: "refused: busy: 64 orders wait already", count: 9936)
    )
  }

  @Test("a step from a level that is only just wanted is a step from that one")
  func steps() {
    let bench = Bench()
    var dispatcher = bench.dispatcher()
    dispatcher.take(bench.request(.quality(.level("high"))))
    dispatcher.take(bench.request(.quality(.down)))
    dispatcher.step(at: bench.time.now())
    #expect(bench.orders == [.quality(.level("medium"))])
  }

  @Test("C4: an action that never comes back is given up, and what waits is refused at once")
  func givenUp() {
    let bench = Bench()
    var dispatcher = bench.dispatcher()
    dispatcher.take(bench.request(.collect))
    dispatcher.step(at: bench.time.now())
    dispatcher.take(bench.request(.batch(2)))
    bench.time.advance(by: 11.5)
    dispatcher.step(at: bench.time.now())
    let outcomes = bench.outcomes
    #expect(outcomes.first == "failed: no answer in 10 s: not known whether it was done")
    #expect(outcomes.last?.text.contains("the action before has not come back") == true)
    dispatcher.take(bench.request(.batch(3)))
    #expect(bench.outcomes.count == 1)
    #expect(dispatcher.wait(at: bench.time.now()) < 0)
    dispatcher.finish(bench.done(1, .collect))
    #expect(bench.outcomes.isEmpty)
    dispatcher.take(bench.request(.batch(4)))
    dispatcher.step(at: bench.time.now())
    #expect(bench.orders == [.collect, .batch(4)])
  }

  @Test("ten seconds later the effect is measured again")
  func recount() {
    let bench = Bench()
    var dispatcher = bench.dispatcher()
    dispatcher.take(bench.request(.collect))
    dispatcher.step(at: bench.time.now())
    dispatcher.finish(bench.done(1, .collect, recount: "later"))
    dispatcher.step(at: bench.time.now())
    #expect(bench.begun.withLock { $0.count } == 1)
    #expect(dispatcher.wait(at: bench.time.now()) > 9_900_000_000)
    bench.time.advance(by: 10.1)
    dispatcher.step(at: bench.time.now())
    let second = bench.begun.withLock { $0.last }
    guard case .recount(let measure, let key)? = second?.0 else { return #expect(Bool(false)) }
    dispatcher.finish(.init(number: 2, result: .recount(measure(), key)))
    #expect(bench.outcomes == ["done", "later"])
    #expect(dispatcher.wait(at: bench.time.now()) < 0)
  }

  @Test("the last collection of a process is remembered as long as it matters")
  func collections() {
    let bench = Bench()
    var dispatcher = bench.dispatcher()
    for expected in [false, true] {
      dispatcher.take(bench.request(.collect))
      dispatcher.step(at: bench.time.now())
      let job = bench.begun.withLock { $0.last }
      guard case .act(_, _, let last)? = job?.0, let number = job?.1 else {
        return #expect(Bool(false))
      }
      #expect((last != nil) == expected)
      dispatcher.finish(bench.done(number, .collect))
    }
  }
}
