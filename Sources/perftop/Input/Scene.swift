import Monitors

/// What actions are held against: what is on the screen, how it is looked at, and with which keys.
struct Scene: Sendable {
  var snapshots: [Snapshot]
  var view: ViewState
  var keymap = Keymap.standard
  /// How large the screen is; `nil` where that does not matter.
  var size: Size?

  /// The snapshot on the screen, where there is one.
  var snapshot: Snapshot? {
    let shown = view.frozen ?? snapshots
    return shown.indices.contains(view.target) ? shown[view.target] : shown.first
  }

  /// The size of batches that could be applied.
  var suggestedBatch: Int? { snapshot?.batching.suggested }

  /// Whether there is room for a pane at all.
  var hasPanes: Bool {
    guard let size else { return true }
    return size.width >= Scene.smallest.width && size.height >= Scene.smallest.height
  }

  /// The least that shows panes; below it there are only lines.
  static let smallest = Size(width: 20, height: 5)
}
