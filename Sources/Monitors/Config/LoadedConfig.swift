/// What a config file says, and what of it is not obeyed.
public struct LoadedConfig: Sendable {
  /// The file that is obeyed; `nil` where there is none.
  public internal(set) var file: String?
  /// What is not obeyed, in the order of the lines.
  public internal(set) var problems: [ConfigProblem] = []
  /// What holds now.
  public internal(set) var config = Config()
  private var assignments: [SettingsReader.Assignment] = []
  private var bindingLines: [String: Int] = [:]

  /// No file: the defaults of the machine.
  init(machine: Host) { (config, _) = settled(on: machine) }

  /// What the bytes of a file say; one that is no YAML says nothing.
  init(_ bytes: [UInt8], file: String, machine: Host) {
    self.file = file
    do throws(YAMLError) {
      let reader = SettingsReader(file: file, try YAMLReader.read(bytes))
      assignments = reader.assignments
      bindingLines = reader.bindingLines
      problems = reader.problems
    } catch {
      problems = [
        ConfigProblem(file, line: error.line, column: error.column, error.sentence)
      ]
    }
    let (config, contradictions) = settled(on: machine)
    self.config = config
    problems += contradictions
    problems += RuleList.unknownChannels(
      in: config.alerts.rules, among: config.delivery.channels.map(\.name), file: file)
    problems.sort { ($0.line ?? 0) < ($1.line ?? 0) }
  }

  /// How many settings the file makes.
  public var count: Int { assignments.count }

  /// Where a setting stands in the file; `nil` where it does not.
  public func line(of name: String) -> Int? {
    if let assignment = assignments.first(where: { $0.setting.name == name }) {
      return assignment.line
    }
    guard name.hasPrefix("keys.") else { return nil }
    return bindingLines[String(name.dropFirst("keys.".count))]
  }

  /// What the file says, on another machine.
  public func config(on machine: Host) -> Config { settled(on: machine).config }

  /// The defaults of the profile, and over them what the file says.
  private func settled(on machine: Host) -> (config: Config, problems: [ConfigProblem]) {
    var config = Config()
    let isProfile = { (assignment: SettingsReader.Assignment) in
      assignment.setting.name == "profile"
    }
    for assignment in assignments where isProfile(assignment) {
      assignment.setting.write(&config, assignment.value)
    }
    config.profile.resolved(on: machine).apply(to: &config)
    let defaults = config
    for assignment in assignments where !isProfile(assignment) {
      assignment.setting.write(&config, assignment.value)
    }
    let contradictions = Settings.ordered.compactMap { pair in
      settle(pair, in: &config, defaults: defaults)
    }
    var joined = config.joined
    let beyond = RuleList.takeBackClears(&joined.alerts, file: file ?? "")
    return (joined, contradictions + beyond)
  }

  /// Of two settings that contradict each other the one that came last falls back, and both if that is not enough.
  private func settle(
    _ pair: (lower: String, upper: String), in config: inout Config, defaults: Config
  ) -> ConfigProblem? {
    guard let lower = Settings.named(pair.lower), let upper = Settings.named(pair.upper) else {
      return nil
    }
    let isInOrder = { (config: Config) in
      guard case .number(let low) = lower.read(config), case .number(let high) = upper.read(config)
      else { return true }
      return low <= high
    }
    if isInOrder(config) { return nil }
    let made = [lower, upper].filter { line(of: $0.name) != nil }
      .sorted { (line(of: $0.name) ?? 0) > (line(of: $1.name) ?? 0) }
    guard let blamed = made.first else { return nil }
    let other = blamed.name == lower.name ? upper : lower
    let relation = blamed.name == lower.name ? "more" : "less"
    let sentence: Printable =
      "\(Printable(blamed.kind.text(blamed.read(config)))) is \(Printable(relation)) than \(Printable(other.name)), \(Printable(other.kind.text(other.read(config))))"
    for setting in made where !isInOrder(config) {
      setting.write(&config, setting.read(defaults))
    }
    return ConfigProblem(
      file ?? "", line: line(of: blamed.name), setting: blamed.name, sentence)
  }
}

extension Settings {
  /// Settings of which the first must not be more than the second.
  static let ordered: [(lower: String, upper: String)] = [
    ("memory.warning_threshold", "memory.critical_threshold"),
    ("thermal.warning_celsius", "thermal.critical_celsius"),
    ("batching.min_size", "batching.max_size"),
    ("batching.min_size", "batching.default_size"),
    ("batching.default_size", "batching.max_size"),
  ]
}
