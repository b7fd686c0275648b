import Glibc
import Monitors
import TestSupport

/// Twenty linked programs that record as fast as robots do, and one perftop that watches all of them: nothing may be
/// lost, and it may cost no more than twenty that do nothing.
struct LinkLoad {
  static let targetVerb = "linked-target"
  private static let targets = 20
  private static let rate = 50_000
  private static let slicesPerSecond = 200
  let seconds: Int

  init(_ options: Options) { seconds = max(10, options.seconds) }

  func run() {
    var table = Table([
      "20 linked programs", "recorded", "counted", "perftop CPU ms/tick", "RSS kB",
    ])
    var rows: [(cpu: Double, resident: Double)] = []
    // As much work that is not seen tells what a busy machine alone does to perftop.
    for rate in [0, -LinkLoad.rate, LinkLoad.rate] {
      guard let result = measure(rate: rate) else { return print("  no answer from perftop") }
      let recorded = max(0, rate) * seconds * LinkLoad.targets
      table.add([
        rate == 0 ? "idle" : rate < 0 ? "as busy, unseen" : "\(rate) operations/s each",
        "\(recorded)", "\(result.counted)",
        result.cpu.short, result.resident.short,
      ])
      rows.append((result.cpu, result.resident))
    }
    table.show("Watching 20 linked programs, \(seconds) s")
    let cpu = (rows[2].cpu / rows[0].cpu).short
    let unseen = (rows[2].cpu / rows[1].cpu).short
    print("  CPU x \(cpu), beside the same work unseen x \(unseen)")
    print("  RSS x \((rows[2].resident / rows[0].resident).short)")
  }

  private func measure(rate: Int) -> (counted: UInt64, cpu: Double, resident: Double)? {
    let own = CommandLine.arguments[0]
    let targets = (0..<LinkLoad.targets).compactMap { _ in
      Specimen([own, LinkLoad.targetVerb, "\(rate)", "\(seconds)"])
    }
    poll(nil, 0, 500)
    let pids = targets.map { "\($0.pid)" }.joined(separator: ",")
    let ticks = seconds + 4
    let run = ProgramRun(
      [
        BuiltProgram.path, "snapshot", "--jsonl", "--count", "\(ticks)", "-p", pids,
      ], within: Double(ticks) + 30)
    let lines = run.output.split(separator: "\n").suffix(LinkLoad.targets * ticks)
    guard lines.count == LinkLoad.targets * ticks else { return nil }
    var counted: UInt64 = 0
    for line in lines.suffix(LinkLoad.targets) {
      let snapshot = try? JSONReader.object(String(line))
      for operation in snapshot?["operations"]?.elements ?? [] {
        counted += operation["count"]?.whole ?? 0
      }
    }
    // Each tick has a line for each target, with the same figures of perftop itself.
    let readings = stride(
      from: LinkLoad.targets * 4, to: LinkLoad.targets * seconds, by: LinkLoad.targets
    )
    .compactMap { try? JSONReader.object(String(lines[lines.startIndex + $0])) }
    let shares = readings.compactMap { $0["self"]?["cpu_percent"]?.real }
    let resident = readings.compactMap { $0["self"]?["rss_bytes"]?.real }.max() ?? .nan
    withExtendedLifetime(targets) {}
    return (counted, shares.reduce(0, +) / Double(max(1, shares.count)) * 10, resident / 1000)
  }

  /// Records so many operations a second for so many seconds, and then stays.
  static func beTarget(_ arguments: some Collection<String>) {
    let numbers = arguments.compactMap { Int($0) }
    guard numbers.count == 2 else { return }
    let linked = Link.start("load")
    // A second link of one process finds its place taken: it records, and nobody can ask it.
    let link = numbers[0] < 0 ? Link.start("unseen") : linked
    let time = LiveTime()
    let begin = time.now()
    let slice = abs(numbers[0]) / slicesPerSecond
    for number in 0..<(numbers[1] * slicesPerSecond) {
      for _ in 0..<slice { link.operation("load", kind: "health_check") { $0.items(1) } }
      let next = begin.later(by: Double(number + 1) / Double(slicesPerSecond))
      let left = next.nanoseconds - time.now().nanoseconds
      if left > 0 { time.wait(nanoseconds: left) }
    }
    while true { time.wait(nanoseconds: 1_000_000_000) }
  }
}
