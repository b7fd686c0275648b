import Testing

@testable import Monitors
@testable import perftop

@Suite("Tree of processes")
struct RosterTreeTests {
  private func tree(_ parents: [(Int32, Int32)], _ change: (inout PickerState) -> Void = { _ in })
    -> [String]
  {
    var crowd = Crowd()
    for (pid, parent) in parents { crowd.add(pid, "p\(pid)", parent: parent) }
    var state = PickerState.showing(&crowd)
    state.toggleTree()
    change(&state)
    return state.list.lines.map { line in
      let pid = state.list.identity(line)?.pid ?? 0
      let dots = String(repeating: ".", count: Int(line.depth))
      return "\(dots)\(pid)\(line.isDimmed ? "~" : "")\(line.fold == .closed ? "+" : "")"
    }
  }

  private let family: [(Int32, Int32)] = [(1, 0), (2, 0), (5, 1), (6, 1), (7, 5), (8, 5), (9, 7)]

  @Test("children stand below their parents, in the order of the list")
  func shape() { #expect(tree(family) == ["1", ".5", "..7", "...9", "..8", ".6", "2"]) }

  @Test("whose parent is not there stands at the top")
  func orphans() { #expect(tree([(5, 4), (6, 5), (9, 8)]) == ["5", ".6", "9"]) }

  @Test(
    "a circle is opened, and everyone in it shown once",
    arguments: [
      [(5, 6), (6, 5)], [(5, 5)], [(5, 6), (6, 7), (7, 5), (8, 7)],
      [(1, 2), (2, 1), (3, 3), (4, 3)],
    ] as [[(Int32, Int32)]])
  func circles(_ parents: [(Int32, Int32)]) {
    let lines = tree(parents)
    #expect(lines.count == parents.count)
    #expect(lines.contains { !$0.hasPrefix(".") })
  }

  @Test("what is folded hides all below it, and says that it does")
  func folding() {
    let lines = tree(family) { state in
      state.put(1)
      state.fold()
    }
    #expect(lines == ["1", ".5+", ".6", "2"])
  }

  @Test("folding what is folded goes up, unfolding what is open goes down")
  func walking() {
    var state = PickerState()
    _ = tree(family) { tree in
      tree.put(3)
      tree.fold()
      state = tree
    }
    #expect(state.current?.pid == 7)
    state.fold()
    state.fold()
    #expect(state.current?.pid == 5)
    state.fold()
    state.unfold()
    #expect(state.current?.pid == 5)
    state.unfold()
    #expect(state.current?.pid == 7)
  }

  @Test("who started what matches is shown too, dimmed; what is beside it is not")
  func filtering() {
    #expect(tree(family) { $0.filter("name=p9") } == ["1~", ".5~", "..7~", "...9"])
  }

  @Test("three thousand below each other take no stack")
  func deep() {
    let lines = tree((1...3000).map { (Int32($0), Int32($0 - 1)) })
    #expect(lines.count == 3000)
  }

  @Test("siblings are sorted, branches stay together, linked ones first among their own")
  func sorted() {
    var crowd = Crowd.robot
    var state = PickerState.showing(&crowd)
    state.sort(by: .memory)
    state.toggleTree()
    #expect(state.pids == [1, 310, 320, 330, 321, 400, 401, 2])
  }
}
