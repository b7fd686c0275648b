/// Help, made of the lists that the parser obeys; never wider than 80 columns.
enum Usage {
  static let width = 80
  private static let formWidth = 29
  private static let optionWidth = 26

  /// Help about one command, or about all.
  static func text(_ topic: CommandName?) -> String {
    guard let topic, topic != .help else { return overview }
    return """
      \(forms([topic]))

      \(wrapped(topic.description, indent: 0))

      options:
      \(options(of: topic))
      """ + "\n"
  }

  private static var overview: String {
    let present = CommandName.allCases.filter { $0.standing == .present }
    return """
      perftop \(Version.number) - a live monitor for robots and data collectors

      \(forms(present))

      \(groups(present))

      Options may stand before or after the command. perftop COMMAND --help says more
      about one command, perftop help launch about "-- COMMAND".

      exit status:
      \(statuses)
      """ + "\n"
  }

  private static func forms(_ commands: [CommandName]) -> String {
    let lines = commands.flatMap(\.forms).enumerated().map { number, line in
      (number == 0 ? "usage: " : "       ")
        + row(line.form, line.meaning, column: formWidth, indent: 7)
    }
    return lines.joined(separator: "\n")
  }

  /// What only one command knows stands apart, under its name.
  private static func groups(_ commands: [CommandName]) -> String {
    let known = OptionName.allCases.filter { !$0.isLater }
    var groups = ["options:\n" + rows(known.filter { $0.owner == nil })]
    for command in commands {
      let own = known.filter { $0.owner == command }
      guard !own.isEmpty else { continue }
      let name = command.hasWord ? "perftop \(command.rawValue)" : "perftop -- COMMAND"
      groups.append("options of \(name):\n" + rows(own))
    }
    return groups.joined(separator: "\n\n")
  }

  private static func options(of command: CommandName) -> String {
    rows(OptionName.allCases.filter { !$0.isLater && $0.belongs(to: command) })
  }

  private static func rows(_ options: [OptionName]) -> String {
    options.map { option in
      let letter = option.letter.map { "-\($0), " } ?? "    "
      let value = option.placeholder.map { " \($0)" } ?? ""
      return "  "
        + row("\(letter)\(option.long)\(value)", option.summary, column: optionWidth, indent: 2)
    }.joined(separator: "\n")
  }

  private static let statuses: String =
    ExitStatus.allCases.map { "  \($0.rawValue)  \($0.meaning)" }.joined(separator: "\n")
    + "\n" + wrapped(ExitStatus.ofProgram, indent: 2)

  /// Two columns; the second starts a line of its own where the first is too wide.
  private static func row(_ left: String, _ right: String, column: Int, indent: Int) -> String {
    let margin = String(repeating: " ", count: column + indent)
    let text = fill(right, width: width - column - indent).joined(separator: "\n" + margin)
    if left.count + 2 > column { return "\(left)\n\(margin)\(text)" }
    return left + String(repeating: " ", count: column - left.count) + text
  }

  private static func wrapped(_ text: String, indent: Int) -> String {
    let margin = String(repeating: " ", count: indent)
    return fill(text, width: width - indent).map { margin + $0 }.joined(separator: "\n")
  }

  private static func fill(_ text: String, width: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(whereSeparator: \.isWhitespace) {
      if let last = lines.last, last.count + 1 + word.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
