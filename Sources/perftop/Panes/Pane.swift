import Monitors

/// One of the six on the screen: a value that is made, drawn and thrown away.
protocol Pane: Sendable {
  /// Which of the six it shows.
  static var word: Word { get }
  /// Behind the title, in parentheses: `simulated`.
  var remark: Printable? { get }
  var severity: Severity { get }
  var context: PaneContext { get }
  /// The two or three numbers that stand for all, for a screen of one line.
  var brief: [Printable] { get }
  /// All there is to show.
  var content: PaneContent { get }
}

extension Pane {
  var remark: Printable? { nil }

  /// Below this there is only room for a line.
  static var minimumSize: Size { Size(width: 18, height: 5) }

  /// Draws a frame and in it as much as there is room for.
  func draw(into canvas: inout Canvas) {
    let size = canvas.size
    guard size.width >= 4, size.height >= 3 else {
      canvas.write(oneLine(canvas.glyphs), x: 0, y: 0, cutAt: size.width)
      return
    }
    let content = judged
    let frame = Rectangle(x: 0, y: 0, width: size.width, height: size.height)
    let role = Role.border(context.isFocused ? .focus : Self.word.border)
    canvas.box(frame, role: role)
    canvas.titles(
      title(in: size.width), right: Severity.tag(severity, canvas.glyphs), x: 0, y: 0,
      width: size.width)
    let inner = Rectangle(x: 1, y: 1, width: size.width - 2, height: size.height - 2)
    if context.isZoomed {
      canvas.zoomed(content, context, in: inner)
    } else {
      canvas.arranged(content, context, in: inner)
    }
  }

  /// All there is to show, with what is to come of it.
  var judged: PaneContent {
    guard !context.expected.isEmpty else { return content }
    var content = content
    content.lines = context.expected + content.lines
    return content
  }

  /// The pane on a canvas of its own.
  func drawn(at size: Size, glyphs: GlyphSet = .unicode) -> Canvas {
    var canvas = Canvas(size: size, glyphs: glyphs)
    draw(into: &canvas)
    return canvas
  }

  /// `MEMORY OK · 412 MB +0 B/min`, each part for itself, so that a narrow screen leaves out whole ones.
  func oneLine(_ glyphs: GlyphSet) -> [Label] {
    [Label(Printable(Self.word.rawValue.uppercased()), .title, .bold)]
      + Severity.tag(severity, glyphs) + brief.map { Label($0) }
  }

  private func title(in width: Int) -> [Label] {
    let emphasis: Emphasis = context.isFocused ? [.bold, .reversed] : .bold
    let name = context.key ?? "\(Self.word.place)"
    let key = width < 24 || name.isEmpty ? [] : [Label(name, .key)]
    return key + [Label(Printable(Self.word.title), .title, emphasis)]
      + (remark.map { [Label("(\($0))", .severity(.info))] } ?? [])
      + (context.trend.isEmpty ? [] : [Label(context.trend, .dim)])
  }
}

extension Word {
  /// The frame's role.
  var border: Role.Border {
    switch self {
    case .memory: .memory
    case .storage: .storage
    case .batching: .batching
    case .quality: .quality
    case .thermal: .thermal
    case .alerts: .alerts
    }
  }
}

extension Severity {
  /// The role of its word.
  var role: Role {
    switch self {
    case .ok: .severity(.ok)
    case .info: .severity(.info)
    case .warning: .severity(.warning)
    case .critical: .severity(.critical)
    case .emergency: .severity(.emergency)
    case .stale: .severity(.stale)
    }
  }

  /// `WARNING !`
  static func tag(_ severity: Severity, _ glyphs: GlyphSet) -> [Label] {
    let glyph = glyphs == .ascii ? severity.asciiGlyph : severity.glyph
    let emphasis: Emphasis = severity > .info ? .bold : []
    return [Label("\(severity.label) \(glyph)", severity.role, emphasis)]
  }
}
