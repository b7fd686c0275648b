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
      let nearest = [verdicts(width: width).nearest].compactMap(\.self)
      canvas.write(nearest + load(isWide: false), x: x + 1, y: 0, end: end, gap: 2)
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
    let verdicts = verdicts(width: width)
    let end = reserve(verdicts.nearest, x: x, width: width, into: &canvas)
    x = canvas.write(load(isWide: width >= 100), x: x, y: 1, end: end, gap: 2)
    canvas.write(verdicts.others, x: x, y: 1, end: end, gap: 2)
  }

  private static let soon = 86400.0

  /// What runs out within a day has its place at the right end, whatever else has to go.
  private func reserve(
    _ nearest: Label?, x: Int, width: Int, into canvas: inout Canvas
  ) -> Int {
    guard let nearest else { return width }
    let taken = min(canvas.width(of: nearest.text), width - x)
    canvas.writeRight(nearest, end: width, y: 1, width: taken)
    return width - taken - 2
  }

  /// What is thought of it all: what runs out first, the score, and how hard the machine and the target are pressed.
  private func verdicts(width: Int) -> (nearest: Label?, others: [Label]) {
    let judgement = snapshot.judgement
    let nearest = judgement.nearest.flatMap { forecast -> Label? in
      guard let span = forecast.span, span.median < StripPane.soon else { return nil }
      let time = width >= 160 ? span.words : Forecast.Span.rough(span.median)
      let role: Role = .severity(span.median < 3600 ? .critical : .warning)
      return Label("\(forecast.resource) \(forecast.failing(in: time))", role, .bold)
    }
    let score = judgement.score.value.map { value -> Label in
      let severity = Severity(score: value)
      return Label("score \(value)", severity == .ok ? .text : severity.role)
    }
    let pressed = max(judgement.machine?.level ?? .none, judgement.target?.level ?? .none)
    let pressure =
      pressed > .low ? Label("\(pressed.rawValue) pressure", Severity(pressed).role) : nil
    return (nearest, [score, pressure].compactMap(\.self))
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
