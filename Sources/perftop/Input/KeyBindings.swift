import Monitors

/// The keys of each action: the defaults, changed as a person asks for, as far as that can be done.
///
/// What can't be done is told, and the action it was asked for keeps its default keys.
struct KeyBindings: Sendable {
  /// Something asked for that can't be.
  struct Problem: Error, Sendable, Equatable {
    /// The action's name as it was written.
    var action: String
    /// The key's name as it was written; `nil` where the action is what is wrong.
    var key: String?
    /// What is wrong, and what was probably meant.
    var reason: Printable

    /// `freeze: q: quit has it too`
    var sentence: Printable { "\(Printable(action)): \(explanation)" }

    /// The same, where the action is named already.
    var explanation: Printable {
      let key: Printable = key.map { "\(Printable($0)): " } ?? ""
      return "\(key)\(reason)"
    }
  }

  private(set) var keys: [Action: [Key]] = [:]
  private(set) var problems: [Problem] = []
  /// Actions that have other keys than the usual ones, by the name they were written with.
  private var asked: [Action: String] = [:]
  private var suggestions = Suggestions()

  /// Never bound: the prefixes of screen and tmux, and what stops and starts the line.
  static let reserved: [Key: Printable] = [
    .control("a"): "screen needs it", .control("b"): "tmux needs it",
    .control("s"): "it stops the line", .control("q"): "it starts the line again",
  ]
  /// The way out is always open.
  static let fixed: [Key: Action] = [
    .control("c"): .quit, .escape: .back, .control("z"): .suspend,
  ]

  /// Names of actions, each with names of keys.
  init(_ overrides: [String: [String]] = [:]) {
    for action in Action.allCases { keys[action] = action.defaultKeys }
    for (name, names) in overrides.sorted(by: { $0.key < $1.key }) { bind(name, names) }
    while let problem = nextConflict() { problems.append(problem) }
    for (key, action) in KeyBindings.fixed where keys[action]?.contains(key) == false {
      keys[action, default: []].append(key)
    }
  }

  private mutating func bind(_ name: String, _ names: [String]) {
    guard let action = Action(name: name) else {
      let near = suggestions.nearest(name, among: Action.allCases.map(\.name))
      problems.append(Problem(action: name, reason: "no such action\(KeyBindings.meant(near))"))
      return
    }
    if let other = asked[action] {
      let reason: Printable = "the same action as \(Printable(other))"
      problems.append(Problem(action: name, reason: reason))
      return
    }
    var found: [(key: Key?, problem: Problem?)] = []
    for written in names { found.append(key(written, for: action, named: name)) }
    let refused = found.compactMap { $0.problem }
    guard refused.isEmpty else {
      problems += refused
      return
    }
    asked[action] = name
    keys[action] = found.compactMap(\.key).reduce(into: []) { keys, key in
      if !keys.contains(key) { keys.append(key) }
    }
  }

  private mutating func key(_ written: String, for action: Action, named name: String)
    -> (key: Key?, problem: Problem?)
  {
    func refuse(_ reason: Printable) -> (key: Key?, problem: Problem?) {
      (nil, Problem(action: name, key: written, reason: reason))
    }
    guard let key = Key(name: written) else {
      let near = suggestions.nearest(written.lowercased(), among: Key.names)
      return refuse("no such key\(KeyBindings.meant(near))")
    }
    if let reason = KeyBindings.reserved[key] { return refuse("can't be bound, \(reason)") }
    if let owner = KeyBindings.fixed[key], owner != action {
      return refuse("always means \(Printable(owner.name))")
    }
    return (key, nil)
  }

  private static func meant(_ near: String?) -> Printable {
    near.map { " (did you mean \(Printable($0))?)" } ?? ""
  }

  /// Finds two actions on one key, gives those of the two that were changed their usual keys again, and says so.
  private mutating func nextConflict() -> Problem? {
    var owners: [Key: [Action]] = [:]
    for action in Action.allCases {
      for key in keys[action] ?? [] {
        let rival = owners[key]?.first { $0.place.meets(action.place) }
        if let rival { return settle(key, rival, action) }
        owners[key, default: []].append(action)
      }
    }
    return nil
  }

  private mutating func settle(_ key: Key, _ first: Action, _ second: Action) -> Problem? {
    let changed = [first, second].filter { asked[$0] != nil }
    // The usual keys never meet each other, so one of the two was changed.
    guard let blamed = changed.last else { return nil }
    let other = blamed == first ? second : first
    let name = asked[blamed] ?? blamed.name
    for action in changed {
      asked[action] = nil
      keys[action] = action.defaultKeys
    }
    let kept: Printable =
      changed.count > 1
      ? "both keep their usual keys" : "\(Printable(blamed.name)) keeps \(usual(blamed))"
    let reason: Printable = "\(Printable(other.name)) has it too; \(kept)"
    return Problem(action: name, key: key.name.text, reason: reason)
  }

  private func usual(_ action: Action) -> Printable {
    Printable(action.defaultKeys.map(\.name.text).joined(separator: " and "))
  }
}
