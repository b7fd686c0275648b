import Testing

@testable import Monitors
@testable import perftop

@Suite("Cursor in the list of processes")
struct PickerStateTests {
  private func key(_ pid: Int32) -> ProcessKey {
    ProcessKey(pid: pid, startTicks: UInt64(pid) * 10)
  }

  @Test("a cursor that was never moved stays at the top, whoever comes there")
  func home() {
    var crowd = Crowd()
    crowd.add(10, "a", cpu: nil)
    let b = crowd.add(11, "b", cpu: nil)
    var state = PickerState.showing(&crowd)
    #expect(state.current?.pid == 10)
    crowd.change(b) { $0.cpu = 0.9 }
    state.take(crowd.next())
    #expect(state.current?.pid == 11)
    #expect(state.place == 0)
  }

  @Test("who has only just come under a cursor that nobody moved is told from who was seen there")
  func newcomer() {
    var crowd = Crowd()
    let a = crowd.add(10, "a", cpu: nil)
    crowd.add(11, "b", cpu: nil)
    var state = PickerState.showing(&crowd, 3)
    #expect(!state.hasJustChanged)
    crowd.end(a)
    for _ in 0..<3 where state.current?.pid != 11 { state.take(crowd.next()) }
    #expect(state.current?.pid == 11)
    #expect(state.hasJustChanged)
    state.take(crowd.next())
    #expect(!state.hasJustChanged)
  }

  @Test("one that was moved stays with its process, and that on its line, whatever moves")
  func stays() {
    var crowd = Crowd.many(500)
    var state = PickerState.showing(&crowd, 4)
    state.move(by: 30, room: 20)
    let (chosen, line, window) = (state.current, state.place, state.window(20))
    var random = Robot.Random(state: 9)
    var isMoved = false
    for _ in 0..<30 {
      let before = state.pids
      for index in crowd.rows.indices { crowd.rows[index].cpu = random.next() }
      state.take(crowd.next())
      isMoved = isMoved || state.pids != before
      #expect(state.current == chosen)
      #expect(state.place == line)
      #expect(state.window(20) == window)
    }
    #expect(isMoved)
  }

  @Test("when its process ends, the row stays under the cursor and says so until the cursor leaves")
  func ending() {
    var crowd = Crowd.robot
    var state = PickerState.showing(&crowd, 4)
    state.put(2)
    let line = state.place
    let chosen = state.current
    crowd.end(key(chosen?.pid ?? 0))
    for _ in 0..<7 {
      state.take(crowd.next())
      #expect(state.current == chosen)
      #expect(state.place == line)
      #expect(state.currentRow?.identity == chosen)
      #expect(state.list.note(state.list.lines[2]) == nil)
    }
    state.move(by: 1, room: 10)
    state.take(crowd.next())
    #expect(!state.pids.contains(chosen?.pid ?? 0))
    #expect(state.pids.count == crowd.rows.count)
  }

  @Test("the same in a tree")
  func endingInTree() {
    var crowd = Crowd.robot
    var state = PickerState.showing(&crowd, 4)
    state.toggleTree()
    state.put(3)
    let chosen = state.current
    crowd.end(key(chosen?.pid ?? 0))
    state.take(crowd.next(after: 9))
    #expect(state.current == chosen)
    #expect(state.place == 3)
  }

  @Test("in a tree the branch moves, and the screen with it")
  func treeMoves() {
    var crowd = Crowd()
    for pid in 100..<200 { crowd.add(Int32(pid), "w", parent: 0, cpu: 0.01) }
    crowd.add(300, "parent", parent: 0, cpu: 0.5)
    crowd.add(301, "child", parent: 300)
    var state = PickerState.showing(&crowd, 4)
    state.toggleTree()
    state.put(state.list.place(of: key(301)) ?? 0)
    state.move(by: 0, room: 10)
    let line = (state.place ?? 0) - state.window(10)
    for pid in 100..<150 { crowd.change(key(Int32(pid))) { $0.cpu = 0.9 } }
    for _ in 0..<12 { state.take(crowd.next()) }
    #expect(state.current?.pid == 301)
    #expect(state.place == 51)
    #expect((state.place ?? 0) - state.window(10) == line)
  }

  @Test("marks stay with their processes, in their order, and end with them")
  func marks() {
    var crowd = Crowd.robot
    var state = PickerState.showing(&crowd)
    for line in [3, 1] {
      state.put(line)
      state.toggleMark()
    }
    let marked = state.marked
    #expect(marked.count == 2)
    state.sort(by: .name)
    state.filter("nothing")
    #expect(state.marked == marked)
    crowd.end(marked[0])
    state.take(crowd.next())
    #expect(state.marked == [marked[1]])
    state.filter("")
    state.put(state.list.place(of: marked[1]) ?? 0)
    state.toggleMark()
    #expect(state.marked.isEmpty)
  }

