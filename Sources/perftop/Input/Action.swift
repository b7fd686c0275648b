import Monitors

/// Everything a key can do. Help, footer, key bindings and the README's table are made from this list.
enum Action: String, CaseIterable, Sendable {
  case focusMemory = "focus-memory"
  case focusStorage = "focus-storage"
  case focusBatching = "focus-batching"
  case focusQuality = "focus-quality"
  case focusThermal = "focus-thermal"
  case focusAlerts = "focus-alerts"
  case nextPane = "next-pane"
  case previousPane = "previous-pane"
  case zoom, back
  case down, up
  case pageDown = "page-down"
  case pageUp = "page-up"
  case first, last
  case search
  case nextMatch = "next-match"
  case previousMatch = "previous-match"
  case freeze
  case nextTarget = "next-target"
  case previousTarget = "previous-target"
  case acknowledge
  case acknowledgeAll = "acknowledge-all"
  case shelve, undo
  case faster, slower
  case collect, evict
  case applyBatch = "apply-batch"
  case signal
  case qualityDown = "quality-down"
  case qualityUp = "quality-up"
  case qualityAutomatic = "quality-auto"
  case operations, history, judgement
  case pick, mark, record
  case stepForward = "step-forward"
  case stepBack = "step-back"
  case goToTime = "go-to-time"
  case goToBegin = "go-to-begin"
  case goLive = "go-live"
  case palette
  case nextTheme = "next-theme"
  case help, repaint, suspend, quit
  case choose
  case markRow = "mark-row"
  case sort
  case reverseSort = "reverse-sort"
  case sortByCPU = "sort-cpu"
  case sortByMemory = "sort-memory"
  case sortByGrowth = "sort-growth"
  case sortByIO = "sort-io"
  case sortByName = "sort-name"
  case tree, fold, unfold

  /// Where on the screen a key means this action; one key may mean another one elsewhere.
  enum Place: Sendable {
    case everywhere, panes, picker
  }

  var place: Place {
    switch self {
    case .choose, .markRow, .sort, .reverseSort, .tree, .fold, .unfold, .sortByCPU, .sortByMemory,
      .sortByGrowth, .sortByIO, .sortByName:
      .picker
    case .back, .down, .up, .pageDown, .pageUp, .first, .last, .search, .nextTheme, .palette,
      .help, .repaint, .suspend, .quit, .faster, .slower:
      .everywhere
    default: .panes
    }
  }

  /// What an action reaches.
  enum Kind: Sendable {
    /// The screen alone.
    case view
    /// What operators share, or how perftop measures; never the target.
    case command
    /// The target: refused in a read-only session.
    case target
  }

  /// The name in the palette and in the configuration.
  var name: String { rawValue }

  /// The action of a name, as people write it: `page-down`, `page_down`, `Page Down`.
  init?(name: String) {
    self.init(rawValue: String(name.lowercased().map { "_ ".contains($0) ? "-" : $0 }))
  }

  var kind: Kind {
    switch self {
    case .collect, .evict, .applyBatch, .signal, .qualityDown, .qualityUp, .qualityAutomatic:
      .target
    case .acknowledge, .acknowledgeAll, .shelve, .undo, .faster, .slower, .mark, .record: .command
    default: .view
    }
  }

  /// What it sorts the list of processes by.
  var sorted: RosterSort? {
    switch self {
    case .sortByCPU: .cpu
    case .sortByMemory: .memory
    case .sortByGrowth: .growth
    case .sortByIO: .io
    case .sortByName: .name
    default: nil
    }
  }

  /// The list about the target that it opens and closes.
  var sheet: ViewState.Sheet? {
    switch self {
    case .operations: .operations
    case .history: .history
    case .judgement: .judgement
    default: nil
    }
  }

  /// Which pane it focuses.
  var focused: Word? {
    switch self {
    case .focusMemory: .memory
    case .focusStorage: .storage
    case .focusBatching: .batching
    case .focusQuality: .quality
    case .focusThermal: .thermal
    case .focusAlerts: .alerts
    default: nil
    }
  }

  /// The action that focuses a pane.
  init?(focusing word: Word) { self.init(rawValue: "focus-\(word.rawValue)") }
}
