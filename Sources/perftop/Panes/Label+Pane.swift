import Monitors

extension Label {
  /// A headline in the colour of its severity, once that is worth one.
  static func headline(_ sentence: Printable, _ severity: Severity) -> Label {
    severity > .info ? Label(sentence, severity.role, .bold) : Label(sentence)
  }

  /// A value that comes with time.
  static let notYet = Label(Absence.notYet.brief, .dim)

  /// `3.1 /s`
  static func perSecond(_ value: Double) -> Label {
    Label(Printable(Units.fixed(value, digits: value < 10 ? 1 : 0) + " /s"))
  }
}

extension Figure {
  init(_ name: Printable, _ value: Label) {
    self.name = name
    self.value = value
  }
}

extension PaneContent {
  /// Without a target there is a sentence, and what was recorded of one that has ended.
  init(noTarget reason: Printable, graphs: [Graph]) {
    self.init(headline: Label(reason, .text, .bold), graphs: graphs)
  }
}

extension Printable {
  /// Whether another text stands in this one; the standard library's search is slow enough to show in a frame.
  func holds(_ part: Printable) -> Bool {
    let whole = Array(text.utf8)
    let wanted = Array(part.text.utf8)
    guard wanted.count <= whole.count else { return false }
    return (0...whole.count - wanted.count).contains { start in
      whole[start..<start + wanted.count].elementsEqual(wanted)
    }
  }
}
