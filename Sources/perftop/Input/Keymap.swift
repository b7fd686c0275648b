import Monitors

/// Which key does what.
struct Keymap: Sendable {
  private let actions: [Key: [Action]]
  private let keys: [Action: [Key]]

  /// Why keys can't be bound as asked.
  enum Conflict: Error, Equatable {
    case unknownAction(String)
    case unknownKey(String)
    /// One key for two actions.
    case taken(key: String, by: Action, also: Action)
    /// A key that belongs to the terminal, the multiplexer or the line.
    case reserved(String)

    var sentence: Printable {
      switch self {
      case .unknownAction(let name): "\(Printable(name)): no such action"
      case .unknownKey(let name): "\(Printable(name)): no such key"
      case .taken(let key, let first, let second):
        "\(Printable(key)): bound to \(Printable(first.name)) and to \(Printable(second.name))"
      case .reserved(let name): "\(Printable(name)): can't be bound"
      }
    }
  }

  /// Never bound: the prefixes of screen and tmux, and what stops and starts the line.
  static let reserved: Set<Key> = [.control("a"), .control("b"), .control("s"), .control("q")]
  /// The way out is always open.
  private static let fixed: [Key: Action] = [
    .control("c"): .quit, .escape: .back, .control("z"): .suspend,
  ]

  /// The default keys.
  static let standard = Keymap(
    bindings: Dictionary(grouping: Keymap.defaults, by: \.1).mapValues { $0.map(\.0) })

  private static let defaults = Action.allCases.flatMap { action in
    action.defaultKeys.map { ($0, action) }
  }

  private init(bindings: [Action: [Key]]) {
    keys = bindings
    var found: [Key: [Action]] = [:]
    for (action, keys) in bindings { for key in keys { found[key, default: []].append(action) } }
    actions = found.merging(Keymap.fixed.mapValues { [$0] }) { $1 }
  }

  /// The default keys, except for the actions named here, which have exactly the keys given.
  init(overrides: [String: [String]]) throws(Conflict) {
    var bindings: [Action: [Key]] = [:]
    for action in Action.allCases { bindings[action] = action.defaultKeys }
    for (name, names) in overrides.sorted(by: { $0.key < $1.key }) {
      guard let action = Action(rawValue: name) else { throw .unknownAction(name) }
      bindings[action] = try Keymap.keys(names)
    }
    try Keymap.check(bindings)
    self.init(bindings: bindings)
  }

  private static func keys(_ names: [String]) throws(Conflict) -> [Key] {
    var found: [Key] = []
    for name in names {
      guard let key = Key(name: name) else { throw .unknownKey(name) }
      guard !reserved.contains(key) else { throw .reserved(name) }
      found.append(key)
    }
    return found
  }

  private static func check(_ bindings: [Action: [Key]]) throws(Conflict) {
    var owners = fixed.mapValues { [$0] }
    for action in Action.allCases {
      for key in bindings[action] ?? [] {
        let rival = owners[key]?.first { $0 != action && $0.place.meets(action.place) }
        if let rival { throw .taken(key: key.name.text, by: rival, also: action) }
        owners[key, default: []].append(action)
      }
    }
  }

  /// What a key does; `nil` where it does nothing.
  func action(for key: Key, in place: Action.Place = .panes) -> Action? {
    actions[key]?.first { $0.place.meets(place) }
  }

  /// The keys of an action.
  func keys(for action: Action) -> [Key] { keys[action] ?? [] }

  /// What a key does while something lies over the panes: the keys that open help also close it, and so does q.
  func action(for key: Key, under overlay: ViewState.Overlay) -> Action? {
    let action = action(for: key, in: overlay == .picker ? .picker : .panes)
    guard overlay == .help else { return action }
    switch action {
    case .help: return .back
    case .quit: return key == .control("c") ? .quit : .back
    case .back, .down, .up, .pageDown, .pageUp, .first, .last, .search, .nextMatch, .previousMatch,
      .repaint, .suspend, .nextTheme:
      return action
    default: return nil
    }
  }
}

extension Action.Place {
  /// Whether a key pressed in one of them may mean something in the other.
  func meets(_ other: Action.Place) -> Bool {
    self == other || self == .everywhere || other == .everywhere
  }
}
