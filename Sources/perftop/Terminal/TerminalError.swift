import Monitors

/// Why a screen can't be opened.
enum TerminalError: Error, Equatable {
  case outputNotATerminal
  case inputNotATerminal
  case typeMissing
  case typeUnknown(Printable)
  /// It can't place a cursor, so there is no screen to draw on; text is still possible.
  case typeTooSimple(Printable)
  /// The description that was found leads out of itself.
  case typeDamaged(Printable)
  case system(Printable)

  /// What is wrong.
  var sentence: Printable {
    switch self {
    case .outputNotATerminal: "terminal: standard output is not a terminal"
    case .inputNotATerminal: "terminal: standard input is not a terminal"
    case .typeMissing: "terminal: TERM is empty"
    case .typeUnknown(let name): "terminal: TERM is \(name), which this machine does not know"
    case .typeTooSimple(let name): "terminal: TERM is \(name), which can not place a cursor"
    case .typeDamaged(let path): "terminal: its description is damaged: \(path)"
    case .system(let reason): "terminal: \(reason)"
    }
  }

  /// What to do about it.
  var advice: Printable {
    switch self {
    case .outputNotATerminal, .inputNotATerminal, .typeTooSimple:
      "perftop snapshot does without one"
    case .typeMissing, .typeUnknown:
      "set it to what your terminal is, in most cases: export TERM=xterm-256color"
    case .typeDamaged: "remove that file, or write it anew with tic(1)"
    case .system: "perftop snapshot does without a terminal"
    }
  }
}
