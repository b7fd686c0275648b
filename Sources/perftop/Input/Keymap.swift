import Monitors

/// Which key does what.
struct Keymap: Sendable {
  private let actions: [Key: [Action]]
  private let keys: [Action: [Key]]
  /// What was asked for and can't be; the actions it is about have their default keys.
  let problems: [KeyBindings.Problem]

  /// The default keys.
  static let standard = Keymap(overrides: [:])

  /// The default keys, except for the actions named here, which have exactly the keys given.
  init(overrides: [String: [String]]) {
    let bindings = KeyBindings(overrides)
    keys = bindings.keys
    problems = bindings.problems
    var found: [Key: [Action]] = [:]
    for (action, keys) in bindings.keys {
      for key in keys { found[key, default: []].append(action) }
    }
    actions = found
  }

  /// What a key does; `nil` where it does nothing.
  func action(for key: Key, in place: Action.Place = .panes) -> Action? {
    actions[key]?.first { $0.place.meets(place) }
  }

  /// The keys of an action; none where it is only in the palette.
  func keys(for action: Action) -> [Key] { keys[action] ?? [] }

  /// What to press for an action, as a word in a sentence: its first key, else its name in the palette.
  func name(of action: Action) -> Printable {
    if let key = keys(for: action).first { return key.name }
    guard let palette = keys(for: .palette).first?.name else { return Printable(action.name) }
    return "\(palette) \(Printable(action.name))"
  }

  /// What a key does while something lies over the panes: the keys that open help also close it, and so does q.
  func action(for key: Key, under overlay: ViewState.Overlay) -> Action? {
    let action = action(for: key, in: overlay == .picker ? .picker : .panes)
    guard overlay.isText, let action else { return action }
    switch action {
    case .help where overlay == .help: return .back
    case .quit: return key == .control("c") ? .quit : .back
    default: return action.sheet.map { overlay == .sheet($0) } == true ? .back : action
    }
  }
}

extension Action.Place {
  /// Whether a key pressed in one of them may mean something in the other.
  func meets(_ other: Action.Place) -> Bool {
    self == other || self == .everywhere || other == .everywhere
  }
}
