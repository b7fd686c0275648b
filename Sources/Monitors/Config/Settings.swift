/// Everything that can be set, in the order in which it is shown.
public enum Settings {
  /// The sections in their order, each with what it is about.
  public static let sections: [(name: String, summary: String)] = [
    ("memory", "what the target may use, and when that is worth a word"),
    ("storage", "how fast is too slow"),
    ("batching", "sizes of batches"),
    ("quality", "levels of quality, and what they mean"),
    ("thermal", "how hot is too hot"),
    ("alerts", "which rules watch, how patiently, and who is reminded"),
    ("system", "the machine as a whole"),
    ("operations", "operations of linked programs"),
    ("recording", "recordings"),
  ]

  /// All of them.
  public static let all: [Setting] =
    general + memory + storage + batching + quality + thermal + alerts + delivery + system
    + later
    + [targets, keys]

  /// The setting of a name; `nil` where there is none.
  public static func named(_ name: String) -> Setting? { all.first { $0.name == name } }

  private static let general: [Setting] = [
    .text(
      "profile", \.profileName, of: .choice(Profile.allCases.map(\.rawValue)),
      "the kind of machine whose defaults hold; auto looks what it is"),
    .text(
      "theme", \.theme, of: .name,
      "colours: a theme's name or file; auto leaves it to the terminal"),
    .number("interval", \.interval, 0.01...86400, "seconds between readings; -d comes first"),
    .flag(
      "children", \.includesChildren, effect: .atStart,
      "whether the children of what is watched count"),
    .text(
      "palette", \.palette, of: .choice([Config.automatic] + Config.palettes), effect: .atStart,
      "how many colours to use; auto asks the terminal"),
    .flag("ascii", \.isASCII, effect: .atStart, "whether to draw with ASCII characters only"),
    .flag("readonly", \.isReadOnly, effect: .atStart, "whether to let no action reach a target"),
  ]

  private static let targets = Setting(
    name: "targets", kind: .targets,
    summary: "commands that reach programs which are not linked", effect: .now,
    read: { .targets($0.targets) },
    write: { if case .targets(let value) = $1 { $0.targets = value } })

  private static let keys = Setting(
    name: "keys", kind: .bindings, summary: "keys of actions, in place of the usual ones",
    effect: .now,
    read: { .bindings($0.keys) },
    write: { if case .bindings(let value) = $1 { $0.keys = value } })
}

extension Config {
  /// The profile by its name.
  fileprivate var profileName: String {
    get { profile.rawValue }
    set { profile = Profile(rawValue: newValue) ?? .auto }
  }
}
