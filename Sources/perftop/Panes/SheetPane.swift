import Monitors

/// A list about the target that has the whole screen: its operations, what was done to it, or how well it is.
struct SheetPane: Sendable {
  let title: Printable
  let content: PaneContent
  let context: PaneContext
  /// The keys that close it.
  let closing: Printable

  init(_ sheet: ViewState.Sheet, _ snapshot: Snapshot, _ view: ViewState, _ keymap: Keymap) {
    var context = PaneCatalogue.context(view.focus, snapshot, view, keymap)
    context.isZoomed = true
    self.context = context
    let action: Action
    switch sheet {
    case .operations:
      (title, action) = ("Operations", .operations)
      content = PaneContent(operationsOf: snapshot)
    case .history:
      (title, action) = ("Actions", .history)
      content = PaneContent(receiptsOf: snapshot, keymap)
    case .judgement:
      (title, action) = ("Judgement", .judgement)
      content = PaneContent(judgementOf: snapshot, keymap)
    }
    closing = Printable([action, .back].map { keymap.name(of: $0).text }.joined(separator: " or "))
  }

  func draw(into canvas: inout Canvas, isFramed: Bool) {
    let whole = Rectangle(x: 0, y: 0, width: canvas.size.width, height: canvas.size.height)
    guard isFramed else {
      canvas.zoomed(content, context, in: whole)
      return
    }
    canvas.box(whole, role: .border(.focus))
    canvas.titles(
      [Label(title, .title, .bold)], right: [Label("\(closing) closes", .dim)], x: 0, y: 0,
      width: whole.width)
    canvas.zoomed(content, context, in: whole.inside)
  }
}
