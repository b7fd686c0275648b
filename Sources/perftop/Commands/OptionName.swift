/// Every option: parser, help and refusals all read this one list.
enum OptionName: String, Sendable, CaseIterable {
  case pid, name, delay
  case noChildren = "no-children"
  case readonly
  case killOnExit = "kill-on-exit"
  case asRoot = "as-root"
  case seconds, json, jsonl, count, theme
  case themesDir = "themes-dir"
  case palette
  case noColor = "no-color"
  case ascii, sysroot
  case resetTerminal = "reset-terminal"
  case config
  case yes, explain
  case span = "for"
  case failOn = "fail-on"
  case search, limit, stats
  case help, version
  case plain

  /// As it is written in full: `--delay`.
  var long: String { "--\(rawValue)" }

  /// Its letter: `d` of `-d`.
  var letter: Character? {
    switch self {
    case .pid: "p"
    case .name: "n"
    case .delay: "d"
    case .help: "h"
    case .version: "V"
    default: nil
    }
  }

  /// What stands for its value in help; `nil` for one that takes none.
  var placeholder: String? {
    switch self {
    case .pid: "PID[,PID...]"
    case .name: "NAME|REGEX"
    case .delay: "SECONDS"
    case .seconds, .count, .limit: "N"
    case .span: "TIME"
    case .failOn: Invocation.Check.limits.map(\.rawValue).joined(separator: "|")
    case .search: "WORDS"
    case .theme: "NAME|FILE"
    case .themesDir, .sysroot: "DIR"
    case .palette: Invocation.Colours.allCases.map(\.rawValue).joined(separator: "|")
    case .config: "FILE"
    default: nil
    }
  }

  /// Whether it comes in a later version.
  var isLater: Bool { self == .plain }

  /// The commands that know it; empty means all of them.
  var commands: [CommandName] {
    switch self {
    case .pid: [.watch, .snapshot, .check, .send, .doctor]
    case .name: [.watch, .snapshot, .check, .doctor]
    case .noChildren: [.watch, .launch, .snapshot, .check]
    case .readonly: [.watch, .launch, .demo, .send]
    case .yes: [.send]
    case .explain: [.analyze]
    case .span: [.check, .alerts]
    case .search, .limit, .stats: [.alerts]
    case .theme, .themesDir, .palette, .noColor: [.watch, .launch, .demo, .themes]
    case .ascii:
      [.watch, .launch, .demo, .snapshot, .check, .send, .doctor, .analyze, .themes, .alerts]
    case .killOnExit, .asRoot: [.launch]
    case .seconds: [.demo]
    case .failOn: [.check]
    case .json: [.snapshot, .check, .analyze, .alerts]
    case .jsonl, .count: [.snapshot]
    case .delay: [.watch, .launch, .demo, .snapshot, .check]
    case .sysroot: [.watch, .snapshot, .check, .send, .doctor]
    case .resetTerminal: [.watch]
    case .config: [.watch, .launch, .demo, .snapshot, .check, .send, .config, .alerts]
    case .help, .version, .plain: []
    }
  }

  /// The only command that knows it; `nil` where several do, or the screen itself.
  var owner: CommandName? { commands.count == 1 && commands != [.watch] ? commands.first : nil }

  func belongs(to command: CommandName) -> Bool {
    commands.isEmpty || commands.contains(command)
  }

  /// What it does, in one sentence without a full stop.
  var summary: String {
    switch self {
    case .pid: "watch these processes; may be given more than once"
    case .name: "watch what has this name or matches this expression"
    case .delay: "time between readings: 0.5, 500ms, 2s; default 1, shortest 10ms"
    case .noChildren: "leave out the children of what is watched"
    case .readonly: "let no action reach a target"
    case .killOnExit: "end the launched program when perftop ends"
    case .asRoot: "under sudo, run the program as root"
    case .seconds: "end by itself after so many seconds"
    case .json: "print JSON: one object a target, a file or an alert"
    case .jsonl: "print one JSON object a line, again and again"
    case .count: "stop after so many readings"
    case .theme: "colours: the name of a theme, or a theme file"
    case .themesDir: "where themes are looked for first"
    case .palette: "how many colours to use"
    case .noColor: "no colours, as with NO_COLOR in the environment"
    case .ascii: "draw with ASCII characters only"
    case .sysroot: "read DIR/proc and DIR/sys instead of /proc and /sys"
    case .resetTerminal: "repair a terminal that was left in disorder"
    case .help: "show help; with a command, help about that command"
    case .version: "show the version"
    case .config: "the file with the settings; perftop config path says which is usual"
    case .explain: "say why, in numbers"
    case .span: "how long to watch (default 10s), or to put an alert aside: 30s, 30m, 2h"
    case .failOn: "end with 1 where an alert at least this bad has fired; default critical"
    case .search: "only what has all of these words"
    case .limit: "so many entries at most; default 50"
    case .stats: "how much alerts ask of people, against the limits of ISA-18.2"
    case .yes: "accept a road that the screen would ask about"
    case .plain: "a line only when something changes"
    }
  }
}
