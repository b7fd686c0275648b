import Monitors

extension Action {
  /// What belongs together in help and in the README.
  enum Group: CaseIterable, Sendable {
    case moving, panes, alerts, target, recording, picker, general

    var title: Printable {
      switch self {
      case .moving: "Moving"
      case .panes: "Panes"
      case .alerts: "Alerts"
      case .target: "Target"
      case .recording: "Recording and replay"
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
      .nextPane, .previousPane, .zoom, .freeze:
      .panes
    case .acknowledge, .acknowledgeAll, .shelve, .undo: .alerts
    case .pick, .nextTarget, .previousTarget: .target
    case .mark, .record, .stepForward, .stepBack, .goToTime, .goToBegin, .goLive: .recording
    case .help, .palette, .back, .faster, .slower, .nextTheme, .repaint, .suspend, .quit: .general
    default: place == .picker ? .picker : kind == .target ? .target : .general
    }
  }
}
