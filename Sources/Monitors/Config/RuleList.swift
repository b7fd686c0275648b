/// What rules say of each other, which can be judged only when all have been read.
enum RuleList {
  /// Reads all rules of a list.
  static func read(
    _ items: [YAMLNode], in setting: String, of file: String, _ suggestions: inout Suggestions
  ) -> (rules: [RuleSettings], problems: [ConfigProblem]) {
    let usual = Dictionary(
      uniqueKeysWithValues: AlertRules.defaults(AlertsConfig()).map { ($0.name, $0) })
    var rules: [RuleSettings] = []
    var problems: [ConfigProblem] = []
    var lines: [String: Int] = [:]
    for (index, item) in items.enumerated() {
      let place = "\(setting)[\(index + 1)]"
      var reader = RuleReader(file: file, place: place, suggestions)
      let rule = reader.read(item, among: usual)
      suggestions = reader.suggestions
      problems += reader.problems
      guard let rule else { continue }
      if let first = lines[rule.name] {
        problems.append(
          ConfigProblem(
            file, line: rule.line, setting: place,
            "there is a rule \(Printable(rule.name)) already (line \(first))"))
        continue
      }
      lines[rule.name] = rule.line
      rules.append(rule)
    }
    problems += relations(rules, lines, setting, file, &suggestions)
    return (rules, problems)
  }

  /// Names of rules that there are not, and silence that can't be kept.
  private static func relations(
    _ rules: [RuleSettings], _ lines: [String: Int], _ setting: String, _ file: String,
    _ suggestions: inout Suggestions
  ) -> [ConfigProblem] {
    var settings = AlertsConfig()
    settings.rules = rules
    let all = AlertRules.all(settings)
    let names = all.map(\.name)
    let known = Set(names)
    var problems: [ConfigProblem] = []
    for rule in rules {
      for name in rule.inhibits ?? [] where !known.contains(name) {
        let near = suggestions.nearest(name, among: names)
        let end = near.map { " (did you mean \($0)?)" } ?? ""
        problems.append(
          ConfigProblem(
            file, line: rule.line, setting: "\(setting).\(rule.name).inhibits",
            Printable("no rule \(name)\(end)")))
      }
    }
    // What the usual rules silence gives way to a person's wish; only what a person wrote can be a mistake.
    let written = Set(rules.filter { $0.inhibits != nil }.map(\.name))
    for refusal in RuleOrder.refusals(all)
    where written.contains(refusal.rule)
      || refusal.why == .circle && written.contains(refusal.other)
    {
      guard let line = lines[refusal.rule] ?? lines[refusal.other] else { continue }
      problems.append(
        ConfigProblem(
          file, line: line, setting: "\(setting).\(refusal.rule).inhibits",
          sentence(refusal.other, refusal.why)))
    }
    return problems
  }

  /// Ways back of usual rules that are beyond the thresholds that hold now; these rules go the usual way back.
  static func takeBackClears(_ settings: inout AlertsConfig, file: String) -> [ConfigProblem] {
    let places = settings.rules.indices.filter { place in
      let rule = settings.rules[place]
      return rule.clear != nil && rule.test == nil && rule.metric == nil
    }
    guard !places.isEmpty else { return [] }
    let usual = Dictionary(
      uniqueKeysWithValues: AlertRules.defaults(settings).map { ($0.name, $0.bound) })
    var problems: [ConfigProblem] = []
    for place in places {
      let rule = settings.rules[place]
      guard let bound = usual[rule.name], let clear = rule.clear, !bound.isCleared(by: clear)
      else { continue }
      settings.rules[place].clear = nil
      problems.append(
        ConfigProblem(
          file, line: rule.line, setting: "alerts.rules.\(rule.name).clear", bound.beyond))
    }
    return problems
  }

  private static func sentence(_ other: String, _ why: RuleOrder.Refusal) -> Printable {
    switch why {
    case .itself: "a rule can't silence itself"
    case .worse: "\(Printable(other)) is more severe: it is not silenced"
    case .circle: "\(Printable(other)) silences it: they would silence each other"
    }
  }

  /// What is said of rules that name channels which there are not.
  static func unknownChannels(
    in rules: [RuleSettings], among channels: [String], file: String
  ) -> [ConfigProblem] {
    var suggestions = Suggestions()
    let known = Set(channels)
    return rules.flatMap { rule in
      rule.channels.filter { !known.contains($0) }.map { name in
        let near = suggestions.nearest(name, among: channels)
        let end = near.map { " (did you mean \($0)?)" } ?? ""
        return ConfigProblem(
          file, line: rule.line, setting: "alerts.rules.\(rule.name)",
          Printable("no channel \(name)\(end)"))
      }
    }
  }
}
