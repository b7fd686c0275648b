import Monitors

/// The whole screen as a function of what is known and how it is looked at.
struct Screen: Sendable {
  let glyphs: GlyphSet

  init(glyphs: GlyphSet) { self.glyphs = glyphs }

  /// Draws everything.
  func drawn(_ scene: Scene, size: Size, keys: [FooterKey], help: [HelpRow]) -> Canvas {
    var canvas = Canvas(size: size, glyphs: glyphs)
    let layout = Layout(
      size: canvas.size, focus: scene.view.focus, isZoomed: scene.view.isZoomed)
    drawBody(scene, help, layout, into: &canvas)
    if let area = layout.footer {
      canvas.draw(in: area) { footer(scene, keys).draw(into: &$0) }
    } else if scene.view.overlay != .picker {
      drawMessage(scene, into: &canvas)
    }
    return canvas
  }

  /// Without room for a footer, what became of a key and what is asked for take the last line while they stand.
  private func drawMessage(_ scene: Scene, into canvas: inout Canvas) {
    var footer = footer(scene, [])
    footer.health = nil
    guard canvas.size.height > 0, footer.typing != nil || !footer.message.text.isEmpty else {
      return
    }
    let y = canvas.size.height - 1
    let area = Rectangle(x: 0, y: y, width: canvas.size.width, height: 1)
    canvas.draw(in: area) { footer.draw(into: &$0) }
  }

  private func drawBody(
    _ scene: Scene, _ help: [HelpRow], _ layout: Layout, into canvas: inout Canvas
  ) {
    if let snapshot = scene.snapshot, let area = layout.strip {
      let strip = StripPane(
        snapshot: snapshot, tags: tags(scene, snapshot, layout), keymap: scene.keymap)
      canvas.draw(in: area) { strip.draw(into: &$0) }
    }
    if scene.view.overlay == .help {
      drawHelp(scene, help, layout, into: &canvas)
    } else if case .sheet(let sheet) = scene.view.overlay, let snapshot = scene.snapshot {
      drawSheet(sheet, snapshot, scene, layout, into: &canvas)
    } else if scene.view.isPicking {
      drawPicker(scene, layout, into: &canvas)
    } else if let snapshot = scene.snapshot {
      drawPanes(snapshot, scene, layout, into: &canvas)
    } else {
      canvas.write(
        "taking the first readings", x: layout.body.x, y: layout.body.y, role: .dim)
    }
    if scene.view.overlay == .palette, let pane = PalettePane(scene) {
      canvas.draw(in: PalettePane.place(in: layout.body)) { pane.draw(into: &$0) }
    }
  }

  private func drawHelp(
    _ scene: Scene, _ help: [HelpRow], _ layout: Layout, into canvas: inout Canvas
  ) {
    let keys = [Action.help, .back].map { scene.keymap.name(of: $0).text }
    let pane = HelpPane(
      rows: help, scroll: scene.view.scroll, closing: Printable(keys.joined(separator: " or ")))
    if layout.panes.isEmpty {
      pane.lines(into: &canvas, in: layout.body)
    } else {
      canvas.draw(in: layout.body) { pane.draw(into: &$0) }
    }
    if let search = scene.view.search { canvas.highlight(search, in: layout.body) }
  }

  private func drawSheet(
    _ sheet: ViewState.Sheet, _ snapshot: Snapshot, _ scene: Scene, _ layout: Layout,
    into canvas: inout Canvas
  ) {
    let pane = SheetPane(sheet, snapshot, scene.view, scene.keymap)
    canvas.draw(in: layout.body) { pane.draw(into: &$0, isFramed: !layout.panes.isEmpty) }
    if let search = scene.view.search { canvas.highlight(search, in: layout.body) }
  }

  private func drawPanes(
    _ snapshot: Snapshot, _ scene: Scene, _ layout: Layout, into canvas: inout Canvas
  ) {
    guard !layout.panes.isEmpty else { return lines(scene, snapshot, into: &canvas) }
    for place in layout.panes {
      let pane = PaneCatalogue.pane(place.word, snapshot, scene.view, scene.keymap)
      canvas.draw(in: place.rectangle) { pane.draw(into: &$0) }
      if let search = scene.view.search, place.word == scene.view.focus {
        canvas.highlight(search, in: place.rectangle.inside)
      }
    }
  }

