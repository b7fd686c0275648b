import Monitors

/// What makes a person look at the terminal: its bell, and a notice that it shows on the desktop.
struct AttentionCall: Equatable {
  /// Whether it rings.
  var rings = false
  /// What is shown; `nil` is nothing.
  var notice: Printable?
  /// The sequence that the terminal knows for it.
  var style = TerminalNotice.off

  private static let longestNotice = 200

  /// What is written for it; a terminal that shows what it does not understand only rings.
  func bytes(_ kind: TerminalKind) -> [UInt8] {
    let bell: [UInt8] = rings ? [7] : []
    guard kind.hasReports, let notice else { return bell }
    // A Printable has no control character that could end the sequence early.
    let text = String(notice.text.prefix(AttentionCall.longestNotice))
    switch style {
    case .off: return bell
    case .osc9: return Array("\u{1b}]9;\(text)\u{1b}\\".utf8) + bell
    case .osc777:
      let body = String(text.map { $0 == ";" ? "," : $0 })
      return Array("\u{1b}]777;notify;perftop;\(body)\u{1b}\\".utf8) + bell
    }
  }
}
