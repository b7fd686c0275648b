extension AlertRules {
  /// The usual rules as a person has changed them, and that person's own.
  public static func all(_ settings: AlertsConfig) -> [AlertRule] {
    var rules = defaults(settings)
    var places = Dictionary(
      uniqueKeysWithValues: rules.enumerated().map { ($0.element.name, $0.offset) })
    for change in settings.rules {
      if let place = places[change.name] {
        rules[place].take(change, settings)
      } else if var rule = AlertRule(beginning: change) {
        rule.take(change, settings)
        places[rule.name] = rules.count
        rules.append(rule)
      }
    }
    for place in rules.indices {
      rules[place].holds = min(rules[place].holds, settings.longestPatience)
    }
    return rules
  }
}

extension AlertRule {
  /// What a rule of a person's own begins as; `nil` where it does not say what it watches, and for what.
  init?(beginning change: RuleSettings) {
    guard change.metric != nil, change.test != nil else { return nil }
    self.init(
      change.name, change.severity ?? .warning, .system, about: .machine, .above(0),
      read: { _, _ in nil }, tell: { _, _, _ in "" })
    if let metric = change.metric {
      group = AlertRules.group(ofMetric: metric)
      category = AlertRule.category(of: metric)
    }
  }

  private static func category(of metric: String) -> Alert.Category {
    switch metric.prefix(while: { $0 != "." && $0 != "[" }) {
    case "memory", "storage", "caches", "forecasts": .resource
    case "thermal": .thermal
    case "components", "target", "gauges": .component
    case "system": .system
    default: .performance
    }
  }

  /// Goes by what a person has written.
  mutating func take(_ change: RuleSettings, _ settings: AlertsConfig) {
    if let severity = change.severity, severity != self.severity {
      self.severity = severity
      if !hasOwnDurations { keepsFiring = AlertRule.durations(severity).keepsFiring }
    }
    if !hasOwnDurations { holds = settings.patience.seconds(severity) }
    if let test = change.test { take(test) }
    if let path = change.metric, let choice = Metrics.named(path) {
      watch(choice, path, change.test)
    }
    holds = change.holds ?? holds
    keepsFiring = change.keepsFiring ?? keepsFiring
    hasOwnDurations = hasOwnDurations || change.holds != nil
    clear = change.clear ?? clear
    category = change.category ?? category
    group = change.group ?? group
    takeWords(change)
    takePeople(change)
  }

  private mutating func take(_ test: RuleSettings.Test) {
    bound = test.bound ?? .above(0)
    hasOwnThreshold = true
    clear = nil
  }

  private mutating func takeWords(_ change: RuleSettings) {
    actions = change.actions ?? actions
    guard let message = change.message else { return }
    tellsOfEvent = false
    if let choice = Metrics.named(metric) { return say(message, choice.metric) }
    let (usual, limit, isOwn) = (tell, bound.value, hasOwnThreshold)
    tell = { input, facts, evidence in
      message.text { place in
        switch place {
        case .value: AlertRule.text(evidence.value, nil)
        case .threshold: AlertRule.text(isOwn ? limit : evidence.threshold ?? limit, nil)
        case .label: ""
        case .metric: usual(input, facts, evidence).text
        }
      }
    }
  }

  private mutating func say(_ message: RuleMessage, _ watched: Metric) {
    let (path, limit) = (metric, limitText(watched))
    tellOwn = { evidence, label in
      message.text { place in
        switch place {
        case .value: AlertRule.text(evidence, watched)
        case .threshold: limit
        case .label: label.text
        case .metric: label.isEmpty ? path : Metrics.path(watched.path, of: label)
        }
      }
    }
  }

  private mutating func takePeople(_ change: RuleSettings) {
    escalatesAfter = change.escalateMinutes.map { $0 * 60 } ?? escalatesAfter
    escalatesTo = change.escalateTo ?? escalatesTo
    widen = change.widen ?? widen
    inhibits = change.inhibits ?? inhibits
    notify = change.notify ?? notify
    isEnabled = change.isEnabled ?? isEnabled
    latches = change.isLatching ?? latches
  }

  private func limitText(_ watched: Metric) -> String {
    watched.unit == nil ? wordsOfTrouble : AlertRule.text(bound.value, watched.unit)
  }

  /// A value as it is said: a word, or a number in its unit.
  private static func text(_ evidence: Evidence, _ watched: Metric) -> String {
    watched.words.indices.contains(evidence.word)
      ? watched.words[evidence.word] : text(evidence.value, watched.unit)
  }

  /// A number as it is said of what is counted so.
  static func text(_ value: Double, _ unit: Metric.Unit?) -> String {
    let isWhole = value == value.rounded()
    switch unit {
    case .count where isWhole, nil where isWhole: return Units.fixed(value, digits: 0)
    case nil: return Units.fixed(value, digits: 2)
    case .some(let unit): return (value < 0 ? "-" : "") + unit.text(abs(value)).text
    }
  }
}

extension AlertRule {
  /// Watches something of the catalogue.
  private mutating func watch(_ choice: Metrics.Choice, _ path: String, _ test: RuleSettings.Test?)
  {
    metric = path
    subject = choice.metric.subject
    tellsOfEvent = false
    readEach = nil
    switch choice.metric.access {
    case .number(let read): self.read = { input, _ in read(input).map { Evidence($0) } }
    case .numbers(let each): watch(each, choice) { Evidence($0) }
    case .word(let read):
      let evidence = AlertRule.reader(choice.metric.words, test)
      self.read = { input, _ in read(input).map(evidence) }
    case .words(let each): watch(each, choice, AlertRule.reader(choice.metric.words, test))
    }
    wordsOfTrouble = test?.words ?? ""
    tellOwn = AlertRule.teller(choice, path, bound)
  }

  /// What a word means: 1 is trouble, 0 is none.
  private static func reader(
    _ words: [String], _ test: RuleSettings.Test?
  ) -> @Sendable (String) -> Evidence {
    { word in
      var evidence = Evidence(test?.isTrouble(word) == true ? 1 : 0)
      evidence.word = words.firstIndex(of: word) ?? -1
      return evidence
    }
  }

  private mutating func watch<Value>(
    _ each: Metric.Each<Value>, _ choice: Metrics.Choice,
    _ evidence: @escaping @Sendable (Value) -> Evidence
  ) {
    let name = choice.name ?? ""
    guard choice.isEach else {
      read = { input, _ in each.one(input, name).map(evidence) }
      return
    }
    readEach = { input, visit in
      each.all(input) { name, value in visit(name, value.map(evidence)) }
    }
  }

  /// `components[cam].fps 12 (below 20)`, `pressure.machine is high`.
  private static func teller(_ choice: Metrics.Choice, _ path: String, _ bound: Bound) -> OwnTeller
  {
    let (metric, isEach) = (choice.metric, choice.isEach)
    let side = if case .above = bound { "above" } else { "below" }
    return { evidence, label in
      let what = isEach ? Metrics.path(metric.path, of: label) : path
      let value = text(evidence, metric)
      guard let unit = metric.unit else { return Printable("\(what) is \(value)") }
      return Printable("\(what) \(value) (\(side) \(text(bound.value, unit)))")
    }
  }
}

extension RuleSettings.Test {
  fileprivate func isTrouble(_ word: String) -> Bool {
    switch self {
    case .isOne(let words): words.contains(word)
    case .isNone(let words): !words.contains(word)
    case .above, .below: false
    }
  }

  fileprivate var words: String {
    switch self {
    case .isOne(let words), .isNone(let words): words.joined(separator: " or ")
    case .above, .below: ""
    }
  }
}
