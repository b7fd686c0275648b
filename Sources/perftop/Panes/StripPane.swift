import Monitors

/// The strip above the panes: which machine, which target, and how busy both are.
struct StripPane: Sendable {
  let snapshot: Snapshot
  /// Tags at the right end: frozen, which of several targets.
  let tags: [Label]
  var keymap = Keymap.standard

  func draw(into canvas: inout Canvas) {
    let width = canvas.size.width
    guard canvas.size.height > 1 else {
      let end = drawTags(into: &canvas)
      let x = canvas.write(target, x: 0, y: 0, end: end)
      canvas.write(failure(isWide: false) + load(isWide: false), x: x + 1, y: 0, end: end, gap: 2)
      return
    }
    let end = drawTags(into: &canvas)
    let host = snapshot.sample.host
    var x = canvas.write(Label(host.name, .title, .bold), x: 0, y: 0, width: width / 4)
    if width >= 100 {
      let model = host.model.isEmpty ? host.kernel : host.model
      let simulated = host.isSimulated ? "simulated " : ""
      x = canvas.write(Label("\(simulated)\(model)", .dim), x: x + 1, y: 0, width: width / 4)
    }
    canvas.write(target, x: x + 2, y: 0, end: end)
    drawLoad(into: &canvas, width: width)
  }

  /// Answers where they begin.
  private func drawTags(into canvas: inout Canvas) -> Int {
    let taken = tags.reduce(0) { $0 + canvas.width(of: $1.text) + 1 }
    let start = max(0, canvas.size.width - taken + 1)
    canvas.write(tags, x: start, y: 0, end: canvas.size.width)
    return tags.isEmpty ? canvas.size.width : start - 1
  }

  private var target: [Label] {
    let sample = snapshot.sample.target
    if let sentence = snapshot.watching.sentence(keymap) { return [Label(sentence, .title, .bold)] }
    guard let target = sample.value else {
      return [Label("target: \(sample.absence?.sentence ?? "")", .dim)]
    }
    var labels = [
      Label(target.name, .title, .bold), Label("\(target.pid)"),
      Label(StripPane.state(target.root), target.root.state == "D" ? .severity(.warning) : .dim),
      Label("up \(StripPane.uptime(target.uptime))"),
    ]
    if !target.children.isEmpty { labels.append(Label("+\(target.childrenWords)")) }
    if target.generation > 1 { labels.append(Label("generation \(target.generation)", .key)) }
    if sample.isStale { labels.append(Label("STALE ?", .severity(.stale), .bold)) }
    labels.append(Label(target.runtime == "native" ? "" : target.runtime, .dim))
    if let end = target.previousEnd { labels.append(Label("before: \(end)", .dim)) }
    return labels
  }

  private func drawLoad(into canvas: inout Canvas, width: Int) {
    var x = 0
    if width >= 100 {
      x = meter("cpu", snapshot.vitals.cpu, .cpu, x: x, into: &canvas)
      x = meter("memory", snapshot.vitals.memory, .memory, x: x, into: &canvas)
    }
    canvas.write(
      failure(isWide: width >= 100) + load(isWide: width >= 100), x: x, y: 1, end: width, gap: 2)
  }

  /// What runs out first and when, where that is forecast; it stands before all that is only busy.
  private func failure(isWide: Bool) -> [Label] {
    guard let expected = snapshot.memory.exhaustion.expected, expected.seconds < 30 * 86400 else {
      return []
    }
    let span = Units.span(seconds: expected.seconds)
    let text: Printable = "memory out in \(expected.isSuspected ? "~" : "")\(span)"
    let role: Role = expected.isSuspected ? .text : snapshot.memory.severity.role
    return [Label(isWide ? "\(text) (\(expected.range))" : text, role, .bold)]
  }

  private func meter(
    _ name: Printable, _ share: Measured<Ratio>, _ gradient: Role.Gradient, x: Int,
    into canvas: inout Canvas
  ) -> Int {
    let start = canvas.write(name, x: x, y: 1, role: .dim) + 1
    guard let ratio = share.value else {
      return canvas.write(share.absence?.short ?? "", x: start, y: 1, width: 16, role: .dim) + 2
    }
    canvas.bar(share: ratio.value, x: start, y: 1, width: 10, gradient: gradient)
    canvas.writeRight(
      Label(ratio.text, share.isStale ? .severity(.stale) : .text), end: start + 16, y: 1, width: 5)
    return start + 18
  }

  /// Numbers in fields of fixed width, so that they stay where they are.
  private func load(isWide: Bool) -> [Label] {
    let vitals = snapshot.vitals
    let machine = isWide ? [] : [share("cpu", vitals.cpu), share("mem", vitals.memory)]
    let stalls = [
      pressure("cpu", vitals.cpuPressure), pressure("mem", vitals.memoryPressure),
      pressure("io", vitals.ioPressure),
    ]
    let psi: Printable = "psi \(Printable(stalls.map(\.text).joined(separator: " ")))"
    let target = share("target", vitals.targetCPU)
    let waits = share("waits", vitals.runDelay)
    return machine + [target, Label(psi, stall > 10 ? .severity(.warning) : .text)] + [waits]
  }

  private var stall: Double {
    let vitals = snapshot.vitals
    return max(
      vitals.cpuPressure.value ?? 0, vitals.memoryPressure.value ?? 0, vitals.ioPressure.value ?? 0)
  }

  private func share(_ name: Printable, _ ratio: Measured<Ratio>) -> Label {
    guard let value = ratio.value else {
      return Label("\(name) \(ratio.absence?.short ?? "")", .dim)
    }
    let text = value.text.text
    let padding = String(repeating: " ", count: max(0, 5 - text.utf8.count))
    return Label("\(name) \(Printable(padding + text))", ratio.isStale ? .severity(.stale) : .text)
  }

  private func pressure(_ name: Printable, _ percent: Measured<Double>) -> Printable {
    guard let value = percent.value else { return "\(name) \(percent.absence?.short ?? "")" }
    let text = Units.fixed(value, digits: value < 10 ? 1 : 0)
    let padding = String(repeating: " ", count: max(0, 3 - text.utf8.count))
    return "\(name) \(Printable(padding + text))"
  }

  private static func uptime(_ seconds: Double) -> Printable {
    seconds < 60 ? Printable(Units.span(seconds: seconds)) : .age(seconds: seconds)
  }

  private static func state(_ process: ProcessSample) -> Printable {
    if process.leaderEnded { return "leader ended" }
    return switch process.state {
    case "R": "running"
    case "S", "I": "sleeping"
    case "D": "waiting for storage"
    case "T": "stopped"
    case "t": "traced"
    case "Z": "zombie"
    case "X": "dead"
    default: Printable("state \(process.state)")
    }
  }
}
