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
    if let area = layout.footer {
      canvas.draw(in: area) { footer(scene, keys).draw(into: &$0) }
    }
    if scene.view.overlay == .picker {
      drawPicker(scene, layout, into: &canvas)
      return canvas
    }
    guard let snapshot = scene.snapshot else {
      canvas.write(
        "taking the first readings", x: layout.body.x, y: layout.body.y, role: .dim)
      return canvas
    }
    drawSnapshot(snapshot, scene, layout, help, into: &canvas)
    if let search = scene.view.search, scene.view.isZoomed || scene.view.overlay == .help {
      canvas.highlight(search, in: layout.body)
    }
    return canvas
  }

  private func drawSnapshot(
    _ snapshot: Snapshot, _ scene: Scene, _ layout: Layout, _ help: [HelpRow],
    into canvas: inout Canvas
  ) {
    if let area = layout.strip {
      let strip = StripPane(snapshot: snapshot, tags: tags(scene, snapshot, layout))
      canvas.draw(in: area) { strip.draw(into: &$0) }
    }
    if scene.view.overlay == .help, !layout.panes.isEmpty {
      let pane = HelpPane(rows: help, scroll: scene.view.scroll)
      canvas.draw(in: layout.body) { pane.draw(into: &$0) }
    } else if layout.panes.isEmpty {
      lines(scene, snapshot, into: &canvas)
    } else {
      for place in layout.panes {
        let pane = PaneCatalogue.pane(place.word, snapshot, scene.view)
        canvas.draw(in: place.rectangle) { pane.draw(into: &$0) }
      }
    }
  }

  private func drawPicker(_ scene: Scene, _ layout: Layout, into canvas: inout Canvas) {
    if let snapshot = scene.snapshot, let area = layout.strip {
      let strip = StripPane(snapshot: snapshot, tags: tags(scene, snapshot, layout))
      canvas.draw(in: area) { strip.draw(into: &$0) }
    }
    let message = layout.footer == nil ? message(scene) : Label("")
    let pane = PickerPane(state: scene.view.picker, message: message)
    canvas.draw(in: layout.body) { pane.draw(into: &$0) }
  }

  private func footer(_ scene: Scene, _ keys: [FooterKey]) -> FooterPane {
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
    var tags = warning(hidden.map { PaneCatalogue.pane($0, snapshot, scene.view) })
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
    let panes = Word.allCases.map { PaneCatalogue.pane($0, snapshot, scene.view) }
    let focused = panes.filter { type(of: $0).word == scene.view.focus }
    let others = panes.filter { type(of: $0).word != scene.view.focus }
      .sorted { $0.severity > $1.severity }
    for (y, pane) in (focused + others).enumerated() where y < canvas.size.height {
      let labels = pane.oneLine(glyphs)
      canvas.write(labels, x: 0, y: y, cutAt: canvas.size.width)
    }
    guard canvas.size.height == 1, let label = warning(others).first else { return }
    let taken = canvas.width(of: label.text) + 1
    guard taken * 2 < canvas.size.width else { return }
    canvas.write(" ", x: canvas.size.width - taken, y: 0)
    canvas.writeRight(label, end: canvas.size.width, y: 0, width: taken - 1)
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
