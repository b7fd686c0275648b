import Monitors
import Testing

@testable import perftop

@Suite("View controller: the target")
struct ViewControllerTargetTests {
  private let target = ProcessKey(pid: 4711, startTicks: 99)

  private func press(
    _ keys: [Key], seeing snapshots: [Snapshot] = [Scenes.linked()]
  ) -> (view: ViewState, effects: [perftop.Effect]) {
    var controller = ViewController()
    let effects = keys.flatMap { controller.press($0, seeing: snapshots) }
    return (controller.view, effects)
  }

  private func typed(_ text: String, seeing snapshots: [Snapshot] = [Scenes.linked()])
    -> (view: ViewState, effects: [perftop.Effect])
  {
    press(text.map(Key.character) + [.enter], seeing: snapshots)
  }

  private func act(_ action: TargetAction, id: UInt64 = 1) -> perftop.Effect {
    .command(.act(Order(id: id, action: action, target: target)))
  }

  private func evictables() -> Snapshot {
    var snapshot = Scenes.linked()
    var cold = Evictable(id: "cold", title: "cold pages", size: .fresh(Bytes(5_000_000)))
    cold.note = "no swap"
    cold.isPossible = false
    snapshot.evictables = [
      Evictable(id: "cache:frames", title: "frames", size: .fresh(Bytes(120_000_000))), cold,
    ]
    return snapshot
  }

  @Test(
    "a key is one order to the very process on the screen, and says at once what is under way",
    arguments: [
      ("C", TargetAction.collect), ("<", .quality(.down)), (">", .quality(.up)),
      ("=", .quality(.automatic)),
    ])
  func keys(_ key: String, _ action: TargetAction) {
    let pressed = press(key.map(Key.character))
    #expect(pressed.effects == [act(action)])
    #expect(pressed.view.message?.isEmpty == false)
  }

  @Test("each order has a number of its own")
  func numbers() {
    #expect(press([.character("C"), .character("C")]).effects.last == act(.collect, id: 2))
  }

  @Test("evicting asks what there is and opens a menu with sizes; what can't be evicted says why")
  func evicting() throws {
    let opened = press([.character("E")])
    #expect(opened.effects == [.command(.survey(target))])
    #expect(opened.view.overlay == .palette && opened.view.palette?.text == "evict ")
    let waiting = PaletteEntry.all(in: Scene(snapshots: [Scenes.linked()], view: opened.view))
    #expect(waiting.map(\.reason) == ["still looking for what could be evicted"])
    let entries = PaletteEntry.all(in: Scene(snapshots: [evictables()], view: opened.view))
    #expect(entries.map(\.name) == ["evict all", "evict cache:frames", "evict cold"])
    #expect(entries[1].summary == "frames, 120 MB" && entries[1].reason == nil)
    #expect(entries[2].reason == "no swap")
  }

  @Test("the chosen one is evicted, or all that does no harm")
  func evicted() {
    let seeing = [evictables()]
    let survey = perftop.Effect.command(.survey(target))
    let first = press([.character("E"), .down, .enter], seeing: seeing)
    #expect(first.effects == [survey, act(.evict(["cache:frames"]))])
    #expect(first.view.overlay == .none)
    #expect(press([.character("E"), .enter], seeing: seeing).effects == [survey, act(.evict([]))])
    let refused = press([.character("E"), .up, .enter], seeing: seeing)
    #expect(refused.effects == [survey] && refused.view.message == "evict cold: no swap")
  }

  @Test("a signal is sent only once yes was typed behind it")
  func signals() {
    let asked = press([.character("K"), .enter])
    #expect(asked.effects.isEmpty)
    #expect(asked.view.palette?.text == "signal TERM ")
    let row = PaletteEntry.all(in: Scene(snapshots: [Scenes.linked()], view: asked.view)).first
    #expect(row?.summary == "send TERM to collector (4711)? type yes" && row?.reason == nil)
    #expect(typed("Kkill").effects.isEmpty)
    #expect(typed("Kkill ye").effects.isEmpty)
    #expect(typed("Kkill yes").effects == [act(.signal(9))])
    #expect(typed(":signal 15 yes").effects == [act(.signal(15))])
    #expect(typed(":signal WINCH yes").effects.isEmpty)
  }

  @Test("niceness and processors take a number, and a yes; what makes no sense says why")
  func scheduling() {
    #expect(typed(":nice 5").effects.isEmpty)
    #expect(typed(":nice 5 yes").effects == [act(.nice(5))])
    #expect(typed(":nice 20 yes").view.message == "nice 20 yes: only -20 to 19")
    #expect(typed(":affinity 0-1,3 yes").effects == [act(.affinity([0, 1, 3]))])
    for wrong in ["4", "1-0", "", "a", "0,", "-1", "0-1-2"] {
      #expect(ProcessorList(wrong, count: 4) == nil, "\(wrong)")
    }
  }

  @Test("behind the key for signals niceness and processors can be typed too")
  func others() {
    #expect(typed("Knice 5 yes").effects == [act(.nice(5))])
    #expect(typed("Kaffinity 0-1 yes").effects == [act(.affinity([0, 1]))])
    #expect(press("Kni".map(Key.character) + [.enter]).view.palette?.text == "nice ")
    let wrong = typed("Kaffinity 9 yes").view.message?.text
    #expect(wrong?.hasPrefix("affinity 9 yes: processors are 0 to ") == true)
  }

  @Test("quality and batch size can be named")
  func named() {
    #expect(typed(":quality low").effects == [act(.quality(.level("low")))])
    #expect(typed(":quality auto").effects == [act(.quality(.automatic))])
    #expect(typed(":batch 32").effects == [act(.batch(32))])
    #expect(typed(":batch 0").effects.isEmpty)
    #expect(typed(":quality best").effects.isEmpty)
  }

  @Test("nothing reaches a target that can't be read, and none at all in a read-only session")
  func refused() {
    for text in ["C", "E", "K", ":batch 3", ":nice 3 yes", ":evict all"] {
      #expect(typed(text, seeing: [Scenes.snapshot()]).effects.isEmpty, "\(text)")
    }
    var view = ViewState()
    view.isReadOnly = true
    var controller = ViewController(view: view)
    let keys = ":signal TERM yes".map(Key.character) + [.enter]
    #expect(keys.flatMap { controller.press($0, seeing: [Scenes.linked()]) }.isEmpty)
  }

  @Test("operations and history open and close with their own key, esc and q")
  func sheets() {
    for (key, sheet) in [("o", ViewState.Sheet.operations), ("H", .history)] {
      let key = Key.character(Character(key))
      #expect(press([key]).view.overlay == .sheet(sheet))
      for closing in [key, .escape, .character("q")] {
        let closed = press([key, closing])
        #expect(closed.view.overlay == .none && closed.effects.isEmpty)
      }
      #expect(press([key, .control("c")]).effects == [.quit])
      #expect(press([key, .character("C")]).effects == [act(.collect)])
    }
    #expect(press([.character("o"), .character("H")]).view.overlay == .sheet(.history))
  }
}
