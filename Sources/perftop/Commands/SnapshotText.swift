import Monitors

/// A snapshot as lines of plain text: for pipes, logs, screen readers and bug reports.
enum SnapshotText {
  static func lines(_ snapshot: Snapshot) -> [Printable] {
    var lines = [host(snapshot), target(snapshot), machine(snapshot)]
    for (word, reading) in zip(Word.allCases, snapshot.readings) {
      lines.append(line(word, reading))
      lines += details(word, snapshot).map { "          \($0)" }
    }
    return lines + judgement(snapshot.judgement) + missing(snapshot)
  }

  private static func host(_ snapshot: Snapshot) -> Printable {
    let host = snapshot.sample.host
    let model = host.model.isEmpty ? "" : " (\(host.model))"
    let simulated = host.isSimulated ? ", simulated sensors" : ""
    return "\(host.name)\(model)\(simulated)  \(Units.timestamp(wall: snapshot.sample.moment.wall))"
  }

  private static func target(_ snapshot: Snapshot) -> Printable {
    guard case .watching = snapshot.watching, let target = snapshot.sample.target.value else {
      return "watching: \(snapshot.watching.words)"
    }
    var parts: [Printable] = [
      "\(target.name) (\(target.pid))", state(target.root),
      "up \(Units.span(seconds: target.uptime))", target.runtime,
    ]
    if !target.children.isEmpty { parts.append(target.childrenWords) }
    if target.generation > 1 { parts.append("generation \(target.generation)") }
    return "target: \(parts.map(\.text).joined(separator: ", "))"
  }

  private static func state(_ process: ProcessSample) -> Printable {
    process.leaderEnded ? "running without its first thread" : "state \(process.state)"
  }

  private static func machine(_ snapshot: Snapshot) -> Printable {
    let vitals = snapshot.vitals
    return """
      machine: cpu \(text(vitals.cpu) { $0.text }), memory \(text(vitals.memory) { $0.text }), \
      stalls cpu \(text(vitals.cpuPressure, percent)), \
      memory \(text(vitals.memoryPressure, percent)), io \(text(vitals.ioPressure, percent))
      """
  }

  private static func line(_ word: Word, _ reading: any Reading) -> Printable {
    let name = word.title.padding(to: 10)
    let severity = reading.severity.label.text.padding(to: 10)
    return "\(name)\(severity)\(reading.headline)"
  }

  private static func details(_ word: Word, _ snapshot: Snapshot) -> [Printable] {
    switch word {
    case .memory:
      memory(snapshot.memory)
    case .storage:
      snapshot.storage.formats.prefix(6).map { format in
        let files = format.files == 1 ? "1 file" : "\(format.files) files"
        return
          "\(format.format): \(format.writeRate.text), \(files), \(format.written.text) written"
      }
    case .batching: snapshot.batching.advice
    case .quality:
      snapshot.quality.terms.prefix(3).map { term in
        "\(term.name): \(text(term.value) { Printable(Units.fixed($0, digits: 2)) })"
      }
    case .thermal: snapshot.thermal.causes
    case .alerts:
      snapshot.alerts.active.map { "\($0.severity.label) \($0.stateWord): \($0.message)" }
    }
  }

  private static func memory(_ reading: MemoryReading) -> [Printable] {
    let growing = reading.growing.prefix(3).map { mapping -> Printable in
      "growing: \(mapping.name) \(mapping.growth?.perMinuteText ?? "")"
    }
    let isSaid = reading.leak.verdict == .leak || reading.leak.isSuspected
    let counted = [
      reading.descriptorLeak.words(of: "descriptors"), reading.threadLeak.words(of: "threads"),
    ].compactMap { $0 }
    return ["leak: \(isSaid ? reading.leak.evidence : reading.leak.words)"] + counted + growing
  }

  private static func judgement(_ reading: JudgementReading) -> [Printable] {
    let score = reading.score.value.map { "\($0)/100" } ?? "-"
    let first: Printable =
      "\("Judgement".padding(to: 10))\(score.padding(to: 10))\(reading.headline)"
    let losses = reading.score.losses.map { "-\($0.points) \($0.why)" as Printable }
    let helps = reading.main?.advice.map(\.words) ?? []
    let expected = reading.forecasts.filter { $0.span != nil }.map(\.words)
    let moving = reading.trends.filter { ![.unknown, .steady].contains($0.direction) }
      .map { "\($0.value.title): \($0.words)" as Printable }
    let details: [Printable] = losses + helps + expected + moving
    return [first] + details.map { "          \($0)" }
  }

  /// What is not forecast and goes nowhere has nothing behind it that is lacking.
  private static func isWorthSaying(_ reason: JSONValue.Field) -> Bool {
    !reason.name.hasPrefix("trends.") && !reason.name.hasPrefix("forecasts.")
  }

  private static func missing(_ snapshot: Snapshot) -> [Printable] {
    guard case .object(let all)? = snapshot.document["unavailable"] else { return [] }
    let reasons = all.filter(isWorthSaying)
    guard !reasons.isEmpty else { return [] }
    return ["not available:"] + grouped(reasons).map { "  \($0)" }
  }

  /// One line a reason, with the names of all that is missing for it; reasons in the order in which they came.
  static func grouped(_ reasons: [JSONValue.Field]) -> [Printable] {
    var order: [String] = []
    var names: [String: [String]] = [:]
    for reason in reasons {
      let why = if case .text(let text) = reason.value { text } else { "no reason is given" }
      if names[why] == nil { order.append(why) }
      names[why, default: []].append(reason.name)
    }
    return order.map { why in
      Printable("\(why): \((names[why] ?? []).joined(separator: ", "))")
    }
  }

  private static func percent(_ value: Double) -> Printable {
    "\(Units.fixed(value, digits: 1)) %"
  }

  private static func text<Value>(_ value: Measured<Value>, _ show: (Value) -> Printable)
    -> Printable
  {
    switch value {
    case .fresh(let value): show(value)
    case .stale(let value, _): "\(show(value)) (stale)"
    case .missing(let absence): "– (\(absence.sentence))"
    }
  }
}

extension String {
  /// The text with spaces behind it up to a width.
  func padding(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - count))
  }
}
