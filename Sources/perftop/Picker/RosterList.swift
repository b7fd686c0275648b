import Monitors

/// How the list of processes is to be arranged.
struct RosterPlan: Sendable, Equatable {
  var filter = RosterFilter()
  var sort = RosterSort.cpu
  var isReversed = false
  var isTree = false
  /// Those whose children are hidden.
  var folded: Set<ProcessKey> = []
}

/// All processes, what is kept about each, and the lines to draw of them.
///
/// Rows come once a second; lines move only every few seconds, and only as far as they must.
struct RosterList: Sendable, Equatable {
  /// As the last roster had them.
  private(set) var rows: [RosterRow] = []
  /// One for each row.
  var notes: [RosterNote] = []
  /// One for each row, once something was searched for; empty until it was looked at.
  var texts: [SearchText] = []
  /// All rows, sorted.
  var order: [Int32] = []
  /// What is to be drawn, from the first line to the last.
  var lines: [RosterLine] = []
  /// When the last roster was taken; `nil` before the first.
  private(set) var moment: Moment?
  /// Seconds since boot at that moment.
  private(set) var uptime: Double?
  /// The process under the cursor, once it has ended.
  private(set) var ended: RosterRow?
  private var arranged: Moment?
  private var arrivals = 0
  private var sortings = 0

  private static let calmSeconds = 5.0
  private static let unsteadyArrivals = 3

  /// The row of a line.
  func row(_ line: RosterLine) -> RosterRow? {
    if line.row == RosterLine.ended { return ended }
    return rows.indices.contains(Int(line.row)) ? rows[Int(line.row)] : nil
  }

  /// What is kept about the row of a line; `nil` for one that has ended.
  func note(_ line: RosterLine) -> RosterNote? {
    notes.indices.contains(Int(line.row)) ? notes[Int(line.row)] : nil
  }

  /// Which process a line shows.
  func identity(_ line: RosterLine) -> ProcessKey? {
    line.row == RosterLine.ended ? ended?.identity : note(line)?.identity
  }

  /// The line that shows a process.
  func place(of key: ProcessKey) -> Int? {
    guard let index = index(of: key) else {
      guard ended?.identity == key else { return nil }
      return lines.firstIndex { $0.row == RosterLine.ended }
    }
    return lines.firstIndex { $0.row == Int32(index) }
  }

  /// Where a process stands among the rows.
  func index(of key: ProcessKey) -> Int? {
    let place = index(ofPid: key.pid)
    return place.flatMap { notes[$0].identity == key ? $0 : nil }
  }

  /// Where the process of a number stands among the rows.
  func index(ofPid pid: Int32) -> Int? {
    var low = 0
    var high = notes.count
    while low < high {
      let middle = (low + high) / 2
      if notes[middle].identity.pid < pid { low = middle + 1 } else { high = middle }
    }
    return low < notes.count && notes[low].identity.pid == pid ? low : nil
  }

  /// Whether the figures that it is sorted by have come, also of those that sleep and are read by turns.
  var isSteady: Bool { sortings > RosterList.unsteadyArrivals }

  /// Whether the growth of any process is known yet, or there is none to know it of.
  var knowsGrowth: Bool { notes.isEmpty || notes.contains { $0.growth.value != nil } }

  /// Takes the newest roster, and moves lines as far as they must move; the process under the cursor keeps its line.
  mutating func take(_ roster: Roster, _ plan: RosterPlan, cursor: ProcessKey?) {
    let place = cursor.flatMap { self.place(of: $0) }
    let line = place.map { lines[$0] }
    let known = cursor.flatMap { index(of: $0) }.map { rows[$0] }
    let hadEnded = ended != nil
    let isSame = hasSameProcesses(roster.rows)
    if isSame { refresh(roster) } else { replace(roster) }
    moment = roster.moment
    uptime = roster.uptime
    arrivals += 1
    let isThere = cursor.flatMap { index(of: $0) } != nil
    ended = isThere || place == nil ? nil : known ?? ended
    let isDue =
      arrivals <= RosterList.unsteadyArrivals
      || arranged.map { roster.moment.seconds(since: $0) >= RosterList.calmSeconds } ?? true
    guard isDue || !isSame || hadEnded && ended == nil else { return }
    arrange(plan, isDue ? .due : .patched)
    if isDue {
      arranged = roster.moment
      sortings += 1
    }
    if let cursor, let place, let line { pin(cursor, line, at: place, in: plan) }
  }

  /// Sorts, filters and draws up the lines anew, as the person has just asked for.
  mutating func arrange(_ plan: RosterPlan) {
    ended = nil
    arrange(plan, .asked)
    arranged = moment
  }

  private func hasSameProcesses(_ new: [RosterRow]) -> Bool {
    guard new.count == notes.count else { return false }
    for index in new.indices where new[index].identity != notes[index].identity { return false }
    return true
  }

  private mutating func refresh(_ roster: Roster) {
    for index in roster.rows.indices {
      let row = roster.rows[index]
      if !row.hasFacts(of: rows[index]) { forget(index) }
      notes[index].take(row, at: roster.moment)
    }
    rows = roster.rows
  }

  /// Another program in the same process has another name.
  private mutating func forget(_ index: Int) {
    notes[index].isNew = true
    if texts.indices.contains(index) { texts[index] = SearchText() }
  }

  /// Both are in the order of their numbers, so one walk through both finds who has come and who has gone.
  private mutating func replace(_ roster: Roster) {
    var newNotes: [RosterNote] = []
    var newTexts: [SearchText] = []
    var moved = [Int32](repeating: RosterLine.ended, count: notes.count)
    var come: [Int32] = []
    newNotes.reserveCapacity(roster.rows.count)
    var old = 0
    for (index, row) in roster.rows.enumerated() {
      let key = row.identity
      while old < notes.count, notes[old].identity.pid < key.pid { old += 1 }
      let isKnown = old < notes.count && notes[old].identity == key
      if isKnown { moved[old] = Int32(index) } else { come.append(Int32(index)) }
      if isKnown, !row.hasFacts(of: rows[old]) { forget(old) }
      newNotes.append(isKnown ? notes[old] : RosterNote(identity: key))
      newNotes[index].take(row, at: roster.moment)
      if !texts.isEmpty { newTexts.append(isKnown ? texts[old] : SearchText()) }
      if isKnown { old += 1 }
    }
    order = order.compactMap { moved[Int($0)] == RosterLine.ended ? nil : moved[Int($0)] } + come
    (rows, notes, texts) = (roster.rows, newNotes, newTexts)
  }

  /// Keeps a process on its line, and lets the others move round it; in a tree it can only move with its branch.
  private mutating func pin(
    _ key: ProcessKey, _ line: RosterLine, at place: Int, in plan: RosterPlan
  ) {
    var line = line
    if let index = index(of: key) {
      guard !plan.isTree else { return }
      let now = self.place(of: key) ?? lines.count
      guard now != place else { return }
      line.row = Int32(index)
      if lines.indices.contains(now) { lines.remove(at: now) }
    } else {
      guard ended != nil else { return }
      line.row = RosterLine.ended
      line.fold = .none
    }
    lines.insert(line, at: min(place, lines.count))
  }
}
