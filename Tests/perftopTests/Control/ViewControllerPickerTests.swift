import Testing

@testable import Monitors
@testable import perftop

@Suite("View controller: list of processes")
struct ViewControllerPickerTests {
  private func snapshots(_ crowd: inout Crowd, watching pid: Int32? = nil) -> [Snapshot] {
    var snapshot = Scenes.snapshot()
    snapshot.roster = crowd.next()
    if let pid {
      snapshot.sample.target = .fresh(TargetSample(pid: pid, root: ProcessSample(pid: pid)))
    } else {
      snapshot.watching = .machineOnly
    }
    return [snapshot]
  }

  /// A list that has been opened and filled; what was on the screen, and who looks at it.
  private func opened(_ crowd: Crowd = .robot, watching pid: Int32? = nil)
    -> (controller: ViewController, seen: [Snapshot], crowd: Crowd)
  {
    var crowd = crowd
    var controller = ViewController()
    let seen = snapshots(&crowd, watching: pid)
    #expect(controller.press(.character("p"), seeing: seen) == [.command(.browse(true))])
    for _ in 0..<4 { controller.receive(snapshots(&crowd, watching: pid)) }
    return (controller, seen, crowd)
  }

  /// What the engine answers to a choice.
  private func answer(
    _ crowd: inout Crowd, _ keys: [ProcessKey], _ outcome: Printable, at second: Int64 = 5
  ) -> [Snapshot] {
    var answer = snapshots(&crowd, watching: keys.first?.pid)
    let moment = Moment(nanoseconds: second * 1_000_000_000)
    answer[0].receipts = [
      Receipt(at: moment, who: "ada", outcome: outcome, command: .watch(keys))
    ]
    return answer
  }

  private func key(_ pid: Int32) -> ProcessKey {
    ProcessKey(pid: pid, startTicks: UInt64(pid) * 10)
  }

  private func type(_ text: String, into controller: inout ViewController, _ seen: [Snapshot]) {
    for character in text { _ = controller.press(.character(character), seeing: seen) }
  }

  @Test("p opens it on the process that is watched, esc goes back and the engine went on")
  func opening() {
    var (controller, seen, _) = opened(watching: 330)
    #expect(controller.view.overlay == .picker)
    #expect(controller.view.picker.current?.pid == 330)
    #expect(controller.press(.escape, seeing: seen) == [.command(.browse(false))])
    #expect(controller.view.overlay == .none)
    #expect(controller.view.picker.list.rows.isEmpty)
  }

  @Test("enter watches what is under the cursor, and the list closes once that is watched")
  func choosing() {
    var (controller, seen, crowd) = opened()
    _ = controller.press(.character("j"), seeing: seen)
    #expect(controller.press(.enter, seeing: seen) == [.command(.watch([key(320)]))])
    #expect(controller.view.message == "asking for camera_node 320")
    #expect(controller.receive(snapshots(&crowd)) == [])
    #expect(controller.view.overlay == .picker)
    let answer = answer(&crowd, [key(320)], "applied: watching camera_node 320")
    #expect(controller.receive(answer) == [.command(.browse(false))])
    #expect(controller.view.overlay == .none)
    #expect(controller.view.chosen == [key(320)])
    #expect(controller.receive(answer) == [])
  }

  @Test("who ends at the moment of being chosen leaves the list open, with a word about it")
  func endsWhenChosen() {
    var (controller, seen, crowd) = opened()
    type("j", into: &controller, seen)
    _ = controller.press(.enter, seeing: seen)
    let refusal = answer(&crowd, [key(320)], "refused: 320: it has ended")
    #expect(controller.receive(refusal) == [])
    #expect(controller.view.overlay == .picker)
    #expect(controller.view.message == "refused: 320: it has ended")
    #expect(controller.view.picker.current == key(320))
    #expect(controller.view.chosen == nil)
    // The old answer is not that to the same question asked again.
    #expect(controller.press(.enter, seeing: refusal) == [.command(.watch([key(320)]))])
    #expect(controller.receive(refusal) == [])
    #expect(controller.view.message == "asking for camera_node 320")
    let done = answer(&crowd, [key(320)], "applied: watching camera_node 320", at: 9)
    #expect(controller.receive(done) == [.command(.browse(false))])
  }

  @Test("who leaves the list before the answer comes is not sent back to it")
  func leavesEarly() {
    var (controller, seen, crowd) = opened()
    _ = controller.press(.enter, seeing: seen)
    _ = controller.press(.escape, seeing: seen)
    #expect(controller.view.overlay == .none)
    #expect(controller.receive(answer(&crowd, [key(310)], "refused: 310: it has ended")) == [])
    #expect(controller.view.overlay == .none)
  }

  @Test("space marks and goes on, enter watches all that are marked, in their order")
  func marking() {
    var (controller, seen, _) = opened()
    type("j  ", into: &controller, seen)
    #expect(controller.view.picker.marked == [key(320), key(330)])
    let effects = controller.press(.enter, seeing: seen)
    #expect(effects.first == .command(.watch([key(320), key(330)])))
    #expect(controller.view.message == "asking for 2 processes")
  }

