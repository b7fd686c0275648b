import Monitors
import TestSupport
import Testing

@testable import perftop

@MainActor
@Suite("What the loop announces")
struct LoopAnnouncingTests {
  private let time = FakeTime()

  @Test("what pressure changed is told, but never in place of what a person did")
  func automatic() {
    var loop = Loop(
      backend: ScriptedBackend(), stage: Stage(draw: { _, size in Canvas(size: size) }), time: time)
    let event = { (order: UInt64, text: Printable, road: Printable?) -> LoopEvent in
      var receipt = Receipt(at: time.now(), who: "", outcome: text)
      receipt.order = order
      receipt.road = road
      receipt.brief = order == 1 ? "refused: short" : nil
      var snapshot = Scenes.snapshot()
      snapshot.receipts = [receipt]
      return .snapshots([snapshot])
    }
    time.advance(by: 1)
    let words: Printable = "quality high → low by itself: cpu 95 % (link)"
    loop.step([event(Order.firstAutomatic, words, "link")])
    #expect(loop.view.message == words)
    time.advance(by: 1)
    loop.step([event(1, "refused: short; and a long list of others", nil)])
    #expect(loop.view.message == "refused: short")
    time.advance(by: 1)
    loop.step([event(Order.firstAutomatic + 1, words, "link")])
    #expect(loop.view.message == "refused: short")
    time.advance(by: 20)
    loop.step([.deadline])
    loop.step([event(Order.firstTold, "done by another viewer", "link")])
    #expect(loop.view.message == nil)
  }
}