  @Test("a filter keeps the cursor where its process is still shown, else it goes to the top")
  func filtering() {
    var crowd = Crowd.robot
    var state = PickerState.showing(&crowd)
    state.put(state.list.place(of: key(330)) ?? 0)
    state.filter("lane")
    #expect(state.current?.pid == 330)
    state.filter("camera")
    #expect(state.place == 0)
    state.filter("nothing")
    #expect(state.current == nil)
    state.move(by: 1, room: 5)
    state.toggleMark()
    #expect(state.marked.isEmpty)
  }

  @Test("in a filtered tree the cursor begins on what matches, not on what started it")
  func firstMatch() {
    var crowd = Crowd.robot
    var state = PickerState.showing(&crowd)
    state.toggleTree()
    state.filter("lane")
    #expect(state.pids == [1, 320, 330])
    #expect(state.current?.pid == 330)
    state.move(by: -1, room: 5)
    #expect(state.current?.pid == 320)
  }

  @Test("a process that was sought is under the cursor as soon as it is seen")
  func sought() {
    var crowd = Crowd.many(500)
    var state = PickerState(seeking: crowd.rows[77].identity.pid)
    state.take(crowd.next())
    #expect(state.current == crowd.rows[77].identity)
    let place = state.place ?? 0
    #expect((state.window(10)..<state.window(10) + 10).contains(place))
  }

  @Test("on what is watched it opens with the rows sorted as chosen, and then keeps the line")
  func soughtAmongSorted() {
    var crowd = Crowd.many(300)
    let watched = crowd.add(5000, "watched", cpu: 0.9)
    let figures = crowd.rows
    for index in crowd.rows.indices { crowd.rows[index].cpu = nil }
    var (state, plain) = (PickerState(seeking: 5000), PickerState())
    for second in 0..<9 {
      // What sleeps is read by turns, and known of last.
      if second == 1 { crowd.rows = figures }
      crowd.change(watched) { $0.cpu = second < 5 ? nil : 0.9 }
      let roster = crowd.next()
      state.take(roster)
      plain.take(roster)
      #expect(state.current == watched)
      #expect(state.pids == plain.pids)
    }
    #expect(state.place.map { $0 < 20 } == true)
    #expect(state.window(20) == 0)
    let line = state.place
    crowd.change(watched) { $0.cpu = 0 }
    for _ in 0..<12 { state.take(crowd.next()) }
    #expect(state.current == watched && state.place == line)
  }

  @Test("who has moved the cursor meanwhile is not taken back to what is watched")
  func soughtAndLeft() {
    var crowd = Crowd.many(50)
    var state = PickerState(seeking: crowd.rows[40].identity.pid)
    state.take(crowd.next())
    state.moveToFirst()
    state.move(by: 3, room: 10)
    let chosen = state.current
    state.take(crowd.next())
    #expect(state.current == chosen)
  }

  @Test("moving stops at both ends, and the window follows no further than it must")
  func moving() {
    var crowd = Crowd.many(100)
    var state = PickerState.showing(&crowd)
    state.move(by: -1, room: 10)
    #expect(state.place == 0)
    state.move(by: 9, room: 10)
    #expect(state.window(10) == 0)
    state.move(by: 1, room: 10)
    #expect(state.window(10) == 1)
    state.move(by: Int.max, room: 10)
    #expect(state.place == 99)
    #expect(state.window(10) == 90)
    state.move(by: Int.min, room: 10)
    #expect(state.place == 0)
    #expect(state.window(10) == 0)
  }

  @Test("the wheel moves what is seen, and the cursor only at the edges")
  func wheel() {
    var crowd = Crowd.many(100)
    var state = PickerState.showing(&crowd)
    state.move(by: 8, room: 10)
    state.scroll(by: 3, room: 10)
    #expect(state.window(10) == 3)
    #expect(state.place == 8)
    state.scroll(by: 50, room: 10)
    #expect(state.place == 53)
    state.scroll(by: 5000, room: 10)
    #expect(state.window(10) == 90)
  }

  @Test("nothing that is asked of an empty list does harm")
  func empty() {
    var state = PickerState()
    state.move(by: 3, room: 0)
    state.scroll(by: 3, room: 0)
    state.put(5)
    state.fold()
    state.unfold()
    state.toggleMark()
    state.toggleTree()
    state.reverse()
    state.sort(by: .io)
    state.filter("x")
    #expect(state.place == nil)
    #expect(state.window(10) == 0)
  }
}
