@testable import perftop

/// The lists in the completions of shells, made from those that the program obeys.
enum Completions {
  static let bash = MadeDocument(name: "completions/perftop.bash", marks: .shell)
  static let zsh = MadeDocument(name: "completions/_perftop", marks: .shell)
  static let fish = MadeDocument(name: "completions/perftop.fish", marks: .shell)

  static let commands = CommandName.allCases.filter { $0.standing == .present && $0.hasWord }
  static let options = OptionName.allCases.filter { !$0.isLater }

  /// Where no command is said yet, the screen's options and those of launching are the ones that may be meant.
  static func options(of command: CommandName?) -> [OptionName] {
    options.filter { option in
      guard let command else { return option.belongs(to: .watch) || option.belongs(to: .launch) }
      return option.belongs(to: command)
    }
  }

  /// What kind of value an option takes; `nil` for one that takes none.
  enum Kind: Equatable {
    case pids, names, themes, directory, file, anything
    case choice([String])
  }

  static func kind(of option: OptionName) -> Kind? {
    guard let placeholder = option.placeholder else { return nil }
    switch option {
    case .pid: return .pids
    case .name: return .names
    case .theme: return .themes
    case .palette: return .choice(Invocation.Colours.allCases.map(\.rawValue))
    default: break
    }
    if placeholder.contains("DIR") { return .directory }
    return placeholder.contains("FILE") ? .file : .anything
  }

  static func written(_ option: OptionName) -> [String] {
    (option.letter.map { ["-\($0)"] } ?? []) + [option.long]
  }

  /// The words that a command knows, as its forms show them: `list` and `show` of `perftop themes`.
  static func words(of command: CommandName) -> [String] {
    let after = command.forms.flatMap { form, _ in
      form.split(separator: " ").dropFirst(2).prefix { !$0.hasPrefix("[-") && !$0.hasPrefix("-") }
    }
    let words = after.flatMap { $0.split { "[]|".contains($0) } }.map(String.init)
    var seen: Set<String> = []
    return words.filter { word in
      word.allSatisfy { $0.isLowercase || $0 == "-" } && seen.insert(word).inserted
    }
  }

  static func meaning(of command: CommandName) -> String { command.forms.first?.meaning ?? "" }

  /// Text between single marks, for any of the three shells.
  static func quoted(_ text: String, escape: String = "'\\''") -> String {
    "'\(text.replacing("'", with: escape))'"
  }
}

/// Bash: a case for each question.
extension Completions {
  static var bashLists: [String] {
    var lines = [line("commands", commands.map(\.rawValue))]
    lines.append(line("options of ", options(of: nil).flatMap(written)))
    for command in commands {
      lines.append(line("options of \(command.rawValue)", options(of: command).flatMap(written)))
      let words = words(of: command)
      if !words.isEmpty { lines.append(line("words of \(command.rawValue)", words)) }
    }
    return lines
  }

  /// A line for each kind, with the options that take such a value.
  static var bashKinds: [String] {
    var lines: [(kind: Kind, names: [String])] = []
    for option in options {
      guard let kind = kind(of: option) else { continue }
      if let place = lines.firstIndex(where: { $0.kind == kind }) {
        lines[place].names += written(option)
      } else {
        lines.append((kind, written(option)))
      }
    }
    return lines.map {
      "    \($0.names.joined(separator: " | "))) kind=\(quoted(bashKind($0.kind))) ;;"
    }
  }

  private static func line(_ question: String, _ answer: [String]) -> String {
    "    \(quoted(question))) list=\(quoted(answer.joined(separator: " "))) ;;"
  }

  private static func bashKind(_ kind: Kind) -> String {
    switch kind {
    case .pids: "pids"
    case .names: "names"
    case .themes: "themes"
    case .directory: "directories"
    case .file: "files"
    case .anything: "anything"
    case .choice(let words): "choice:" + words.joined(separator: " ")
    }
  }
}

