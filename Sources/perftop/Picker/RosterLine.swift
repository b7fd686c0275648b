/// One line of the list of processes, as far as it can be known before it is drawn.
struct RosterLine: Sendable, Equatable {
  /// Which row it shows; `ended` for the one under the cursor that is no longer among them.
  var row: Int32
  /// How deep it stands in the tree; 0 in a list.
  var depth: UInt16 = 0
  /// Bit n: whether something follows below the line's ancestor at depth n, or the line itself at its own.
  var trunk: UInt64 = 0
  /// Whether it has children, and whether they are hidden.
  var fold = Fold.none
  /// Whether it stands here only for the sake of what it has started.
  var isDimmed = false

  enum Fold: UInt8, Sendable { case none, open, closed }

  static let ended: Int32 = -1

  init(row: Int32) { self.row = row }
}
