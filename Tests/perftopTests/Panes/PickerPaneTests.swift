import Testing

@testable import Monitors
@testable import perftop

@Suite("Pane: list of processes")
struct PickerPaneTests {
  private static let sizes = [(200, 60), (120, 40), (80, 24), (40, 12), (20, 5), (20, 1)].map {
    Size(width: $0.0, height: $0.1)
  }

  private func screen(_ state: PickerState, _ size: Size, glyphs: GlyphSet = .unicode) -> Canvas {
    let scene = Scene.of(Robot(ticks: 150).snapshot) { view in
      view.isPicking = true
      view.picker = state
    }
    return Screen(glyphs: glyphs).drawn(
      scene, size: size, keys: Action.footer(scene), help: [])
  }

  private func rows(_ state: PickerState, _ size: Size) -> [String] {
    GoldenText.rows(PickerPane(state: state).drawn(at: size))
  }

  private var robot: PickerState {
    var crowd = Crowd.robot
    return .showing(&crowd, 4)
  }

  @Test("as a list", arguments: sizes)
  func list(size: Size) { expectGolden(screen(robot, size), "Picker/list") }

  @Test("as a tree, filtered, with one marked and one folded", arguments: sizes.prefix(4))
  func tree(size: Size) {
    var state = robot
    state.sort(by: .memory)
    state.toggleTree()
    state.put(state.list.place(of: ProcessKey(pid: 321, startTicks: 3210)) ?? 0)
    state.toggleMark()
    state.filter("/node|lane|bash")
    state.put(state.list.place(of: ProcessKey(pid: 400, startTicks: 4000)) ?? 0)
    state.fold()
    expectGolden(screen(state, size), "Picker/tree")
  }

  @Test("in ASCII")
  func ascii() {
    var state = robot
    state.toggleTree()
    let canvas = screen(state, .classic, glyphs: .ascii)
    #expect(canvas.text.utf8.allSatisfy { $0 < 0x80 })
    expectGolden(canvas, "Picker/ascii")
  }

  @Test("before there is a list, and where nothing matches, there is a sentence")
  func sentences() {
    for size in Self.sizes {
      #expect(GoldenText.rows(screen(PickerState(), size)).contains { $0.contains("taking the") })
    }
    var state = robot
    state.filter("zebra")
    #expect(rows(state, .classic).contains { $0.contains("no process matches zebra; esc clears") })
    #expect(rows(state, .classic)[0].contains("0 of 8"))
  }

  @Test("while command lines are still to be read, that nothing matches yet says how many")
  func unread() {
    for (count, words) in [(1, "; 1 command line is still"), (2, "; 2 command lines are still")] {
      var crowd = Crowd.robot
      var roster = crowd.next()
      roster.unread = count
      var state = PickerState()
      state.take(roster)
      state.filter("zebra")
      #expect(rows(state, .classic).contains { $0.contains(words) })
    }
  }

  @Test("without a footer the list itself says what the last key did")
  func message() {
    let pane = PickerPane(state: robot, message: Label("systemd 1 has ended"))
    for height in [5, 1] {
      let text = GoldenText.rows(pane.drawn(at: Size(width: 20, height: height)))
      #expect(text[0].contains("systemd 1 has ended"))
    }
  }

  @Test("counts: how many are shown, of how many, and how many are marked")
  func counts() {
    var state = robot
    #expect(rows(state, .classic)[0].contains(" 8 "))
    state.toggleMark()
    state.filter("camera")
    #expect(rows(state, .classic)[0].contains("2 of 8, 1 marked"))
    #expect(rows(state, .classic)[0].contains("filter camera"))
  }

  @Test("what is missing is a dash, and what is zero is zero")
  func missing() throws {
    var crowd = Crowd()
    crowd.add(7, "quiet", cpu: nil) { row, _ in
      row.growth = nil
      row.io = .missing(.notPermitted(needs: "CAP_SYS_PTRACE"))
    }
    crowd.add(8, "idle")
    var state = PickerState.showing(&crowd)
    state.put(1)
    let text = rows(state, Size(width: 120, height: 30))
    let quiet = try #require(text.first { $0.contains("quiet") }).split(separator: " ")
    #expect(quiet.filter { $0 == "-" }.count == 3)
    let idle = try #require(text.first { $0.contains("idle") }).split(separator: " ")
    #expect(idle.filter { $0 == "0" }.count == 3)
    #expect(!idle.contains("-"))
    #expect(text.contains { $0.contains("needs CAP_SYS_PTRACE") })
  }

