import Glibc
import Monitors
import TestSupport

/// What it costs a linked program to record one operation, and how much it holds for a million of them.
struct LinkCost {
  private static let names = (0..<20).map { "operation_\($0)" }
  private static let million = 1_000_000
  private static let block = 100
  private static let blocks = 3000

  func run() {
    let link = Link.start("perftop-bench")
    defer { link.stop() }
    if let problem = link.problem { return print(problem) }
    for _ in 0..<1000 { record(link, LinkCost.names[0]) }
    let before = Own.residentKilobytes
    for number in 0..<LinkCost.million { record(link, LinkCost.names[number % 20]) }
    let grown = Own.residentKilobytes - before
    var table = Table(["one recorded operation", "median ns", "p99 ns"])
    let alone = measure(link)
    table.add(["nobody watches", alone.median.short, alone.p99.short])
    let viewer = Specimen([
      BuiltProgram.path, "snapshot", "--jsonl", "--count", "1000", "-d", "0.5", "-p", "\(getpid())",
    ])
    poll(nil, 0, 2000)
    let watched = measure(link)
    table.add(["perftop watches", watched.median.short, watched.p99.short])
    table.show(
      "The target's side of a link (p99 is of single operations, the clock's own cost included)")
    print("  a million operations of 20 names: resident memory grew by \(grown.short) kB")
    withExtendedLifetime(viewer) {}
  }

  private func record(_ link: Link, _ name: String) { link.operation(name) { _ in } }

  /// The median of means of a hundred, for a clock takes as long as what it measures; the 99th percentile of single ones.
  private func measure(_ link: Link) -> (median: Double, p99: Double) {
    var means: [Double] = []
    var singles: [Double] = []
    for _ in 0..<LinkCost.blocks {
      let begin = ContinuousClock.now
      for place in 0..<LinkCost.block { record(link, LinkCost.names[place % 20]) }
      means.append(begin.duration(to: .now) / .nanoseconds(LinkCost.block))
      for place in 0..<10 {
        let begin = ContinuousClock.now
        record(link, LinkCost.names[place])
        singles.append(begin.duration(to: .now) / .nanoseconds(1))
      }
    }
    means.sort()
    singles.sort()
    return (means[means.count / 2], singles[singles.count * 99 / 100])
  }
}

/// What this process holds.
enum Own {
  static var residentKilobytes: Double {
    Double(LiveProcesses().ownUsage().resident.count) / 1000
  }
}
