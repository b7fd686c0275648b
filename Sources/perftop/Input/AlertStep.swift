import Monitors

/// What a line of advice says a key does, so that it can be done from where it stands.
///
///     AlertStep("C collects garbage").actions           // [.collect]
///     AlertStep("smaller batches; 3 Enter shows them")  // [.focusBatching, .zoom]
struct AlertStep: Sendable, Equatable {
  /// What is done, one after the other; empty where no key does it.
  let actions: [Action]

  /// Only what can't be meant as a word of the sentence.
  private static let known: [String: Action] = [
    "C": .collect, "E": .evict, "B": .applyBatch, "K": .signal, "J": .judgement, "H": .history,
    "o": .operations, "<": .qualityDown, ">": .qualityUp, "=": .qualityAutomatic,
    "1": .focusMemory, "2": .focusStorage, "3": .focusBatching, "4": .focusQuality,
    "5": .focusThermal,
  ]

  init(_ line: Printable) {
    for part in line.text.split(separator: ";") {
      var words = part.split(separator: " ")[...]
      guard let first = words.popFirst(), let action = AlertStep.known[String(first)],
        let next = words.first
      else { continue }
      actions = next.lowercased() == "enter" ? [action, .zoom] : [action]
      return
    }
    actions = []
  }

  /// The first step of an alert that a key does, with the line that says so.
  static func first(of alert: Alert) -> (line: Printable, step: AlertStep)? {
    for line in alert.actions {
      let step = AlertStep(line)
      if !step.actions.isEmpty { return (line, step) }
    }
    return nil
  }
}
