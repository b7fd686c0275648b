import Monitors

/// Makes an invocation of what was given, or says what does not fit together.
struct InvocationBuilder {
  private let words: ArgumentWords

  init(_ words: ArgumentWords) { self.words = words }

  /// The whole answer.
  func invocation() throws(UsageError) -> Invocation {
    let command = try named()
    try refuseLater()
    if has(.version) { return Invocation(task: .version) }
    if has(.help) || command == .help {
      return Invocation(task: .help(try topic(command)))
    }
    if has(.resetTerminal) { return Invocation(task: .resetTerminal) }
    try refuseForeign(to: command)
    try refuseSurplus(command)
    return Invocation(task: try task(command), options: try options())
  }

  private func has(_ option: OptionName) -> Bool { words.given.contains { $0.option == option } }

  /// The last one counts, so that an alias can be overruled.
  private func value(_ option: OptionName) -> String? {
    words.given.last { $0.option == option }?.value
  }

  /// A command of a later version is a better answer than its unknown options; any other word is a worse one.
  private func named() throws(UsageError) -> CommandName {
    let name = words.plain.first.flatMap(CommandName.init)
    if let name, name.standing == .later { throw InvocationBuilder.later(name.rawValue) }
    if let mistake = words.mistake { throw mistake }
    guard let word = words.plain.first else {
      return words.command == nil ? .watch : .launch
    }
    guard let name, name.standing == .present, name.hasWord else {
      throw unknownCommand(word)
    }
    return name
  }

  private static func later(_ word: String) -> UsageError {
    let here = CommandName.allCases.filter { $0.standing == .present && $0.hasWord }
    return UsageError(
      word, "not in this version",
      advice:
        "this version has -p, -n, -- COMMAND, \(here.map(\.rawValue).joined(separator: ", "))")
  }

  private func unknownCommand(_ word: String) -> UsageError {
    let advice: String
    let known = CommandName.allCases.filter { $0.standing != .hidden && $0.hasWord }
    if Int32(word) != nil, let pids = value(.pid) {
      advice = "several processes are written -p \(pids),\(word)"
    } else if Int32(word) != nil {
      advice = "to watch a process by its number: perftop -p \(word)"
    } else if let near = Nearest.match(word, among: known.map(\.rawValue)) {
      advice = "did you mean perftop \(near)?"
    } else {
      advice = "to watch by name: perftop -n NAME; to launch a program: perftop -- COMMAND"
    }
    return UsageError(word, "unknown command", advice: Printable(advice))
  }

  private func topic(_ command: CommandName) throws(UsageError) -> CommandName? {
    guard command == .help else { return command == .watch ? nil : command }
    guard words.plain.count > 1 else { return nil }
    guard let name = CommandName(rawValue: words.plain[1]), name.standing != .hidden else {
      throw UsageError(
        words.plain[1], "no help about this", advice: "perftop --help lists the commands")
    }
    if name.standing == .later { throw InvocationBuilder.later(name.rawValue) }
    return name
  }

  private func refuseLater() throws(UsageError) {
    guard let given = words.given.first(where: { $0.option.isLater }) else { return }
    throw UsageError(
      given.option.long, "not in this version", advice: "leave it out: perftop runs without it")
  }

  private func refuseForeign(to command: CommandName) throws(UsageError) {
    guard let given = words.given.first(where: { !$0.option.belongs(to: command) }) else { return }
    let option = given.option
    if option.commands == [.launch] {
      throw UsageError(
        option.long, "needs a program to launch", advice: "write perftop \(option.long) -- COMMAND")
    }
    if command == .launch, option.commands.contains(.watch) {
      throw UsageError(
        option.long, "does not go with -- COMMAND",
        advice: "watch what runs already, or launch a program: one at a time")
    }
    if !command.hasWord, let owner = option.commands.first(where: \.hasWord) {
      throw UsageError(
        option.long, "an option of \(owner.rawValue)",
        advice: "write perftop \(owner.rawValue) \(option.long)")
    }
    throw UsageError(
      option.long, "not an option of \(command.rawValue)",
      advice: "perftop \(command.rawValue) --help lists its options")
  }

  /// `config check FILE` is the longest that is said in plain words.
  private func room(for command: CommandName) -> Int {
    guard command == .config else { return command.mostWords }
    return words.plain.count > 1 && words.plain[1] == "check" ? 3 : 2
  }

  private func refuseSurplus(_ command: CommandName) throws(UsageError) {
    let room = room(for: command)
    if words.plain.count > room {
      let word = words.plain[room]
      throw UsageError(
        word, "one word too many",
        advice: "perftop \(command.rawValue) --help shows how to write it")
    }
    if words.command != nil, command != .launch {
      throw UsageError(
        command.rawValue, "does not launch programs", advice: "write perftop -- COMMAND [ARG...]")
    }
  }

  private func task(_ command: CommandName) throws(UsageError) -> Invocation.Task {
    switch command {
    case .launch: .launch(try launch())
    case .demo: .demo(seconds: try seconds())
    case .snapshot: .snapshot(try targets(), try output())
    case .check: .check(try targets(), try check())
    case .send: .send(try send())
    case .doctor: .doctor(try targets())
    case .config: .config(try configQuestion())
    case .themes: .themes(try themes())
    case .analyze: .analyze(try analysis())
    case .alerts: try AlertsWish(words).task()
    default: .watch(try targets())
    }
  }

  private func targets() throws(UsageError) -> Invocation.Targets {
    var targets = Invocation.Targets()
    for given in words.given where given.option == .pid {
      for pid in try ArgumentValue.pids(given.value) where !targets.pids.contains(pid) {
        targets.pids.append(pid)
      }
    }
    if let name = value(.name) { targets.name = try ArgumentValue.text(name, for: .name) }
    if targets.name != nil, !targets.pids.isEmpty {
      throw UsageError(
        OptionName.name.long, "does not go with --pid", advice: "watch by number or by name")
    }
    return targets
  }

