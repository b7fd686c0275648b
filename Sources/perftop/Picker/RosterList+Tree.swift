import Monitors

/// The tree: who has started whom.
extension RosterList {
  /// Lines of the tree: those that match, and above them, dimmed, who started them.
  func treeLines(_ plan: RosterPlan) -> [RosterLine] {
    var tree = RosterTree(parents: parents, order: order, isWanted: notes.map(\.isMatch))
    tree.folded = notes.map { plan.folded.contains($0.identity) }
    return tree.lines()
  }

  /// For each row the row of its parent; −1 where that is not among them.
  private var parents: [Int32] {
    rows.indices.map { place in
      let parent = rows[place].parent
      guard parent > 0, let found = index(ofPid: parent), found != place else { return -1 }
      return Int32(found)
    }
  }
}

/// A forest of row numbers; a circle, which a list that is not of one moment may have in it, is opened where it is met first.
struct RosterTree {
  private let order: [Int32]
  private let isWanted: [Bool]
  /// Whether a row, or something below it, is wanted.
  private var isNeeded: [Bool]
  private var firstChild: [Int32]
  private var nextSibling: [Int32]
  private var roots: [Int32] = []
  var folded: [Bool]

  private static let none: Int32 = -1
  private static let deepest = 63

  init(parents: [Int32], order: [Int32], isWanted: [Bool]) {
    self.order = order
    self.isWanted = isWanted
    isNeeded = isWanted
    let count = parents.count
    folded = Array(repeating: false, count: count)
    firstChild = Array(repeating: RosterTree.none, count: count)
    nextSibling = firstChild
    var known = parents
    open(&known)
    // From the last to the first, so that each child put in front of its siblings leaves them in order.
    for row in order.reversed() {
      let parent = known[Int(row)]
      guard parent != RosterTree.none else {
        roots.append(row)
        continue
      }
      nextSibling[Int(row)] = firstChild[Int(parent)]
      firstChild[Int(parent)] = row
    }
    for row in isWanted.indices where isWanted[row] { markAncestors(of: row, known) }
  }

  /// Cuts each circle at one place.
  private func open(_ parents: inout [Int32]) {
    var visit = [Int32](repeating: RosterTree.none, count: parents.count)
    for start in order {
      var row = start
      while row != RosterTree.none, visit[Int(row)] == RosterTree.none {
        visit[Int(row)] = start
        let parent = parents[Int(row)]
        if parent != RosterTree.none, visit[Int(parent)] == start {
          parents[Int(row)] = RosterTree.none
          break
        }
        row = parent
      }
    }
  }

  private mutating func markAncestors(of row: Int, _ parents: [Int32]) {
    var parent = parents[row]
    while parent != RosterTree.none, !isNeeded[Int(parent)] {
      isNeeded[Int(parent)] = true
      parent = parents[Int(parent)]
    }
  }

  /// The lines, from the top.
  func lines() -> [RosterLine] {
    var lines: [RosterLine] = []
    lines.reserveCapacity(order.count)
    var waiting = roots.filter { isNeeded[Int($0)] }.map { RosterLine(row: $0) }
    while var line = waiting.popLast() {
      let row = Int(line.row)
      let children = needed(childrenOf: row)
      line.isDimmed = !isWanted[row]
      line.fold = children.isEmpty ? .none : folded[row] ? .closed : .open
      lines.append(line)
      guard line.fold == .open else { continue }
      for (index, child) in children.enumerated().reversed() {
        waiting.append(below(line, child, isLast: index == children.count - 1))
      }
    }
    return lines
  }

  private func needed(childrenOf row: Int) -> [Int32] {
    var children: [Int32] = []
    var child = firstChild[row]
    while child != RosterTree.none {
      if isNeeded[Int(child)] { children.append(child) }
      child = nextSibling[Int(child)]
    }
    return children
  }

  private func below(_ parent: RosterLine, _ row: Int32, isLast: Bool) -> RosterLine {
    var line = RosterLine(row: row)
    line.depth = parent.depth &+ 1
    let bit = min(Int(line.depth), RosterTree.deepest)
    line.trunk = parent.trunk & ~(1 << UInt64(bit))
    if !isLast { line.trunk |= 1 << UInt64(bit) }
    return line
  }
}