  private func drawPicker(_ scene: Scene, _ layout: Layout, into canvas: inout Canvas) {
    let message = layout.footer == nil ? message(scene) : Label("")
    let pane = PickerPane(state: scene.view.picker, message: message)
    canvas.draw(in: layout.body) { pane.draw(into: &$0) }
  }

  func footer(_ scene: Scene, _ keys: [FooterKey]) -> FooterPane {
    let view = scene.view
    let typed = view.overlay == .picker ? view.picker.plan.filter.text : view.search ?? ""
    return FooterPane(
      keys: keys, message: message(scene), typing: view.isTyping ? Printable(typed) : nil,
      health: scene.snapshot?.health ?? Health())
  }

  private func message(_ scene: Scene) -> Label {
    let view = scene.view
    if case .shelve(let id) = view.overlay {
      let alert = scene.snapshot?.alerts.active.first { $0.id == id }
      let question = view.message ?? "shelve for how long: \(alert?.message ?? Printable(id))"
      return Label(question, .severity(.info), .bold)
    }
    if let message = view.message { return Label(message) }
    let problem = view.overlay == .picker ? view.picker.plan.filter.problem : nil
    return Label(problem ?? "", .severity(.warning))
  }

  private func tags(_ scene: Scene, _ snapshot: Snapshot, _ layout: Layout) -> [Label] {
    let hidden = Word.allCases.filter { word in !layout.panes.contains { $0.word == word } }
    var tags = warning(hidden.map { PaneCatalogue.pane($0, snapshot, scene.view, scene.keymap) })
    let shown = scene.view.frozen ?? scene.snapshots
    if shown.count > 1 {
      let place = min(max(0, scene.view.target), shown.count - 1) + 1
      tags.append(Label("\(place)/\(shown.count)", .key, .bold))
    }
    if scene.view.stalledSince != nil { tags.append(Label("STALE ?", .severity(.stale), .bold)) }
    if scene.view.isReadOnly { tags.append(Label("read-only", .dim)) }
    if scene.view.frozen != nil { tags.append(Label(" FROZEN ", .frozen, .bold)) }
    return tags
  }

  /// Without room for panes: the focused one in a line, and the others below it, worst first.
  private func lines(_ scene: Scene, _ snapshot: Snapshot, into canvas: inout Canvas) {
    let panes = Word.allCases.map { PaneCatalogue.pane($0, snapshot, scene.view, scene.keymap) }
    let focused = panes.filter { type(of: $0).word == scene.view.focus }
    let others = panes.filter { type(of: $0).word != scene.view.focus }
      .sorted { $0.severity > $1.severity }
    var end = canvas.size.width
    if canvas.size.height == 1, let label = warning(others).first {
      let taken = canvas.width(of: label.text) + 1
      if taken * 2 < end {
        canvas.writeRight(label, end: end, y: 0, width: taken - 1)
        end -= taken
      }
    }
    for (y, pane) in (focused + others).enumerated() where y < canvas.size.height {
      canvas.write(pane.oneLine(glyphs), x: 0, y: y, cutAt: end)
    }
  }

  /// What is not on the screen still has its say when it is in trouble: the worst of it, `✖ STORAGE`.
  private func warning(_ hidden: [any Pane]) -> [Label] {
    guard let worst = hidden.max(by: { $0.severity < $1.severity }), worst.severity > .info else {
      return []
    }
    let glyph = glyphs == .ascii ? worst.severity.asciiGlyph : worst.severity.glyph
    let name = Printable(type(of: worst).word.rawValue.uppercased())
    return [Label("\(glyph) \(name)", worst.severity.role, .bold)]
  }
}

extension Canvas {
  /// Lets something draw on a canvas of its own, exactly as large as its place.
  fileprivate mutating func draw(in area: Rectangle, _ draw: (inout Canvas) -> Void) {
    var part = Canvas(size: area.size, glyphs: glyphs)
    draw(&part)
    place(part, x: area.x, y: area.y)
  }
}
