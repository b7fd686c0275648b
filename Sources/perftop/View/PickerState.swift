import Monitors

/// The list of processes as the person at the screen has arranged it, and where in it they are.
///
/// The cursor belongs to a process and not to a line: whatever moves, it stays with its process, and that on its line.
struct PickerState: Sendable, Equatable {
  private(set) var plan = RosterPlan()
  private(set) var list = RosterList()
  /// The process under the cursor; `nil` is whichever comes first.
  private(set) var cursor: ProcessKey?
  /// First line on the screen; drawing moves it only as far as the cursor needs.
  private(set) var first = 0
  /// Those that were marked, in the order of marking.
  private(set) var marked: [ProcessKey] = []
  /// Whether another process than before has come under a cursor that nobody has put there.
  private(set) var hasJustChanged = false
  /// Processes of which not all texts are known yet.
  private(set) var unread = 0
  /// The number of the process that the cursor is to stand on until there are figures to sort by, or it is moved.
  private var sought: Int32?

  /// A list that is taken when it comes, with the cursor on a process where one is named.
  init(seeking pid: Int32? = nil) { sought = pid }

  /// The same arrangement for the next time, without what belongs to this one.
  func closed(seeking pid: Int32?) -> PickerState {
    var next = PickerState(seeking: pid)
    next.plan = plan
    next.plan.filter = RosterFilter()
    return next
  }

  /// The line under the cursor, the first that matches where it was never moved; `nil` where there is none.
  var place: Int? {
    if list.lines.isEmpty { return nil }
    if let place = cursor.flatMap({ list.place(of: $0) }) { return place }
    return list.lines.firstIndex { !$0.isDimmed } ?? 0
  }

  /// The process under the cursor, the first where it was never moved.
  var current: ProcessKey? { place.flatMap { list.identity(list.lines[$0]) } }

  /// The row under the cursor.
  var currentRow: RosterRow? { place.flatMap { list.row(list.lines[$0]) } }

  /// The first line on a screen that has room for so many.
  func window(_ room: Int) -> Int {
    let count = list.lines.count
    guard room > 0, count > room, let place else { return 0 }
    let kept = min(max(0, first), count - room)
    return min(max(kept, place - room + 1), place)
  }

  /// Takes the newest roster.
  mutating func take(_ roster: Roster) {
    // What is sought takes the line that its figures give it; it keeps one only from then on.
    let kept = sought == nil ? cursor : nil
    let before = kept.flatMap { list.place(of: $0) }
    let seen = current
    defer { hasJustChanged = cursor == nil && seen != nil && current != seen }
    unread = roster.unread
    list.take(roster, plan, cursor: kept)
    marked.removeAll { list.index(of: $0) == nil }
    if let pid = sought {
      cursor = list.index(ofPid: pid).map { list.notes[$0].identity }
      if list.isSteady { sought = nil }
    }
    guard let key = cursor else { return }
    guard let place = list.place(of: key) else {
      cursor = nil
      first = 0
      return
    }
    if let before { first = max(0, first + place - before) }
  }
}

/// What the person asks for.
extension PickerState {
  /// Filters by what is typed.
  mutating func filter(_ text: String) {
    arrange { $0.filter = RosterFilter(text) }
    if let place, list.lines[place].isDimmed { goFirst() }
  }

  /// Sorts; what comes first then is what was asked for, so that is where the cursor goes.
  mutating func sort(by sort: RosterSort) {
    plan.isReversed = false
    arrange { $0.sort = sort }
    goFirst()
  }

  /// Turns the order round.
  mutating func reverse() {
    arrange { $0.isReversed.toggle() }
    goFirst()
  }

  /// Draws a tree, or a list.
  mutating func toggleTree() { arrange { $0.isTree.toggle() } }

  private mutating func arrange(_ change: (inout RosterPlan) -> Void) {
    let before = cursor.flatMap { list.place(of: $0) }
    hasJustChanged = false
    sought = nil
    change(&plan)
    list.arrange(plan)
    guard let key = cursor, let place = list.place(of: key) else { return goFirst() }
    if let before { first = max(0, first + place - before) }
  }

  private mutating func goFirst() {
    sought = nil
    cursor = nil
    first = 0
  }

  /// Moves the cursor by lines, or to an end, on a screen that has room for so many.
  mutating func move(by step: Int, room: Int) {
    guard let place else { return }
    first = window(room)
    let last = list.lines.count - 1
    let (sum, overflows) = place.addingReportingOverflow(step)
    put(min(last, max(0, overflows ? (step > 0 ? last : 0) : sum)))
    first = window(room)
  }

  /// To the top, and to stay there whoever that is.
  mutating func moveToFirst() { goFirst() }

  /// Keeps what is seen where it is while the cursor moves in it.
  mutating func hold(room: Int) { first = window(room) }

  /// Puts the cursor on a line.
  mutating func put(_ line: Int) {
    guard list.lines.indices.contains(line) else { return }
    sought = nil
    cursor = list.identity(list.lines[line])
  }

  /// Keeps the cursor on the process that has come under it.
  mutating func accept() {
    hasJustChanged = false
    if let place { put(place) }
  }

  /// Moves what is seen, and the cursor only as far as it would leave the screen.
  mutating func scroll(by step: Int, room: Int) {
    guard let place, list.lines.count > room, room > 0 else { return }
    first = min(max(0, window(room) + step), list.lines.count - room)
    put(min(max(place, first), first + room - 1))
  }

  /// Hides what the process has started, or else goes to who started it.
  mutating func fold() {
    guard let place, let key = current else { return }
    if list.lines[place].fold == .open { return arrange { _ = $0.folded.insert(key) } }
    let depth = list.lines[place].depth
    guard depth > 0 else { return }
    if let parent = list.lines[..<place].lastIndex(where: { $0.depth < depth }) { put(parent) }
  }

  /// Shows what the process has started, or else goes to the first of them.
  mutating func unfold() {
    guard let place, let key = current else { return }
    switch list.lines[place].fold {
    case .closed: arrange { _ = $0.folded.remove(key) }
    case .open: put(place + 1)
    case .none: break
    }
  }

  /// Marks the process under the cursor, or takes the mark away.
  mutating func toggleMark() {
    guard let key = current else { return }
    if marked.contains(key) { marked.removeAll { $0 == key } } else { marked.append(key) }
  }
}