  @Test("while growth is not known yet it says how long that takes, and not after that")
  func growthNotYet() {
    var crowd = Crowd()
    let quiet = crowd.add(7, "quiet") { row, _ in row.growth = nil }
    var state = PickerState.showing(&crowd)
    for size in [Size(width: 120, height: 40), .classic, Size(width: 40, height: 12)] {
      let text = rows(state, size)
      #expect(text.first?.contains("1, growth needs 10 s") == true, "\(text)")
    }
    let preview = rows(state, Size(width: 120, height: 40)).joined()
    #expect(preview.contains("growth: needs 10 s of readings"))
    crowd.change(quiet) { $0.growth = 0 }
    state.take(crowd.next())
    #expect(!rows(state, .classic).joined().contains("needs 10 s"))
  }

  @Test("the preview says why a process can't be attached, and what would allow it")
  func refusal() {
    var state = robot
    state.put(state.list.place(of: ProcessKey(pid: 1, startTicks: 10)) ?? 0)
    for size in [Size(width: 200, height: 60), Size(width: 120, height: 40), .classic] {
      let text = rows(state, size).joined(separator: " ")
      #expect(text.contains("can't be attached: it belongs to root"), "\(size)")
      #expect(text.contains("CAP_SYS_PTRACE"), "\(size)")
    }
  }

