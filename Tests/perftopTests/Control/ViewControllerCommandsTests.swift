import Monitors
import Testing

@testable import perftop

@Suite("View controller: commands")
struct ViewControllerCommandsTests {
  private let three = [Scenes.snapshot(alerts: ["a", "b", "c"].map { Scenes.alert($0) })]

  private func controller(selecting id: String?) -> ViewController {
    var controller = ViewController()
    controller.view.focus = .alerts
    controller.view.selectedAlert = id
    return controller
  }

  @Test("the selection moves among alerts and stops at both ends")
  func selecting() {
    var controller = controller(selecting: nil)
    for (key, id) in [("j", "a"), ("j", "b"), ("G", "c"), ("j", "c"), ("g", "a"), ("k", "a")] {
      _ = controller.press(.character(Character(key)), seeing: three)
      #expect(controller.view.selectedAlert == id)
    }
  }

  @Test("the selection stays with its alert when the order changes")
  func reordered() {
    var controller = controller(selecting: "b")
    let other = [Scenes.snapshot(alerts: ["c", "x", "b", "a"].map { Scenes.alert($0) })]
    controller.receive(other)
    #expect(
      controller.press(.character("a"), seeing: other) == [
        .command(.acknowledge("b", of: Scenes.alert("b").key))
      ])
    _ = controller.press(.character("k"), seeing: other)
    #expect(controller.view.selectedAlert == "x")
  }

  @Test("when the selected alert is over, nothing is acknowledged in its place")
  func vanished() {
    var controller = controller(selecting: "gone")
    #expect(controller.press(.character("a"), seeing: three) == [])
    #expect(controller.view.selectedAlert == "a")
    #expect(controller.view.message == "that alert is over; a again for: trouble a")
    #expect(
      controller.press(.character("a"), seeing: three) == [
        .command(.acknowledge("a", of: Scenes.alert("a").key))
      ])
  }

  @Test("when the journal gives the selected alert another id, the selection goes with it")
  func renamed() {
    var controller = controller(selecting: "b")
    controller.view.overlay = .shelve(alert: "b")
    var alert = Scenes.alert("b-7")
    alert.formerID = "b"
    controller.receive([Scenes.snapshot(alerts: [Scenes.alert("a"), alert])])
    #expect(controller.view.selectedAlert == "b-7")
    #expect(controller.view.overlay == .shelve(alert: "b-7"))
  }

  @Test("enter does the first thing that the selected alert advises and a key does")
  func follows() {
    var controller = controller(selecting: "a")
    controller.view.isZoomed = true
    var alert = Scenes.alert("a")
    alert.actions = ["restart it in time", "1 Enter shows which mapping grows"]
    #expect(controller.press(.enter, seeing: [Scenes.snapshot(alerts: [alert])]) == [])
    #expect(controller.view.focus == .memory)
    #expect(controller.view.isZoomed)
    controller.view.focus = .alerts
    alert.actions = ["restart it in time"]
    _ = controller.press(.enter, seeing: [Scenes.snapshot(alerts: [alert])])
    #expect(controller.view.focus == .alerts)
    #expect(controller.view.message == "no key does what is advised: restart it in time")
  }

  @Test("enter does nothing for an alert that is over, whatever another one advises")
  func followsNoOther() {
    var controller = controller(selecting: "gone")
    controller.view.isZoomed = true
    var alert = Scenes.alert("a")
    alert.actions = ["1 Enter shows which mapping grows"]
    #expect(controller.press(.enter, seeing: [Scenes.snapshot(alerts: [alert])]) == [])
    #expect(controller.view.focus == .alerts)
    #expect(controller.view.message == "that alert is over")
  }

  @Test("a note is written by its name, to the selected alert")
  func notes() {
    var controller = controller(selecting: "b")
    for key in ":note ask ada" { _ = controller.press(.character(key), seeing: three) }
    #expect(
      controller.press(.enter, seeing: three) == [
        .command(.note("b", of: Scenes.alert("b").key, text: "ask ada"))
      ])
  }

  @Test("a single alert needs no selection")
  func single() {
    var controller = controller(selecting: nil)
    let one = [Scenes.snapshot(alerts: [Scenes.alert("a")])]
    #expect(
      controller.press(.character("a"), seeing: one) == [
        .command(.acknowledge("a", of: Scenes.alert("a").key))
      ])
  }

  @Test("what can't be acknowledged says why")
  func reasons() {
    var controller = controller(selecting: "a")
    let done = [Scenes.snapshot(alerts: [Scenes.alert("a", .acknowledged)])]
    #expect(controller.press(.character("a"), seeing: done) == [])
    #expect(controller.view.message == "acknowledge: already acknowledged; u takes it back")
    #expect(controller.press(.character("A"), seeing: done) == [])
    #expect(controller.view.message == "acknowledge-all: no alert is waiting for it")
    #expect(controller.press(.character("s"), seeing: [Scenes.snapshot()]) == [])
    #expect(controller.view.message == "shelve: there is no alert")
  }

  @Test("all at once, and taking back")
  func others() {
    var controller = controller(selecting: nil)
    #expect(controller.press(.character("A"), seeing: three) == [.command(.acknowledgeAll)])
    #expect(controller.press(.character("u"), seeing: three) == [.command(.undo)])
  }

  @Test(
    "shelving asks for how long and takes the answer",
    arguments: [("1", 600.0), ("2", 1800), ("3", 7200), ("4", 28800)])
  func shelving(_ key: Character, _ seconds: Double) {
    var controller = controller(selecting: "b")
    #expect(controller.press(.character("s"), seeing: three) == [])
    #expect(controller.view.overlay == .shelve(alert: "b"))
    let effects = controller.press(.character(key), seeing: three)
    #expect(effects == [.command(.shelve("b", of: Scenes.alert("b").key, seconds: seconds))])
    #expect(controller.view.overlay == .none)
  }

  @Test("other keys ask again, esc leaves the alert where it is, ctrl-c still quits")
  func notShelving() {
    var controller = controller(selecting: "b")
    _ = controller.press(.character("s"), seeing: three)
    #expect(controller.press(.character("5"), seeing: three) == [])
    #expect(controller.view.overlay == .shelve(alert: "b"))
    #expect(controller.press(.escape, seeing: three) == [])
    #expect(controller.view.overlay == .none)
    _ = controller.press(.character("s"), seeing: three)
    #expect(controller.press(.control("c"), seeing: three) == [.quit])
  }

  @Test("the interval steps from what was asked for, even before a reading has it")
  func interval() {
    var controller = ViewController()
    let now = [Scenes.snapshot(interval: 1)]
    #expect(controller.press(.character("+"), seeing: now) == [.command(.interval(0.5))])
    #expect(controller.press(.character("+"), seeing: now) == [.command(.interval(0.2))])
    #expect(controller.press(.character("-"), seeing: now) == [.command(.interval(0.5))])
    controller.receive([Scenes.snapshot(interval: 0.5)])
    #expect(controller.view.askedInterval == nil)
    let odd = [Scenes.snapshot(interval: 3)]
    #expect(controller.press(.character("-"), seeing: odd) == [.command(.interval(5))])
  }

  @Test("over a frozen picture the interval steps from the one that holds, not from the picture's")
  func frozenInterval() {
    var controller = ViewController()
    _ = controller.press(.character(" "), seeing: [Scenes.snapshot(interval: 1)])
    _ = controller.press(.character("+"), seeing: [Scenes.snapshot(interval: 1)])
    let now = [Scenes.snapshot(interval: 0.5)]
    controller.receive(now)
    #expect(controller.press(.character("+"), seeing: now) == [.command(.interval(0.2))])
  }

  @Test("the interval has two ends")
  func intervalEnds() {
    var controller = ViewController()
    #expect(controller.press(.character("+"), seeing: [Scenes.snapshot(interval: 0.1)]) == [])
    #expect(controller.view.message?.text.hasPrefix("faster: this is the shortest") == true)
    #expect(controller.press(.character("-"), seeing: [Scenes.snapshot(interval: 60)]) == [])
    #expect(controller.view.message == "slower: this is the longest")
    #expect(controller.press(.character("+"), seeing: []) == [])
  }
}
