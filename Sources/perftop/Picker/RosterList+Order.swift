import Monitors

/// Sorting and filtering.
extension RosterList {
  /// Why the lines are drawn up anew.
  enum Occasion {
    /// Someone has come or gone: nobody else moves.
    case patched
    /// It is time to follow the figures, as far as that can be seen.
    case due
    /// The person asked for it.
    case asked
  }

  /// Draws up the lines.
  mutating func arrange(_ plan: RosterPlan, _ occasion: Occasion) {
    if plan.filter.needsText || plan.sort == .name { readTexts() }
    hold(plan.sort, occasion)
    match(plan.filter, occasion)
    for index in notes.indices { notes[index].isNew = false }
    sort(plan)
    lines = plan.isTree ? treeLines(plan) : flatLines()
  }

  private mutating func readTexts() {
    if texts.isEmpty { texts = Array(repeating: SearchText(), count: rows.count) }
    for index in rows.indices where texts[index].isEmpty {
      texts[index] = SearchText(rows[index].facts)
    }
  }

  private mutating func hold(_ sort: RosterSort, _ occasion: Occasion) {
    for index in notes.indices where occasion != .patched || notes[index].isNew {
      notes[index].hold(sort, isForced: occasion == .asked || notes[index].isNew)
    }
  }

  private mutating func match(_ filter: RosterFilter, _ occasion: Occasion) {
    guard !filter.isEmpty else {
      for index in notes.indices { notes[index].isMatch = true }
      return
    }
    let matcher = RosterMatcher(filter)
    let none = SearchText()
    for index in rows.indices where occasion != .patched || notes[index].isNew {
      let text = texts.isEmpty ? none : texts[index]
      notes[index].isMatch = matcher.matches(rows[index], notes[index], text)
    }
  }

  /// Linked ones first, then by what was asked for, then by number; what is not known comes last both ways.
  private mutating func sort(_ plan: RosterPlan) {
    if order.count != rows.count { order = rows.indices.map(Int32.init) }
    let keys = plan.sort == .name ? [] : notes.map(\.held)
    let linked = rows.map(\.facts.isLinked)
    // Threads of the kernel and those that have ended own no memory, and are seldom what is looked for.
    let isEmpty = rows.map { $0.resident == .zero }
    let (texts, isReversed) = (texts, plan.isReversed)
    order.sort { a, b in
      let (a, b) = (Int(a), Int(b))
      if linked[a] != linked[b] { return linked[a] }
      if keys.isEmpty {
        let names = RosterList.compare(texts[a], texts[b])
        return names == 0 ? a < b : (names < 0) != isReversed
      }
      if keys[a] == keys[b] { return isEmpty[a] == isEmpty[b] ? a < b : isEmpty[b] }
      if keys[a] == CalmFigure.missing || keys[b] == CalmFigure.missing { return keys[a] > keys[b] }
      return (keys[a] > keys[b]) != isReversed
    }
  }

  /// The name is the first line of the text.
  private static func compare(_ a: SearchText, _ b: SearchText) -> Int {
    let newline = UInt8(ascii: "\n")
    for (x, y) in zip(a.bytes, b.bytes) {
      if x != y { return x == newline ? -1 : y == newline ? 1 : Int(x) - Int(y) }
      if x == newline { return 0 }
    }
    return 0
  }

  private func flatLines() -> [RosterLine] {
    order.compactMap { notes[Int($0)].isMatch ? RosterLine(row: $0) : nil }
  }
}
