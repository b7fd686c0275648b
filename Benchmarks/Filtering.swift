import TestSupport

/// What a key press costs while a filter is typed over many processes: the work for all rows, and drawing what is left.
struct Filtering {
  private static let typed = ["/", "s", "l", "e", "e", "p", " ", "1", "0", "\u{7f}", "\u{7f}", "!"]
  private static let rounds = 5
  let options: Options

  init(_ options: Options) { self.options = options }

  func run() {
    let sleepers = (0..<options.sleepers).compactMap { _ in Specimen(["sleep", "100000"]) }
    // No reading must come in between: only keys are to be paid for.
    guard let session = try? Session(["perftop", "-d", "60"]), session.sees("sleep", within: 20)
    else { return print("perftop did not come up") }
    session.watch(for: 2)
    var worst = 0.0
    var sum = 0.0
    for _ in 0..<Filtering.rounds {
      for key in Filtering.typed {
        let cost = milliseconds(session, key)
        worst = max(worst, cost)
        sum += cost
      }
      session.press("\u{1b}")
      session.watch(for: 0.3)
    }
    let count = Double(Filtering.rounds * Filtering.typed.count)
    var table = Table(["a key typed into the filter", "mean ms", "worst ms"])
    table.add(["perftop", (sum / count).short, worst.short])
    table.show("Filtering \(sleepers.count) processes: processor time of a key press")
    session.press("q")
    _ = session.ends(within: 2)
    withExtendedLifetime(sleepers) {}
  }

  private func milliseconds(_ session: Session, _ key: String) -> Double {
    let before = session.child.cpuSeconds
    session.press(key)
    session.watch(for: 0.1)
    return (session.child.cpuSeconds - before) * 1000
  }
}
