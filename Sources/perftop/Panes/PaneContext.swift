import Monitors

/// What a pane is told besides its reading: how it is looked at, and when.
struct PaneContext: Sendable, Equatable {
  /// The key that focuses it, where that is not the usual one; empty where none does.
  var key: Printable?
  /// Whether keys go to it.
  var isFocused = false
  /// Whether it has the whole screen.
  var isZoomed = false
  /// The first line shown of a zoomed pane's details.
  var scroll = 0
  /// When the sample was taken; what ages are counted from.
  var now = Moment(nanoseconds: 0)
  /// Seconds between samples.
  var interval = 1.0
  /// When the places of the graphs were taken.
  var times = SampleTimes()
  /// What happened, for the time axis.
  var marks: [Mark] = []
  /// Why there is no target to show, as a sentence; `nil` while there is one.
  var noTarget: Printable?
  /// Whether temperatures are made up by the demo.
  var isSimulated = false
  /// The id of the selected alert.
  var selectedAlert: String?
  /// Where the pane's own value is going, while it has the whole screen; empty where that is not known.
  var trend: Printable = ""
  /// What is to come of what the pane shows, a line each.
  var expected: [Label] = []
}

extension Printable {
  /// The same in one unit, for a narrow column: `66 min`, `4 h`, `3 d`.
  static func roughAge(seconds: Double) -> Printable {
    guard seconds.isFinite else { return "now" }
    if seconds < 6000 {
      return seconds < 3600 ? age(seconds: seconds) : "\(Int(seconds) / 60) min"
    }
    let hours = Int(min(seconds, 1e10) / 3600)
    return hours < 72 ? "\(hours) h" : "\(hours / 24) d"
  }

  /// How long something has lasted, in steps coarse enough that a quiet screen stays quiet.
  static func age(seconds: Double) -> Printable {
    guard seconds.isFinite, seconds >= 5 else { return "now" }
    if seconds < 60 { return "\(Int(seconds / 10) * 10 + (seconds < 10 ? 5 : 0)) s" }
    let minutes = Int(min(seconds, 1e10) / 60)
    if minutes < 60 { return "\(minutes) min" }
    if minutes < 1440 { return "\(minutes / 60) h \(minutes % 60) min" }
    return "\(minutes / 1440) d \(minutes % 1440 / 60) h"
  }
}
