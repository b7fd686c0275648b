import Monitors

/// A list about the target that has the whole screen: its operations, or what was done to it.
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

extension PaneContent {
  /// What was done to the target, newest first.
  init(receiptsOf snapshot: Snapshot, _ keymap: Keymap) {
    let receipts = snapshot.receipts.filter { $0.order != 0 }
    guard !receipts.isEmpty else {
      let keys = [Action.collect, .evict, .qualityDown, .qualityUp, .applyBatch, .signal]
        .map { keymap.name(of: $0).text }.joined(separator: " ")
      self.init(
        headline: Label("nothing was done to the target yet; \(Printable(keys)) do something"))
      return
    }
    let count = receipts.count
    self.init(headline: Label("\(count) \(count == 1 ? "action" : "actions"), newest first"))
    let rows = receipts.reversed().map { receipt in
      let age = Printable.age(seconds: snapshot.sample.moment.seconds(since: receipt.at))
      let isRefused = ["refused", "failed"].contains { receipt.outcome.text.hasPrefix($0) }
      return Table.Row([
        Label(Printable(Units.clock(wall: receipt.at.wall)), .dim), Label(age, .dim),
        Label(receipt.action), Label(receipt.outcome, isRefused ? .severity(.warning) : .text),
        Label(receipt.who, .dim),
      ])
    }
    sections = [
      Section(
        title: "Done",
        table: Table(
          columns: [
            .init("at", 8, rank: 2), .init("ago", 8, rank: 3, right: true),
            .init("asked for", 14, rank: 1), .init("what came of it", 24, flexible: true),
            .init("who", 16, rank: 4),
          ], rows: rows))
    ]
  }

  /// What the target does, as it tells it itself.
  init(operationsOf snapshot: Snapshot) {
    self.init(headline: Label("no operations reported: the target is not linked"))
  }
}
