import Monitors

/// What the person at the screen has chosen to look at; no measurement is in here.
struct ViewState: Sendable, Equatable {
  /// What lies over the panes.
  enum Overlay: Sendable, Equatable {
    case none
    case help
    /// The list of all processes.
    case picker
    /// Every action by name.
    case palette
    /// A question that the next keys answer: how long to shelve the alert of this id.
    case shelve(alert: String)
  }

  /// The pane with the focus; the first one shown when there is room for few.
  var focus = Word.memory
  /// Whether the focused pane has the whole screen.
  var isZoomed = false
  /// The snapshots that were on the screen when it was frozen.
  var frozen: [Snapshot]?
  /// Closing anything else comes back to the list of processes while that is open.
  var overlay = Overlay.none {
    didSet { if overlay == .none, isPicking { overlay = .picker } }
  }
  /// Whether the list of all processes is open, alone or under help.
  var isPicking = false {
    didSet { overlay = isPicking ? .picker : .none }
  }
  /// The list of all processes.
  var picker = PickerState()
  /// The id of the selected alert; rows may move, the selection stays with its alert.
  var selectedAlert: String?
  /// First line shown of a zoomed pane or of help.
  var scroll = 0
  /// Which of several targets is shown.
  var target = 0
  /// What the last key did, or why it did nothing: shown in the footer.
  var message: Printable?
  /// Whether actions on the target are refused.
  var isReadOnly = false
  /// What is being searched for in a zoomed pane or in help; `nil` when nothing is.
  var search: String?
  /// Whether keys go into the search text.
  var isTyping = false
  /// Since when no reading has come, once that is too long; what is on the screen is old.
  var stalledSince: Moment?
  /// The interval asked for, until a reading comes that has it.
  var askedInterval: Double?
}

/// What actions are held against: what is on the screen and how it is looked at.
struct Scene: Sendable {
  var snapshots: [Snapshot]
  var view: ViewState

  /// The snapshot on the screen, where there is one.
  var snapshot: Snapshot? {
    let shown = view.frozen ?? snapshots
    return shown.indices.contains(view.target) ? shown[view.target] : shown.first
  }
}