  @Test("the preview tells what the row has no room for")
  func preview() {
    let text = rows(robot, Size(width: 120, height: 40)).joined(separator: "\n")
    for part in [
      "python3 /opt/robot/collector.py --episodes /data --format parquet", "sleeping (S)",
      "owner robot (1000)", "unit collector.service", "linked: it reports by itself", "12 threads",
      "parent systemd 1", "started 1 d 0 h ago", "grows +3.1 MB/min",
    ] { #expect(text.contains(part), "\(part)") }
  }

  @Test("columns stand where they stand, whatever the figures are")
  func still() throws {
    var crowd = Crowd()
    let key = crowd.add(4_194_303, "x", cpu: 0)
    var state = PickerState.showing(&crowd)
    func place(_ state: PickerState) throws -> Int {
      let row = try #require(rows(state, Size(width: 120, height: 20)).first { $0.contains(" x ") })
      let found = try #require(row.firstRange(of: " x "))
      return row.distance(from: row.startIndex, to: found.lowerBound)
    }
    let before = try place(state)
    crowd.change(key) { row in
      (row.cpu, row.resident, row.growth) = (640.0, Bytes(.max), -1e18)
      (row.io, row.threads) = (.fresh(1e18), 4_000_000)
    }
    for _ in 0..<4 { state.take(crowd.next()) }
    #expect(try place(state) == before)
  }

  @Test("the figure that is sorted by is the last to go", arguments: RosterSort.allCases)
  func narrow(sort: RosterSort) {
    var state = robot
    state.sort(by: sort)
    let title = PickerColumn.allCases.first { $0.sort == sort }?.title.text ?? "?"
    let text = rows(state, Size(width: 30, height: 10))
    #expect(text[1].contains(title))
    #expect(text[1].contains("process"))
  }

  @Test("no number is cut in the middle, at any width", arguments: RosterSort.allCases)
  func numbers(sort: RosterSort) {
    var crowd = Crowd()
    crowd.add(4_194_303, "w", cpu: 12.34, memory: 123_000_000) { row, facts in
      (row.growth, row.io, row.threads) = (-2_000_000, .fresh(45_000), 12345)
      facts.command = "w"
    }
    var state = PickerState.showing(&crowd)
    state.sort(by: sort)
    let whole: Set<Substring> = [
      "4194303", "1234", "123", "MB", "-120", "45", "kB", "12345", "w", "robot", "S",
    ]
    for width in 24...140 {
      let row = rows(state, Size(width: width, height: 8)).first { $0.contains(" w ") } ?? ""
      let words = Set(row.split(separator: " ")).subtracting(["│"])
      #expect(words.subtracting(whole) == [], "\(width): \(row)")
    }
  }

  @Test("A7: no size crashes it or tears a glyph, hostile names and deep trees included")
  func sweep() {
    var crowd = Crowd.robot
    crowd.add(900, Printable("\u{1b}[2J\u{202e}名前\u{301}\u{301}\u{301}🤖"), parent: 401) {
      row, facts in
      facts.command = Printable(String(repeating: "漢字\u{7}", count: 2000))
      facts.user = Printable("\u{9b}31m用户名很长很长")
      (facts.unit, facts.container) = (Printable("a\nb.service"), Printable("docker \u{0}"))
      row.state = "\u{1b}"
      facts.refusal = Printable(String(repeating: "no ", count: 300))
    }
    for depth in 0..<80 {
      crowd.add(Int32(1000 + depth), "deep", parent: Int32(depth == 0 ? 900 : 999 + depth))
    }
    var state = PickerState.showing(&crowd)
    for isTree in [false, true] {
      if isTree { state.toggleTree() }
      state.put(state.list.place(of: ProcessKey(pid: 900, startTicks: 9000)) ?? 0)
      for height in 0...30 {
        for width in stride(from: 0, through: 100, by: isTree ? 3 : 1) {
          check(state, Size(width: width, height: height))
        }
      }
    }
    check(state, Size(width: 500, height: 200))
    check(state, Size(width: 65535, height: 65535))
  }

  private func check(_ state: PickerState, _ size: Size) {
    let pane = PickerPane(state: state)
    let canvas = pane.drawn(at: size)
    for y in 0..<canvas.size.height {
      for x in 0..<canvas.size.width {
        let scalar = canvas[x, y].glyph.scalar
        let isControl = scalar != 0 && scalar < 0x20 || (0x7f...0x9f).contains(scalar)
        let isTorn =
          (ScalarWidth.of(scalar) == 2)
          != (x + 1 < canvas.size.width && canvas[x + 1, y].glyph == .continuation)
        if isControl || isTorn { Issue.record("\(size) at \(x), \(y)") }
      }
    }
    _ = pane.spot(x: size.width / 2, y: size.height / 2, in: size)
  }

  @Test("a place on the screen is the line or the title that is seen there")
  func spots() throws {
    var crowd = Crowd.many(200)
    var state = PickerState.showing(&crowd)
    state.move(by: 150, room: 10)
    let (pane, size) = (PickerPane(state: state), Size(width: 120, height: 30))
    let text = GoldenText.rows(pane.drawn(at: size))
    for y in 0..<size.height {
      guard case .line(let line) = pane.spot(x: 20, y: y, in: size) else { continue }
      let pid = try #require(state.list.identity(state.list.lines[line])).pid
      #expect(text[y].contains(" \(pid) "))
    }
    let head = try #require(text[1].firstRange(of: "memory"))
    let x = text[1].distance(from: text[1].startIndex, to: head.lowerBound)
    #expect(pane.spot(x: x, y: 1, in: size) == .title(.memory))
    #expect(pane.spot(x: 0, y: 0, in: size) == nil)
    #expect(pane.spot(x: 20, y: 29, in: size) == nil)
  }

  @Test("a second on a machine where sixteen of three hundred are a little busy changes few cells")
  func quiet() {
    var crowd = Crowd()
    for pid in 0..<284 { crowd.add(Int32(100 + pid), "sleep") }
    let busy = (0..<16).map { crowd.add(Int32(1000 + $0), "churn", cpu: 0.01) }
    let main = crowd.add(2000, "busy", cpu: 0.3, memory: 50_000_000)
    var random = Robot.Random(state: 1)
    var state = PickerState()
    var before = Canvas(size: Size(width: 120, height: 40))
    var changes: [Int] = []
    for second in 0..<60 {
      for key in busy { crowd.change(key) { $0.cpu = Double(Int(random.next() * 4)) / 100 } }
      crowd.change(main) { row in
        row.cpu = 0.29 + random.next() / 50
        row.io = .fresh(3e6 + 4e5 * random.next())
      }
      state.take(crowd.next())
      let canvas = PickerPane(state: state).drawn(at: before.size)
      if second > 10 { changes.append(zip(canvas.cells, before.cells).count { $0 != $1 }) }
      before = canvas
    }
    let mean = Double(changes.reduce(0, +)) / Double(changes.count)
    #expect(mean < 40, "\(mean)")
  }
}

extension PickerPane {
  /// The pane on a canvas of its own.
  fileprivate func drawn(at size: Size, glyphs: GlyphSet = .unicode) -> Canvas {
    var canvas = Canvas(size: size, glyphs: glyphs)
    draw(into: &canvas)
    return canvas
  }
}
