import Monitors

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
    // In the table it may be cut; the newest is what somebody wants to read.
    lines = receipts.last.map { [Label($0.outcome)] } ?? []
    let rows = receipts.reversed().map { receipt in
      let age = Printable.age(seconds: snapshot.sample.moment.seconds(since: receipt.at))
      let isRefused = ["refused", "failed"].contains { receipt.outcome.text.hasPrefix($0) }
      return Table.Row([
        Label(Printable(Units.clock(wall: receipt.at.wall)), .dim), Label(age, .dim),
        Label(receipt.action), Label(receipt.outcome, isRefused ? .severity(.warning) : .text),
        Label(PaneContent.pace(receipt), .dim), Label(receipt.who, .dim),
      ])
    }
    sections = [
      Section(
        title: "Done",
        table: Table(
          columns: [
            .init("at", 9, rank: 2), .init("ago", 8, rank: 3, right: true),
            .init("asked for", 14, rank: 1), .init("what came of it", 24, flexible: true),
            .init("operations/s", 13, rank: 5), .init("who", 16, rank: 4),
          ], rows: rows))
    ]
  }

  /// What became of the program's own work; the second figure comes after ten seconds.
  private static func pace(_ receipt: Receipt) -> Printable {
    guard let before = receipt.before?.operationsPerSecond else { return "" }
    let then = receipt.after?.operationsPerSecond.map { " → \(Units.fixed($0, digits: 1))" } ?? ""
    return Printable(Units.fixed(before, digits: 1) + then)
  }
}
