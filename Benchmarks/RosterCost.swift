import Glibc
import Monitors
import TestSupport

/// What a list of all processes costs by itself: among many that sleep, a few that work, and some that come and go.
struct RosterCost {
  let options: Options
  private static let idle = 2000
  private static let warmUp = 12

  func run() {
    let count = max(options.sleepers, RosterCost.idle)
    let sleepers = (0..<count).compactMap { _ in Specimen(["sleep", "100000"]) }
    var table = Table(["all processes of \(sleepers.count + 1)", "CPU ms/tick", "wall ms"])
    let host = Host.live()
    let scratch = Scratch()
    let before = RosterCost.privateKilobytes(host)
    guard var probe = RosterProbe(host: host) else { return print("no processes to list") }
    let begin = ContinuousClock.now
    let (first, firstCPU) = RosterCost.tick(&probe, host, scratch)
    table.add(["first", firstCPU.short, (begin.duration(to: .now).seconds * 1000).short])
    print(
      "facts", MemoryLayout<RosterFacts>.size, "row", MemoryLayout<RosterRow>.stride, "io",
      MemoryLayout<Measured<Double>>.size, MemoryLayout<Printable?>.size)
    print("after first", RosterCost.privateKilobytes(host) - before)
    for _ in 0..<6 {
      _ = RosterCost.pace(&probe, host, scratch)
      print("then", RosterCost.privateKilobytes(host) - before)
    }
    for _ in 0..<RosterCost.warmUp { _ = RosterCost.pace(&probe, host, scratch) }
    let after = RosterCost.privateKilobytes(host)
    let ticks = (0..<options.seconds).map { _ in RosterCost.pace(&probe, host, scratch) }
    let mean = ticks.reduce(0) { $0 + $1.cpu } / Double(ticks.count)
    let wall = ticks.reduce(0) { $0 + $1.wall } / Double(ticks.count)
    table.add(["each, idle", mean.short, wall.short])
    table.add(["the dearest", (ticks.map(\.cpu).max() ?? .nan).short, "-"])
    table.show("The roster by itself, all threads counted, one each second")
    print("  \(first.rows.count) rows: \((after - before).short) kB private")
    withExtendedLifetime((sleepers, probe)) {}
  }

  private static func pace(_ probe: inout RosterProbe, _ host: Host, _ scratch: Scratch)
    -> (cpu: Double, wall: Double)
  {
    let before = host.processes.ownUsage().cpuNanoseconds
    let begin = ContinuousClock.now
    _ = probe.read(at: host.time.now(), scratch: scratch)
    let wall = begin.duration(to: .now).seconds * 1000
    let second: Int32 = 1000
    _ = poll(nil, 0, second)
    return (Double(host.processes.ownUsage().cpuNanoseconds - before) / 1e6, wall)
  }

  private static func tick(_ probe: inout RosterProbe, _ host: Host, _ scratch: Scratch)
    -> (Roster, Double)
  {
    let before = host.processes.ownUsage().cpuNanoseconds
    let roster = probe.read(at: host.time.now(), scratch: scratch)
    return (roster, Double(host.processes.ownUsage().cpuNanoseconds - before) / 1e6)
  }

  private static func privateKilobytes(_ host: Host) -> Double {
    OwnProgram.rest()
    let scratch = Scratch()
    guard let bytes = try? scratch.read(host.files, "/proc/self/status") else { return .nan }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let words = lines.first { $0.hasPrefix("RssAnon") }?.split(whereSeparator: \.isWhitespace)
    return words.flatMap { $0.count > 1 ? Double($0[1]) : nil } ?? .nan
  }
}
