import Testing

@testable import Monitors
@testable import perftop

@Suite("List of processes")
struct RosterListTests {
  @Test(
    "linked ones come first, then what was asked for, then numbers; and the other way round",
    arguments: [
      (
        RosterSort.cpu, [310, 320, 330, 321, 1, 400, 401, 2], [310, 1, 400, 401, 2, 321, 330, 320]
      ),
      (.memory, [310, 330, 320, 321, 1, 400, 401, 2], [310, 2, 401, 400, 1, 321, 320, 330]),
      (.growth, [310, 330, 1, 320, 321, 400, 2, 401], [310, 1, 320, 321, 400, 2, 330, 401]),
      (.io, [310, 320, 321, 330, 400, 401, 2, 1], [310, 321, 330, 400, 401, 2, 320, 1]),
      (.name, [310, 401, 320, 321, 2, 330, 400, 1], [310, 1, 400, 330, 2, 320, 321, 401]),
    ] as [(RosterSort, [Int32], [Int32])])
  func sorts(_ sort: RosterSort, _ down: [Int32], _ up: [Int32]) {
    var crowd = Crowd.robot
    var state = PickerState.showing(&crowd)
    state.sort(by: sort)
    #expect(state.pids == down)
    state.reverse()
    #expect(state.pids == up)
  }

  @Test("rows move only when it is time, and then only where the difference can be seen")
  func calm() {
    var crowd = Crowd()
    let a = crowd.add(10, "a", cpu: 0.30)
    let b = crowd.add(11, "b", cpu: 0.29)
    var state = PickerState.showing(&crowd, 8)
    crowd.change(b) { $0.cpu = 0.31 }
    for _ in 0..<20 { state.take(crowd.next()) }
    #expect(state.pids == [10, 11])
    crowd.change(a) { $0.cpu = 0.02 }
    var orders: [[Int32]] = []
    for _ in 0..<8 {
      state.take(crowd.next())
      orders.append(state.pids)
    }
    #expect(orders.first == [10, 11])
    #expect(orders.last == [11, 10])
  }

  @Test("the first readings are followed at once: before them nobody knows who is busy")
  func unsteady() {
    var crowd = Crowd()
    let a = crowd.add(10, "a", cpu: nil)
    let b = crowd.add(11, "b", cpu: nil)
    var state = PickerState.showing(&crowd)
    #expect(state.pids == [10, 11])
    crowd.change(a) { $0.cpu = 0 }
    crowd.change(b) { $0.cpu = 0.5 }
    state.take(crowd.next())
    #expect(state.pids == [11, 10])
  }

  @Test("who comes is there at once, who goes is gone at once, and nobody else moves")
  func comingAndGoing() {
    var crowd = Crowd.robot
    var state = PickerState.showing(&crowd, 4)
    let before = state.pids
    let new = crowd.add(999, "newcomer", cpu: 0.5)
    crowd.change(ProcessKey(pid: 321, startTicks: 3210)) { $0.cpu = 3 }
    state.take(crowd.next())
    #expect(state.pids.filter { $0 != 999 } == before)
    #expect(state.pids.contains(999))
    crowd.end(new)
    state.take(crowd.next())
    #expect(state.pids == before)
  }

  @Test("a number that is given out again is another process")
  func reused() {
    var crowd = Crowd()
    crowd.add(10, "a", cpu: 0.5)
    var state = PickerState.showing(&crowd, 3)
    state.filter("name=a")
    crowd.rows = []
    crowd.add(10, "b", cpu: 0.1) { _, facts in
      facts.identity = ProcessKey(pid: 10, startTicks: 999)
    }
    state.take(crowd.next())
    #expect(state.pids.isEmpty)
    #expect(state.list.notes.first?.cpu.value == 10)
  }

  @Test("a process that becomes another program is found by its new name")
  func exec() {
    var crowd = Crowd()
    let key = crowd.add(10, "bash")
    var state = PickerState.showing(&crowd, 3)
    state.filter("collector")
    #expect(state.pids.isEmpty)
    crowd.change(key) { $0.facts.name = "collector" }
    state.take(crowd.next(after: 6))
    #expect(state.pids == [10])
  }

  @Test("a filter by a figure follows it, every few seconds")
  func liveFilter() {
    var crowd = Crowd()
    let key = crowd.add(10, "a", cpu: 0)
    var state = PickerState.showing(&crowd, 4)
    state.filter("cpu>20")
    crowd.change(key) { $0.cpu = 0.9 }
    for _ in 0..<7 { state.take(crowd.next()) }
    #expect(state.pids == [10])
  }

  @Test("rosters that are in no order, or have one process twice, do no harm")
  func disorder() {
    var crowd = Crowd.robot
    var state = PickerState.showing(&crowd, 2)
    for _ in 0..<5 {
      crowd.rows = crowd.rows.reversed() + crowd.rows.prefix(2)
      state.take(crowd.next(after: 6))
      #expect(state.pids.count == crowd.rows.count)
    }
  }

  @Test("thousands of processes that come and go keep everything in step")
  func storm() {
    var crowd = Crowd.many(2000)
    var state = PickerState.showing(&crowd)
    var random = Robot.Random(state: 5)
    state.sort(by: .name)
    state.filter("worker")
    state.toggleTree()
    for step in 0..<20 {
      crowd.rows.removeAll { _ in random.next() < 0.05 }
      crowd.add(Int32(100_000 + step), "worker_new")
      state.take(crowd.next())
      #expect(state.list.notes.map(\.identity) == crowd.rows.map(\.identity))
      #expect(Set(state.pids).count == crowd.rows.count)
    }
  }
}