  private func send() throws(UsageError) -> Invocation.Send {
    let advice: Printable = "perftop send --help lists the actions"
    guard words.plain.count > 1 else {
      throw UsageError(CommandName.send.rawValue, "no action", advice: advice)
    }
    let pids = try targets().pids
    guard !pids.isEmpty else {
      throw UsageError(
        CommandName.send.rawValue, "no process",
        advice: "write perftop send \(Printable(words.plain[1])) -p PID")
    }
    return Invocation.Send(
      action: try ArgumentValue.action(words.plain[1]), pids: pids, accepts: has(.yes))
  }

  private func configQuestion() throws(UsageError) -> Invocation.ConfigQuestion {
    let questions = ["path", "check", "defaults"]
    guard words.plain.count > 1 else { return .path }
    switch words.plain[1] {
    case "path": return .path
    case "defaults": return .defaults
    case "check":
      guard words.plain.count > 2 else { return .check(nil) }
      guard !has(.config) else {
        throw UsageError(
          OptionName.config.long, "does not go with check FILE", advice: "name one file, either way"
        )
      }
      return .check(words.plain[2])
    default:
      let near = Nearest.match(words.plain[1], among: questions)
      throw UsageError(
        words.plain[1], "not a question about the settings",
        advice: near.map { "did you mean perftop config \(Printable($0))?" }
          ?? "there are path, check and defaults")
    }
  }

  private func analysis() throws(UsageError) -> Invocation.Analysis {
    let subjects = Invocation.Analysis.Subject.allCases.map(\.rawValue)
    guard words.plain.count > 1 else {
      throw UsageError(
        CommandName.analyze.rawValue, "no subject",
        advice: "write perftop analyze memory FILE, or latency FILE")
    }
    let word = words.plain[1]
    guard let subject = Invocation.Analysis.Subject(rawValue: word) else {
      let near = Nearest.match(word, among: subjects)
      throw UsageError(
        word, "not something to analyze",
        advice: near.map { "did you mean perftop analyze \(Printable($0))?" }
          ?? "write perftop analyze memory FILE, or latency FILE")
    }
    guard words.plain.count > 2 else {
      throw UsageError(
        "analyze \(word)", "no file",
        advice: "write perftop analyze \(Printable(word)) FILE; - is standard input")
    }
    return Invocation.Analysis(
      subject: subject, files: Array(words.plain[2...]), isJSON: has(.json),
      isExplained: has(.explain))
  }

  private func themes() throws(UsageError) -> Invocation.Themes {
    let verbs = ["list", "show"]
    let verb = words.plain.count > 1 ? words.plain[1] : "list"
    let name = words.plain.count > 2 ? words.plain[2] : nil
    guard verbs.contains(verb) else {
      let near = Nearest.match(verb, among: verbs)
      throw UsageError(
        verb, "themes does not know this word",
        advice: near.map { "did you mean perftop themes \($0)?" }
          ?? "to see one: perftop themes show \(Printable(verb))")
    }
    if verb == "show" { return .show(name) }
    guard let name else { return .list }
    throw UsageError(
      name, "one word too many", advice: "to see one: perftop themes show \(Printable(name))")
  }

  private func launch() throws(UsageError) -> Invocation.Launch {
    guard let command = words.command, let program = command.first, !program.isEmpty else {
      throw UsageError("--", "no program after it", advice: "write perftop -- COMMAND [ARG...]")
    }
    return Invocation.Launch(
      command: command, endsWithPerftop: has(.killOnExit), keepsRoot: has(.asRoot))
  }

  private func seconds() throws(UsageError) -> Double? {
    guard let text = value(.seconds) else { return nil }
    return try ArgumentValue.delay(text, for: .seconds)
  }

  private func output() throws(UsageError) -> Invocation.Output {
    if has(.json), has(.jsonl) {
      throw UsageError(
        OptionName.jsonl.long, "does not go with --json",
        advice: "--jsonl prints JSON too, a line for each reading")
    }
    var output = Invocation.Output()
    output.format = has(.jsonl) ? .jsonLines : has(.json) ? .json : .text
    output.count = has(.jsonl) ? nil : 1
    if let text = value(.count) { output.count = try ArgumentValue.count(text, for: .count) }
    return output
  }

  private func check() throws(UsageError) -> Invocation.Check {
    var check = Invocation.Check(isJSON: has(.json))
    if let text = value(.span) { check.seconds = try ArgumentValue.delay(text, for: .span) }
    if let text = value(.failOn) { check.failOn = try ArgumentValue.limit(text) }
    return check
  }

  private func options() throws(UsageError) -> Invocation.Options {
    var options = Invocation.Options()
    if let text = value(.delay) { options.delay = try ArgumentValue.delay(text, for: .delay) }
    if let text = value(.config) { options.config = try ArgumentValue.text(text, for: .config) }
    if let text = value(.theme) { options.theme = try ArgumentValue.text(text, for: .theme) }
    if let text = value(.themesDir) {
      options.themesDirectory = try ArgumentValue.text(text, for: .themesDir)
    }
    if let text = value(.sysroot) { options.sysroot = try ArgumentValue.text(text, for: .sysroot) }
    if let text = value(.palette) { options.colours = try ArgumentValue.colours(text) }
    if has(.noColor) { options.colours = .off }
    options.isASCII = has(.ascii)
    options.isReadOnly = has(.readonly)
    options.includesChildren = !has(.noChildren)
    return options
  }
}
