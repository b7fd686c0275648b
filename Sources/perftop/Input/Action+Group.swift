import Monitors

extension Action {
  /// What belongs together in help and in the README.
  enum Group: CaseIterable, Sendable {
    case moving, panes, alerts, targets, acting, recording, replay, picker, general

    var title: Printable {
      switch self {
      case .moving: "Moving"
      case .panes: "Panes"
      case .alerts: "Alerts"
      case .targets: "Targets"
      case .acting: "Acting on the target"
      case .recording: "Recording"
      case .replay: "Replay"
      case .picker: "List of processes"
      case .general: "General"
      }
    }

    var actions: [Action] { Action.allCases.filter { $0.group == self } }
  }

  var group: Group {
    switch self {
    case .down, .up, .pageDown, .pageUp, .first, .last, .search, .nextMatch, .previousMatch:
      .moving
    case .focusMemory, .focusStorage, .focusBatching, .focusQuality, .focusThermal, .focusAlerts,
      .nextPane, .previousPane, .zoom, .freeze, .operations, .history,
      .judgement:
      .panes
    case .acknowledge, .acknowledgeAll, .shelve, .undo: .alerts
    case .pick, .nextTarget, .previousTarget: .targets
    case .mark, .record: .recording
    case .stepForward, .stepBack, .goToTime, .goToBegin, .goLive: .replay
    case .help, .palette, .back, .faster, .slower, .nextTheme, .repaint, .suspend, .quit: .general
    default: place == .picker ? .picker : kind == .target ? .acting : .general
    }
  }
}
