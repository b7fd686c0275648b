import Monitors

/// The list of all processes: titles, rows, and what is known of the one under the cursor.
struct PickerPane: Sendable {
  let state: PickerState
  /// What the last key did, for a screen that has no footer.
  var message = Label("")

  private var plan: RosterPlan { state.plan }
  private var list: RosterList { state.list }

  /// Lines of the list that a pane of some size has room for.
  func room(in size: Size) -> Int {
    size.isPickerLine ? 1 : PickerPlaces(size, plan).rows.height
  }

  /// What lies at a place.
  func spot(x: Int, y: Int, in size: Size) -> Page.Picked? {
    guard !size.isPickerLine else { return nil }
    let places = PickerPlaces(size, plan)
    if y == places.headings { return places.column(at: x)?.sort.map(Page.Picked.title) }
    guard places.rows.contains(x, y) else { return nil }
    let line = state.window(places.rows.height) + y - places.rows.y
    return list.lines.indices.contains(line) ? .line(line) : nil
  }

  func draw(into canvas: inout Canvas) {
    guard !canvas.size.isPickerLine else { return drawLines(into: &canvas) }
    let places = PickerPlaces(canvas.size, plan)
    if places.isFramed {
      frame(places, into: &canvas)
    } else {
      let typed = plan.filter.problem == nil ? [] : filterLabel
      let line = message.text.isEmpty ? [status] + filterLabel : typed + [message]
      canvas.write(line, x: 0, y: 0, cutAt: canvas.size.width)
    }
    if let y = places.headings { headings(places, y: y, into: &canvas) }
    if let sentence {
      let area = places.rows
      let lines = canvas.wrapped(sentence, width: area.width, lines: max(1, area.height))
      for (offset, line) in lines.prefix(area.height).enumerated() {
        canvas.write(line, x: area.x, y: area.y + offset, width: area.width)
      }
      return
    }
    rows(places, into: &canvas)
    if let area = places.preview {
      let lines = PickerPreview(state: state).lines(canvas, width: area.width, height: area.height)
      for (offset, line) in lines.enumerated() {
        if line.count == 1 {
          canvas.write(line[0], x: area.x, y: area.y + offset, width: area.width)
        } else {
          canvas.write(line, x: area.x, y: area.y + offset, end: area.x + area.width, gap: 2)
        }
      }
    }
  }

  private func frame(_ places: PickerPlaces, into canvas: inout Canvas) {
    let size = canvas.size
    let frame = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
    canvas.box(frame, role: .border(.focus))
    canvas.titles(
      [Label("Processes", .title, .bold)] + filterLabel, right: [status], x: 0, y: 0,
      width: size.width)
    guard let preview = places.preview else { return }
    if preview.y > places.rows.y {
      for x in 1..<size.width - 1 {
        canvas.put("─", ascii: "-", x: x, y: preview.y - 1, role: .dim)
      }
    } else {
      for y in 1..<size.height - 1 {
        canvas.put("│", ascii: "|", x: preview.x - 2, y: y, role: .dim)
      }
    }
  }

  /// `37 of 2013, 2 marked`, and in the first seconds why a column has nothing but dashes.
  var status: Label {
    guard list.moment != nil else { return Label("no list yet", .dim) }
    let total = list.rows.count
    let shown = plan.filter.isEmpty ? total : list.notes.count { $0.isMatch }
    let count = plan.filter.isEmpty ? "\(total)" : "\(shown) of \(total)"
    let marks = state.marked.isEmpty ? "" : ", \(state.marked.count) marked"
    return Label(Printable(count + marks + (list.knowsGrowth ? "" : ", growth needs 10 s")), .text)
  }

  private var filterLabel: [Label] {
    plan.filter.text.isEmpty ? [] : [Label("filter \(Printable(plan.filter.text))", .key)]
  }

  /// Why there are no rows; `nil` where there are.
  var sentence: Label? {
    if list.moment == nil { return Label("taking the first list", .dim) }
    guard list.lines.isEmpty else { return nil }
    if plan.filter.isEmpty { return Label("no process can be seen here", .dim) }
    let typed = Printable(plan.filter.text)
    guard state.unread > 0, plan.filter.needsText else {
      return Label("no process matches \(typed); esc clears it")
    }
    let unread: Printable =
      state.unread == 1 ? "1 command line is" : "\(state.unread) command lines are"
    return Label("none yet matches \(typed); \(unread) still to be read")
  }

  private func headings(_ places: PickerPlaces, y: Int, into canvas: inout Canvas) {
    for (column, place) in zip(PickerColumn.allCases, places.columns) {
      guard let place else { continue }
      let x = places.rows.x + place.x
      guard column.sort == plan.sort else {
        let label = Label(column.title, .dim)
        if column.isRight {
          canvas.writeRight(label, end: x + place.width, y: y, width: place.width)
        } else {
          canvas.write(label, x: x, y: y, width: place.width)
        }
        continue
      }
      let falls = (plan.sort == .name) == plan.isReversed
      let title = Label("\(column.title)\(falls ? "↓" : "↑")", .key, .bold)
      if column.isRight {
        canvas.writeRight(title, end: x + place.width, y: y, width: place.width)
      } else {
        canvas.write(title, x: x, y: y, width: place.width)
      }
    }
  }

  private func rows(_ places: PickerPlaces, into canvas: inout Canvas) {
    let area = places.rows
    let first = state.window(area.height)
    let cursor = state.place
    for offset in 0..<area.height where first + offset < list.lines.count {
      let line = list.lines[first + offset]
      guard let row = list.row(line) else { continue }
      let drawn = PickerRow(
        row: row, note: list.note(line), line: line, isTree: plan.isTree,
        isMarked: state.marked.contains(row.identity), isSelected: first + offset == cursor)
      drawn.draw(places, y: area.y + offset, into: &canvas)
    }
  }

  /// Without room for a list: the process under the cursor, and those behind it.
  private func drawLines(into canvas: inout Canvas) {
    let (width, height) = (canvas.size.width, canvas.size.height)
    if let sentence = message.text.isEmpty ? sentence : message {
      canvas.write(sentence, x: 0, y: 0, width: width)
      return
    }
    let first = state.place ?? 0
    for y in 0..<height where first + y < list.lines.count {
      let line = list.lines[first + y]
      guard let row = list.row(line) else { continue }
      let note = list.note(line)
      let place = y > 0 ? [] : [Label("\(first + 1)/\(list.lines.count)", .dim)] + filterLabel
      let figures = [
        Label(row.facts.name, .title, .bold), Label("\(String(row.identity.pid))"),
        Label("\(PickerRow.cpu(note)) %"), Label(PickerRow.memory(note)),
      ]
      let mark = state.marked.contains(row.identity) ? [Label("*", .key, .bold)] : []
      canvas.write(mark + figures + place, x: 0, y: y, cutAt: width)
    }
  }
}

extension Size {
  /// Whether it has no room for a list, only for lines.
  fileprivate var isPickerLine: Bool { width < 18 || height < 3 }
}
