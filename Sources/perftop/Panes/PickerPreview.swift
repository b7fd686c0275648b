import Monitors

/// What is known of the process under the cursor, beyond its row.
struct PickerPreview: Sendable {
  let state: PickerState

  /// At most so many lines: the command, why it can't be attached, and facts that flow.
  func lines(_ canvas: Canvas, width: Int, height: Int) -> [[Label]] {
    guard height > 0, let row = state.currentRow else { return [] }
    let facts = row.facts
    let command = facts.command.isEmpty ? facts.name : facts.command
    let most = max(1, height / 3)
    var lines = wrapped(Label(command, .title), canvas, width, most)
    if let refusal = facts.refusal {
      lines += wrapped(
        Label("can't be attached: \(refusal)", .severity(.warning)), canvas, width, most)
    }
    var flow: [Label] = []
    var taken = 0
    for item in items(row) {
      let needed = canvas.width(of: item.text)
      if taken + needed > width, !flow.isEmpty {
        lines.append(flow)
        flow = []
        taken = 0
      }
      flow.append(item)
      taken += needed + 2
    }
    return Array((lines + (flow.isEmpty ? [] : [flow])).prefix(height))
  }

  private func wrapped(_ label: Label, _ canvas: Canvas, _ width: Int, _ most: Int) -> [[Label]] {
    canvas.wrapped(label, width: width, lines: most).prefix(most).map { [$0] }
  }

  private func items(_ row: RosterRow) -> [Label] {
    let facts = row.facts
    let note = state.place.flatMap { state.list.note(state.list.lines[$0]) }
    var items = [Label("\(facts.name) \(String(row.identity.pid))", .text, .bold)]
    items.append(Label(note == nil ? "has ended" : PickerPreview.state(row.state)))
    let user: Printable = facts.user.isEmpty ? "unknown" : facts.user
    items.append(Label("owner \(user) (\(String(facts.uid)))"))
    if let unit = facts.unit { items.append(Label("unit \(unit)")) }
    if let container = facts.container { items.append(Label("container \(container)")) }
    items.append(
      facts.isLinked ? Label("linked: it reports by itself", .key) : Label("not linked", .dim))
    items.append(Label("\(String(row.threads)) \(row.threads == 1 ? "thread" : "threads")"))
    items.append(Label("parent \(parent(row))"))
    if let age = age(row) { items.append(Label("started \(age) ago")) }
    items.append(growth(row, note))
    if let absence = row.io.absence { items.append(Label("io: \(absence.sentence)", .dim)) }
    return items
  }

  private func parent(_ row: RosterRow) -> Printable {
    guard let index = state.list.index(ofPid: row.parent) else { return "\(String(row.parent))" }
    return "\(state.list.rows[index].facts.name) \(String(row.parent))"
  }

  private static let clockTicks = 100.0

  private func age(_ row: RosterRow) -> Printable? {
    guard let uptime = state.list.uptime else { return nil }
    return .age(
      seconds: max(0, uptime - Double(row.identity.startTicks) / PickerPreview.clockTicks))
  }

  private func growth(_ row: RosterRow, _ note: RosterNote?) -> Label {
    guard let note, let moment = state.list.moment else { return Label("") }
    guard note.growth.value != nil else {
      return Label("growth: needs 10 s of readings", .dim)
    }
    guard note.growsSince > 0 else { return Label("does not grow", .dim) }
    let seconds = moment.seconds(since: Moment(nanoseconds: note.growsSince))
    let grows: Printable = "grows \(PickerRow.growth(note))/min"
    let soon = 5.0
    return Label(seconds < soon ? grows : "\(grows), seen for \(Printable.age(seconds: seconds))")
  }

  /// The state in a word, with its letter.
  static func state(_ letter: Character) -> Printable {
    let word =
      switch letter {
      case "R": "running"
      case "S": "sleeping"
      case "D": "waiting for storage"
      case "Z": "ended, not collected"
      case "T": "stopped"
      case "t": "traced"
      case "I": "idle"
      default: "state"
      }
    return "\(word) (\(String(letter)))"
  }
}