  @Test("what can't be attached says why, and is neither watched nor marked")
  func refused() {
    var (controller, seen, _) = opened()
    type("/pid=1", into: &controller, seen)
    _ = controller.press(.enter, seeing: seen)
    for key in [Key.enter, .character(" ")] {
      #expect(controller.press(key, seeing: seen) == [])
      #expect(
        controller.view.message
          == "systemd 1 can't be attached: it belongs to root: sudo perftop -p 1, or CAP_SYS_PTRACE"
      )
    }
    #expect(controller.view.picker.marked.isEmpty)
    #expect(controller.view.overlay == .picker)
  }

  @Test(
    "what has ended under the cursor is said to have ended, and nothing in its place is watched")
  func ended() {
    var (controller, seen, crowd) = opened()
    type("jj", into: &controller, seen)
    crowd.end(key(330))
    controller.receive(snapshots(&crowd))
    #expect(controller.press(.enter, seeing: seen) == [])
    #expect(controller.view.message == "lane_detector 330 has ended")
  }

  @Test(
    "a filter is live while it is typed; enter keeps it, esc clears it and then closes the list")
  func filtering() {
    var (controller, seen, _) = opened()
    type("/cam", into: &controller, seen)
    #expect(controller.view.isTyping)
    #expect(controller.view.picker.pids == [320, 321])
    _ = controller.press(.down, seeing: seen)
    #expect(controller.view.picker.current?.pid == 321)
    _ = controller.press(.enter, seeing: seen)
    #expect(!controller.view.isTyping)
    #expect(controller.view.picker.pids == [320, 321])
    #expect(controller.press(.escape, seeing: seen) == [])
    #expect(controller.view.picker.pids.count == 8)
    #expect(controller.press(.escape, seeing: seen) == [.command(.browse(false))])
  }

  @Test("what has ended and was not collected is not watched either")
  func zombie() {
    var crowd = Crowd()
    crowd.add(7, "done") { row, _ in row.state = "Z" }
    var (controller, seen, _) = opened(crowd)
    #expect(controller.press(.enter, seeing: seen) == [])
    #expect(controller.view.message == "done 7 has ended; its parent has not taken notice yet")
  }

  @Test("letters are text while typing, esc takes all of it back, ctrl-c still quits")
  func typing() {
    var (controller, seen, _) = opened()
    type("/qPt ", into: &controller, seen)
    #expect(controller.view.picker.plan.filter.text == "qPt ")
    for _ in 0..<2 { _ = controller.press(.backspace, seeing: seen) }
    #expect(controller.view.picker.plan.filter.text == "qP")
    #expect(controller.press(.control("c"), seeing: seen) == [.quit])
    _ = controller.press(.escape, seeing: seen)
    #expect(controller.view.picker.plan.filter.text.isEmpty)
    #expect(controller.view.overlay == .picker)
    type("/", into: &controller, seen)
    _ = controller.press(.backspace, seeing: seen)
    #expect(!controller.view.isTyping)
  }

  @Test("a filter that makes no sense is not kept until it does; its reason stands in the footer")
  func mistakes() {
    var (controller, seen, _) = opened()
    type("/cpu>x", into: &controller, seen)
    _ = controller.press(.enter, seeing: seen)
    #expect(controller.view.isTyping)
    let screen = Screen(glyphs: .unicode).drawn(
      Scene(snapshots: seen, view: controller.view), size: Size(width: 120, height: 40), keys: [],
      help: [])
    #expect(GoldenText.rows(screen)[39].hasPrefix("/cpu>x  cpu: x is no number; cpu>20 is in"))
  }

  @Test("pasted text is filter text, cleaned, and only while it is typed")
  func pasting() {
    var (controller, seen, _) = opened()
    _ = controller.press(.pasted("q"), seeing: seen)
    #expect(controller.view.picker.plan.filter.text.isEmpty)
    type("/", into: &controller, seen)
    _ = controller.press(.pasted("a\u{1b}\nb"), seeing: seen)
    #expect(controller.view.picker.plan.filter.text == "a··b")
  }

  @Test("keys sort, turn round, draw a tree and fold it")
  func arranging() {
    var (controller, seen, _) = opened()
    for (character, sort) in [
      ("M", RosterSort.memory), ("W", .growth), ("D", .io), ("N", .name), ("P", .cpu),
      ("s", .memory),
    ] {
      type(character, into: &controller, seen)
      #expect(controller.view.picker.plan.sort == sort)
      #expect(controller.view.message == "sorted by \(Printable(sort.words))")
    }
    type("I", into: &controller, seen)
    #expect(controller.view.picker.plan.isReversed)
    _ = controller.press(.left, seeing: seen)
    #expect(controller.view.message == "fold: only in the tree; t shows it")
    type("M", into: &controller, seen)
    _ = controller.press(.function(5), seeing: seen)
    #expect(controller.view.picker.plan.isTree)
    _ = controller.press(.left, seeing: seen)
    #expect(controller.view.picker.plan.folded.count == 1)
    _ = controller.press(.right, seeing: seen)
    #expect(controller.view.picker.plan.folded.isEmpty)
  }

  @Test("enter does not watch who has only just taken the place of the one that ended")
  func replaced() throws {
    var (controller, seen, crowd) = opened(Crowd.many(3))
    let first = try #require(controller.view.picker.current)
    crowd.end(first)
    for _ in 0..<3 where controller.view.picker.current == first {
      controller.receive(snapshots(&crowd))
    }
    #expect(controller.press(.enter, seeing: seen) == [])
    #expect(controller.view.message?.text.hasSuffix("enter again watches it") == true)
    let next = try #require(controller.view.picker.current)
    #expect(controller.press(.enter, seeing: seen).first == .command(.watch([next])))
  }

  @Test("in help over the list a search goes on, and is shown as what it is")
  func searchInHelp() {
    let scene = Scene.of(Robot(ticks: 3).snapshot) { view in
      view.isPicking = true
      view.picker.filter("camera")
      view.overlay = .help
      view.search = "sort"
      view.isTyping = true
    }
    #expect(Action.nextMatch.reason(in: scene) == nil)
    #expect(Screen(glyphs: .unicode).footer(scene, []).typing == "sort")
  }

  @Test("help lies over the list and comes back to it; keys of the panes say where they act")
  func help() {
    var (controller, seen, _) = opened()
    type("?", into: &controller, seen)
    #expect(controller.view.overlay == .help)
    type("q", into: &controller, seen)
    #expect(controller.view.overlay == .picker)
    #expect(controller.apply(.freeze, seeing: seen) == [])
    #expect(controller.view.message == "freeze: not in the list of processes; esc leaves it")
    type("5", into: &controller, seen)
    #expect(controller.view.message == "5 does nothing; ? lists the keys")
    #expect(controller.press(.character("q"), seeing: seen) == [.quit])
    #expect(controller.press(.character("c"), seeing: seen) == [.nextTheme])
  }

  @Test("outside the list its keys say how to come there")
  func outside() {
    var controller = ViewController()
    #expect(controller.apply(.choose, seeing: [Scenes.snapshot()]) == [])
    #expect(controller.view.message == "choose: only in the list of processes; p opens it")
  }

  @Test("a press selects, a second one on the same row watches it, one on a title sorts")
  func mouse() {
    var (controller, seen, _) = opened()
    let page = Page(picked: { x, y in y == 0 ? .title(.memory) : .line(y) })
    let press = { (y: Int) in Key.mouse(.init(kind: .press, x: 1, y: y)) }
    #expect(controller.press(press(2), seeing: seen, on: page) == [])
    #expect(controller.view.picker.place == 2)
    let chosen = controller.view.picker.current
    var twice = controller
    #expect(
      twice.press(press(2), seeing: seen, on: page).first
        == chosen.map { .command(.watch([$0])) })
    _ = controller.press(press(0), seeing: seen, on: page)
    #expect(controller.view.picker.plan.sort == .memory)
    _ = controller.press(press(0), seeing: seen, on: page)
    #expect(controller.view.picker.plan.isReversed)
  }

  @Test("the first press on the row under a cursor that was never moved only selects it")
  func firstPress() {
    var (controller, seen, _) = opened()
    let page = Page(picked: { _, y in .line(y) })
    let press = Key.mouse(.init(kind: .press, x: 1, y: 0))
    #expect(controller.press(press, seeing: seen, on: page) == [])
    #expect(controller.press(press, seeing: seen, on: page) == [.command(.watch([key(310)]))])
  }

  @Test("the arrangement is kept for the next time, the filter is not")
  func remembering() {
    var (controller, seen, crowd) = opened()
    type("Mt/cam", into: &controller, seen)
    _ = controller.press(.enter, seeing: seen)
    _ = controller.press(.enter, seeing: seen)
    controller.receive(answer(&crowd, [key(320)], "applied: watching camera_node 320"))
    type("p", into: &controller, seen)
    #expect(controller.view.picker.plan.sort == .memory)
    #expect(controller.view.picker.plan.isTree)
    #expect(controller.view.picker.plan.filter.isEmpty)
  }

  @Test("before the first list keys do nothing, and say so")
  func empty() {
    var controller = ViewController()
    controller.view.isPicking = true
    for key in [Key.enter, .character(" "), .character("j"), .character("G")] {
      #expect(controller.press(key, seeing: []) == [])
    }
    #expect(controller.press(.enter, seeing: []) == [])
    #expect(controller.view.message == "choose: there is no process in the list")
    #expect(controller.press(.escape, seeing: []) == [.command(.browse(false))])
  }
}
