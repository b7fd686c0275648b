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
    /// A list about the target that has the whole screen.
    case sheet(Sheet)

    /// Whether it is text that scrolls.
    var isText: Bool {
      switch self {
      case .help, .sheet: true
      case .none, .picker, .palette, .shelve: false
      }
    }
  }

  /// What a list about the target tells.
  enum Sheet: Sendable, Equatable {
    case operations
    /// What was done to it.
    case history
    /// How well it is, and what holds it back.
    case judgement
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
  /// How many orders went to targets: the number of the last one.
  var orders: UInt64 = 0
  /// Whether actions on the target are refused.
  var isReadOnly = false
  /// What is being searched for in a zoomed pane or in help; `nil` when nothing is.
  var search: String?
  /// Whether keys go into the search text.
  var isTyping = false
  /// Where the search began: what is gone back to when it is given up.
  var searchStart = SearchStart()
  /// What is typed and chosen in the palette; `nil` when it is closed.
  var palette: PaletteState?
  /// Since when no reading has come, once that is too long; what is on the screen is old.
  var stalledSince: Moment?
  /// The interval asked for, until a reading comes that has it.
  var askedInterval: Double?
  /// Whether the interval was set by hand, which goes before what the settings say.
  var hasSetInterval = false
  /// What was chosen from the list, until the engine says whether it is watched.
  var asked: AskedTargets?
  /// What is watched in place of what perftop was started with; `nil` where that is watched still.
  var chosen: [ProcessKey]?
}

/// Processes that are to be watched, and the last outcome before they were asked for.
struct AskedTargets: Sendable, Equatable {
  var keys: [ProcessKey]
  var after: Moment?
}

/// What was on the screen when a search began.
struct SearchStart: Sendable, Equatable {
  var scroll = 0
  var selectedAlert: String?
}

/// What is typed and chosen in the list of every action by name.
struct PaletteState: Sendable, Equatable {
  var text = ""
  /// The place of the chosen row among those that match.
  var selected = 0
  /// What lay over the panes before, and does again afterwards.
  var under = ViewState.Overlay.none
  /// Names of the themes there are.
  var themes: [String] = []
}
