/// What perftop ends with; help and manual read this one list.
enum ExitStatus: Int32, CaseIterable, Sendable {
  case well, failed, usage, noProcess, notPermitted, terminal

  /// What it means.
  var meaning: String {
    switch self {
    case .well: "all is well"
    case .failed: "something failed, or an alert at or above --fail-on"
    case .usage: "the command line makes no sense"
    case .noProcess: "no such process"
    case .notPermitted: "not permitted"
    case .terminal: "the terminal can not be used"
    }
  }

  /// What holds where a program was launched.
  static let ofProgram = "With -- COMMAND: the program's own, 128+n if signal n ended it."
}
