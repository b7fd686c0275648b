import Monitors

/// One row of the palette: something to be done, by its name.
struct PaletteEntry: Sendable, Equatable {
  /// What choosing it does.
  enum Request: Sendable, Equatable {
    case action(Action)
    case order(PaletteOrder)
    /// A word is missing: the text to go on with.
    case complete(String)
  }

  var request: Request
  var name: Printable
  var summary: Printable
  var keys: Printable = ""
  /// Why it can't be done now; `nil` when it can.
  var reason: Printable?
  /// Places in the name where the letters typed stand.
  var matched: [Int] = []
  fileprivate var score = 0
}

extension PaletteEntry {
  /// Everything that the text typed may stand for, the likeliest first.
  static func all(in scene: Scene) -> [PaletteEntry] {
    guard let state = scene.view.palette else { return [] }
    var below = scene
    below.view.overlay = state.under
    let text = state.text.drop { $0 == " " || $0 == ":" }
    if let space = text.firstIndex(of: " "),
      let verb = PaletteOrder.Verb(rawValue: String(text[..<space]))
    {
      let word = String(text[space...].drop { $0 == " " })
      let (verb, rest) = verb.instead(word) ?? (verb, word)
      return orders(verb, rest, in: below)
    }
    return ranked(verbs(below) + actions(below), by: String(text))
  }

  private static func actions(_ scene: Scene) -> [PaletteEntry] {
    Action.allCases.map { action in
      PaletteEntry(
        request: .action(action), name: Printable(action.name), summary: action.summary,
        keys: Printable(scene.keymap.keys(for: action).map(\.name.text).joined(separator: " ")),
        reason: action.reason(in: scene))
    }
  }

  private static func verbs(_ scene: Scene) -> [PaletteEntry] {
    PaletteOrder.Verb.allCases.filter { $0 != .shelve }.map { verb in
      PaletteEntry(verb, reason: verb.reason(in: scene))
    }
  }

  /// Those that match, best first; what can be done now goes before what can't.
  private static func ranked(_ entries: [PaletteEntry], by text: String) -> [PaletteEntry] {
    let found = entries.compactMap { entry -> PaletteEntry? in
      guard let match = match(text, entry) else { return nil }
      var entry = entry
      entry.score = match.score - (entry.reason == nil ? 0 : unableCost)
      entry.matched = match.places
      return entry
    }
    // By place where the score is the same: sorting alone need not keep the order.
    return found.enumerated()
      .sorted { ($1.element.score, $0.offset) < ($0.element.score, $1.offset) }.map(\.element)
  }

  private static let unableCost = 12

  /// In the name, letter by letter; else in the summary, as it was typed.
  private static func match(_ wanted: String, _ entry: PaletteEntry)
    -> (score: Int, places: [Int])?
  {
    if wanted.isEmpty { return (0, []) }
    if let found = FuzzyMatch(wanted, in: entry.name.text) { return (found.score, found.places) }
    let least = 3
    guard wanted.count >= least else { return nil }
    return entry.summary.holds(Printable(wanted.lowercased())) ? (-unableCost, []) : nil
  }

  private static func orders(_ verb: PaletteOrder.Verb, _ word: String, in scene: Scene)
    -> [PaletteEntry]
  {
    let reason = verb.reason(in: scene)
    let choices = verb.choices(in: scene).compactMap { choice -> PaletteEntry? in
      guard let request = request(verb.order(choice, in: scene)) else { return nil }
      return PaletteEntry(
        request: request, name: "\(Printable(verb.rawValue)) \(Printable(choice))",
        summary: verb.words(of: choice, in: scene) ?? verb.summary,
        reason: reason ?? verb.reason(of: choice, in: scene))
    }
    let prefix = verb.rawValue + " "
    var entries = choices.compactMap { entry -> PaletteEntry? in
      let rest = String(entry.name.text.dropFirst(prefix.count))
      guard let found = FuzzyMatch(word, in: rest) else { return nil }
      var entry = entry
      entry.score = found.score
      entry.matched = found.places.map { $0 + prefix.count }
      return entry
    }
    if !word.isEmpty { entries.sort { $0.score > $1.score } }
    let isListed = choices.contains { $0.name.text == prefix + word }
    let isMissing = verb != .theme || entries.isEmpty
    if !word.isEmpty, !isListed, isMissing { entries.insert(typed(verb, word, in: scene), at: 0) }
    let remarks = verb.remarks(in: scene).filter { $0.name.text.hasPrefix(word) }
    if choices.isEmpty || entries.first?.reason == nil { return entries + remarks }
    return remarks + entries
  }

  /// What choosing a row does: the order, or going on to type what it lacks.
  private static func request(_ order: Result<PaletteOrder, PaletteOrder.Refusal>) -> Request? {
    switch order {
    case .success(let order): .order(order)
    case .failure(let refusal): refusal.next.map(Request.complete)
    }
  }

  /// The row that leads to the words behind a verb.
  init(_ verb: PaletteOrder.Verb, reason: Printable?) {
    self.init(
      request: .complete(verb.rawValue + " "),
      name: "\(Printable(verb.rawValue)) \(verb.placeholder)", summary: verb.summary,
      reason: reason)
  }

  /// What was typed, though no list has it.
  private static func typed(_ verb: PaletteOrder.Verb, _ word: String, in scene: Scene)
    -> PaletteEntry
  {
    let name: Printable = "\(Printable(verb.rawValue)) \(Printable(word))"
    switch verb.order(word, in: scene) {
    case .success(let order):
      return PaletteEntry(
        request: .order(order), name: name, summary: verb.summary, reason: verb.reason(in: scene))
    case .failure(let refusal):
      let isOpen = refusal.next != nil
      return PaletteEntry(
        request: .complete(refusal.next ?? "\(verb.rawValue) \(word)"), name: name,
        summary: isOpen ? refusal.sentence : verb.summary,
        reason: isOpen ? verb.reason(in: scene) : refusal.sentence)
    }
  }
}
