import Monitors

/// One row of the list of processes.
struct PickerRow: Sendable {
  let row: RosterRow
  /// `nil` for one that has ended.
  let note: RosterNote?
  let line: RosterLine
  let isTree: Bool
  let isMarked: Bool
  let isSelected: Bool

  private static let missing: Printable = "-"
  /// What has nothing to say stands back.
  private static let nothing: [Printable] = ["0", "0 B", missing]

  static func cpu(_ note: RosterNote?) -> Printable {
    note?.cpu.value.map { Printable(Units.fixed($0, digits: 0)) } ?? missing
  }

  static func memory(_ note: RosterNote?) -> Printable {
    note?.memory.value.map { Printable(Units.scaled($0, unit: "B")) } ?? missing
  }

  static func growth(_ note: RosterNote?) -> Printable {
    guard let value = note?.growth.value else { return missing }
    return Printable((value > 0 ? "+" : "") + Units.scaled(value, unit: "B", significant: 2))
  }

  static func io(_ note: RosterNote?) -> Printable {
    note?.io.value.map { Printable(Units.scaled($0, unit: "B", significant: 2)) } ?? missing
  }

  private var role: Role {
    if isSelected { return .selected }
    return line.isDimmed || note == nil ? .dim : .text
  }

  func draw(_ places: PickerPlaces, y: Int, into canvas: inout Canvas) {
    for (column, place) in zip(PickerColumn.allCases, places.columns) {
      guard let place else { continue }
      let x = places.rows.x + place.x
      switch column {
      case .mark: marks(x: x, y: y, into: &canvas)
      case .process: process(x: x, y: y, end: x + place.width, into: &canvas)
      case .group: group(x: x, y: y, width: place.width, into: &canvas)
      default:
        let text = text(column)
        let isNothing = !isSelected && PickerRow.nothing.contains(text)
        let label = Label(text, isNothing ? .dim : role)
        if column.isRight {
          canvas.writeRight(label, end: x + place.width, y: y, width: place.width)
        } else {
          canvas.write(label, x: x, y: y, width: place.width)
        }
      }
    }
    guard isSelected else { return }
    canvas.emphasize(.reversed, x: places.rows.x, y: y, width: places.rows.width)
  }

  private func text(_ column: PickerColumn) -> Printable {
    switch column {
    case .pid: "\(String(row.identity.pid))"
    case .user: row.facts.user
    case .cpu: PickerRow.cpu(note)
    case .memory: PickerRow.memory(note)
    case .growth: PickerRow.growth(note)
    case .io: PickerRow.io(note)
    case .state: note == nil ? PickerRow.missing : Printable(String(row.state))
    case .threads: note == nil ? PickerRow.missing : "\(String(row.threads))"
    default: ""
    }
  }

  private func marks(x: Int, y: Int, into canvas: inout Canvas) {
    if isMarked { canvas.put("*", ascii: "*", x: x, y: y, role: .key, emphasis: .bold) }
    if row.facts.isLinked { canvas.put("◆", ascii: "+", x: x + 1, y: y, role: .key) }
  }

  private func group(x: Int, y: Int, width: Int, into canvas: inout Canvas) {
    let parts = [row.facts.unit, row.facts.container].compactMap { $0?.text }
    guard !parts.isEmpty else { return }
    let text = Printable(parts.joined(separator: ", "))
    canvas.write(text, x: x, y: y, width: width, role: isSelected ? .selected : .dim)
  }

  /// The name, and behind it what it was started with.
  private func process(x: Int, y: Int, end: Int, into canvas: inout Canvas) {
    var x = isTree ? branch(x: x, y: y, end: end, into: &canvas) : x
    let facts = row.facts
    if note == nil { x = canvas.write("ended:", x: x, y: y, width: end - x, role: role) + 1 }
    let rest = PickerRow.rest(facts)
    let isBracketed = facts.command.text.hasPrefix("[")
    let name = isBracketed ? facts.command : facts.name
    let isQuiet = isBracketed || facts.refusal != nil
    let role = isQuiet && !isSelected ? Role.dim : role
    x = canvas.write(name, x: x, y: y, width: end - x, role: role) + 1
    guard x + 1 < end, !isBracketed, !rest.isEmpty else { return }
    canvas.write(rest, x: x, y: y, width: end - x, role: isSelected ? .selected : .dim)
  }

  /// The command line, without its first word where that only says the name again.
  static func rest(_ facts: RosterFacts) -> Printable {
    let command = facts.command.text
    let program = command.prefix { $0 != " " }
    let file = program.split(separator: "/").last ?? program
    guard !facts.name.isEmpty, file.hasPrefix(facts.name.text) else { return facts.command }
    return Printable(String(command.dropFirst(program.count + 1)))
  }

  private static let deepest = 12

  /// `│ ├─`: who has started it.
  private func branch(x: Int, y: Int, end: Int, into canvas: inout Canvas) -> Int {
    let role = isSelected ? Role.selected : .dim
    let depth = min(
      Int(line.depth), PickerRow.deepest, max(0, (end - x - PickerColumn.process.width) / 2))
    var x = x
    for level in 0..<depth {
      let isLast = level == depth - 1
      let follows = line.trunk & (1 << UInt64(level + 1 + Int(line.depth) - depth)) != 0
      if isLast {
        canvas.put(follows ? "├" : "└", ascii: follows ? "|" : "`", x: x, y: y, role: role)
        canvas.put("─", ascii: "-", x: x + 1, y: y, role: role)
      } else if follows {
        canvas.put("│", ascii: "|", x: x, y: y, role: role)
      }
      x += 2
    }
    guard line.fold != .none else { return x }
    let isClosed = line.fold == .closed
    canvas.put(isClosed ? "▸" : "▾", ascii: isClosed ? "+" : "-", x: x, y: y, role: role)
    return x + 1
  }
}
