import Monitors

extension Action {
  /// What it does, for help and palette.
  var summary: Printable {
    switch self {
    case .focusMemory, .focusStorage, .focusBatching, .focusQuality, .focusThermal, .focusAlerts:
      "focus the \(Printable(focused?.title ?? "")) pane"
    case .nextPane: "next pane"
    case .previousPane: "previous pane"
    case .zoom: "give the focused pane the whole screen"
    case .back: "close what is open; never quits"
    case .down: "move down"
    case .up: "move up"
    case .pageDown: "a page down"
    case .pageUp: "a page up"
    case .first: "to the top"
    case .last: "to the bottom"
    case .search: "filter processes; search a zoomed pane, alerts or help"
    case .nextMatch: "next match"
    case .previousMatch: "previous match"
    case .freeze: "freeze and thaw the view"
    case .nextTarget: "next target"
    case .previousTarget: "previous target"
    case .acknowledge: "acknowledge the selected alert"
    case .acknowledgeAll: "acknowledge all alerts"
    case .shelve: "shelve the selected alert for a time"
    case .undo: "undo the last acknowledge or shelve"
    case .faster: "interval shorter"
    case .slower: "interval longer"
    default: laterSummary
    }
  }

  private var laterSummary: Printable {
    switch self {
    case .collect: "collect garbage in the target"
    case .evict: "evict caches of the target"
    case .applyBatch: "apply the suggested batch size"
    case .signal: "send the target a signal"
    case .qualityDown: "quality level down"
    case .qualityUp: "quality level up"
    case .qualityAutomatic: "quality back to automatic"
    case .operations: "operations of the target, with those under way"
    case .history: "what was done to the target, and what came of it"
    case .judgement: "how well the target is: score, bottlenecks, forecasts, trends"
    case .pick: "pick another process"
    case .mark: "mark this moment in the recording"
    case .record: "recorder on, off, keep after I leave"
    case .stepForward: "step forward"
    case .stepBack: "step back"
    case .goToTime: "go to a time"
    case .goToBegin: "go to the beginning"
    case .goLive: "back to live"
    case .palette: "do any action by its name"
    case .nextTheme: "next theme"
    case .help: "help"
    case .repaint: "paint the screen afresh"
    case .suspend: "suspend"
    case .quit: "quit"
    case .choose: "watch the process under the cursor, or all that are marked"
    case .markRow: "mark the process, to watch several"
    case .sort: "sort by the next column"
    case .reverseSort: "sort the other way round"
    case .sortByCPU, .sortByMemory, .sortByGrowth, .sortByIO, .sortByName:
      "sort by \(Printable(sorted?.words ?? ""))"
    case .tree: "processes as a tree, or as a list"
    case .fold: "hide what the process has started; again: to who started it"
    case .unfold: "show what the process has started"
    default: ""
    }
  }

  /// The keys it has unless the configuration says otherwise.
  var defaultKeys: [Key] {
    switch self {
    case .focusMemory, .focusStorage, .focusBatching, .focusQuality, .focusThermal, .focusAlerts:
      (focused?.place).map { [.character(Character(String($0)))] } ?? []
    case .nextPane: [.tab]
    case .previousPane: [.backTab]
    case .zoom: [.enter]
    case .back: [.escape]
    case .down: [.character("j"), .down]
    case .up: [.character("k"), .up]
    case .pageDown: [.pageDown, .control("f"), .control("d")]
    case .pageUp: [.pageUp, .control("u")]
    case .first: [.character("g"), .home]
    case .last: [.character("G"), .end]
    case .nextTheme: [.character("c")]
    case .help: [.character("?"), .character("h"), .function(1)]
    case .repaint: [.control("l")]
    case .suspend: [.control("z")]
    case .quit: [.character("q"), .control("c")]
    case .choose: [.enter]
    case .markRow: [.character(" ")]
    case .sort: [.character("s"), .function(6)]
    case .reverseSort: [.character("I"), .character("r")]
    case .tree: [.character("t"), .function(5)]
    case .fold: [.left]
    case .unfold: [.right]
    default: letters.map(Key.character)
    }
  }

  private var letters: [Character] {
    switch self {
    case .search: ["/"]
    case .nextMatch: ["n"]
    case .previousMatch: ["N"]
    case .freeze: [" "]
    case .nextTarget: ["]", "."]
    case .previousTarget: ["[", ","]
    case .acknowledge: ["a"]
    case .acknowledgeAll: ["A"]
    case .shelve: ["s"]
    case .undo: ["u"]
    case .faster: ["+"]
    case .slower: ["-"]
    case .collect: ["C"]
    case .evict: ["E"]
    case .applyBatch: ["B"]
    case .signal: ["K"]
    case .qualityDown: ["<"]
    case .qualityUp: [">"]
    case .qualityAutomatic: ["="]
    case .operations: ["o"]
    case .history: ["H"]
    case .judgement: ["J"]
    case .pick: ["p"]
    case .mark: ["m"]
    case .record: ["R"]
    case .stepForward: ["t"]
    case .stepBack: ["T"]
    case .goToTime: ["b"]
    case .goToBegin: ["r"]
    case .goLive: ["Z"]
    case .palette: [":"]
    case .sortByCPU: ["P"]
    case .sortByMemory: ["M"]
    case .sortByGrowth: ["W"]
    case .sortByIO: ["D"]
    case .sortByName: ["N"]
    default: []
    }
  }
}
