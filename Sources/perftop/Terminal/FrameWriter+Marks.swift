/// Bytes that ncurses knows nothing of.
extension FrameWriter {
  /// From here the terminal should collect …
  static let frameBegin = Array("\u{1b}[?2026h".utf8)
  /// … and here show it all at once.
  static let frameEnd = Array("\u{1b}[?2026l".utf8)

  /// Asks for mouse reports with any number of columns, and for pastes to be marked.
  static func enterBytes(_ kind: TerminalKind) -> [UInt8] {
    kind.hasReports ? Array("\u{1b}[?1000h\u{1b}[?1006h\u{1b}[?2004h".utf8) : []
  }

  /// Undoes that, and ends a sequence that was cut off.
  static func leaveBytes(_ kind: TerminalKind) -> [UInt8] {
    let marks = kind.answersQuestions ? frameEnd : []
    let reports = "\u{18}\u{1b}[?1006l\u{1b}[?1000l\u{1b}[?2004l"
    return kind.hasReports ? Array(reports.utf8) + marks : []
  }
}