/// Zsh: what `_describe` and `_arguments` read.
extension Completions {
  static var zshCommands: [String] {
    commands.map { "    " + quoted("\($0.rawValue):\(meaning(of: $0))") }
  }

  static var zshOptions: [String] {
    block("''", options(of: nil)) + commands.flatMap { block($0.rawValue, options(of: $0)) }
  }

  private static func block(_ name: String, _ options: [OptionName]) -> [String] {
    ["    \(name))", "      specs=("] + options.map { "        " + spec($0) } + ["      ) ;;"]
  }

  private static func spec(_ option: OptionName) -> String {
    let value = kind(of: option).map { ":\(zshKind($0, option))" } ?? ""
    let words = option.summary.replacing("[", with: "\\[").replacing("]", with: "\\]")
    let text = quoted("[\(words)]\(value)")
    let isValued = option.placeholder != nil
    let long = option.long + (isValued ? "=" : "")
    let repeats = option == .pid ? "\\*" : ""
    guard let letter = option.letter else { return repeats + long + text }
    let short = "-\(letter)\(isValued ? "+" : "")"
    if option == .pid { return "\\*{\(short),\(long)}\(text)" }
    return "'(-\(letter) \(option.long))'{\(short),\(long)}\(text)"
  }

  private static func zshKind(_ kind: Kind, _ option: OptionName) -> String {
    switch kind {
    case .pids: "process:_perftop_pids"
    case .names: "name:_perftop_names"
    case .themes: "theme:_perftop_themes"
    case .directory: "directory:_files -/"
    case .file: "file:_files"
    case .anything: "\(option.placeholder?.lowercased() ?? "value"): "
    case .choice(let words): "\(option.rawValue):(\(words.joined(separator: " ")))"
    }
  }

  static var zshWords: [String] {
    commands.compactMap { command in
      let words = words(of: command)
      guard !words.isEmpty else { return nil }
      return "    \(command.rawValue):) list=(\(words.joined(separator: " "))) ;;"
    }
  }

  static var valuedOptions: [String] {
    options.filter { $0.placeholder != nil }.flatMap(written)
  }
}

/// Fish: a line for each thing that can be typed.
extension Completions {
  static var fishLines: [String] {
    let words = commands.flatMap { command in
      [line("__perftop_said", command.rawValue, meaning(of: command))]
        + Completions.words(of: command).map {
          line("__perftop_said \(command.rawValue)", $0, nil)
        }
    }
    let helped = commands.filter { $0 != .help }.map {
      line("__perftop_said help", $0.rawValue, meaning(of: $0))
    }
    return words + helped + options.map(fishLine)
  }

  private static func line(_ condition: String, _ word: String, _ meaning: String?) -> String {
    "complete -c perftop -n \(quoted(condition)) -a \(word)"
      + (meaning.map { " -d \(fishQuoted($0))" } ?? "")
  }

  private static func fishQuoted(_ text: String) -> String { quoted(text, escape: "\\'") }

  private static func fishLine(_ option: OptionName) -> String {
    let known = commands.filter(option.belongs).map(\.rawValue)
    let screen = options(of: nil).contains(option) ? ["screen"] : []
    let condition = fishQuoted("__perftop_is \((screen + known).joined(separator: " "))")
    let letter = option.letter.map { " -s \($0)" } ?? ""
    let value = kind(of: option).map(fishKind) ?? ""
    return "complete -c perftop -n \(condition)\(letter) -l \(option.rawValue)\(value)"
      + " -d \(fishQuoted(option.summary))"
  }

  private static func fishKind(_ kind: Kind) -> String {
    switch kind {
    case .pids: " -x -a '(__perftop_pids)'"
    case .names: " -x -a '(__perftop_names)'"
    case .themes: " -r -F -a '(__perftop_themes)'"
    case .directory: " -x -a '(__fish_complete_directories)'"
    case .file: " -r -F"
    case .anything: " -x"
    case .choice(let words): " -x -a '\(words.joined(separator: " "))'"
    }
  }
}
