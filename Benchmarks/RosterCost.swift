import Glibc
import Monitors
import TestSupport

/// What a list of all processes costs by itself: among many that sleep, a few that work, and some that come and go.
struct RosterCost {
  let options: Options
  private let host = Host.live()
  private let scratch = Scratch()
  private static let idle = 2000
  private static let warmUp = 12

  func run() {
    OwnProgram.prepare()
    let count = max(options.sleepers, RosterCost.idle)
    let sleepers = (0..<count).compactMap { _ in Specimen(["sleep", "100000"]) }
    let before = privateKilobytes()
    var probe = RosterProbe(host: host)
    guard probe != nil else { return print("no processes to list") }
    var table = Table(["\(count) asleep", "CPU ms", "wall ms"])
    let first = measure { _ = probe?.read(at: host.time.now(), scratch: scratch) }
    table.add(["the first list", first.cpu.short, first.wall.short])
    for _ in 0..<RosterCost.warmUp { _ = tick(&probe) }
    let size = privateKilobytes() - before
    var (ticks, plain): ([Cost], [Cost]) = ([], [])
    for _ in 0..<options.seconds {
      ticks.append(tick(&probe))
      plain.append(measure { readAll() })
    }
    table.add(["each tick, the mean"] + mean(ticks))
    table.add(["opening each stat instead"] + mean(plain))
    table.show("The roster by itself, all threads counted, one each second")
    probe = nil
    let rest = privateKilobytes() - before
    print("  private memory: \(size.short) kB, \(rest.short) kB when nobody looks any more")
    withExtendedLifetime(sleepers) {}
  }

  private struct Cost {
    var cpu: Double
    var wall: Double
  }

  private func mean(_ costs: [Cost]) -> [String] {
    [\Cost.cpu, \Cost.wall].map { path in
      (costs.reduce(0) { $0 + $1[keyPath: path] } / Double(max(1, costs.count))).short
    }
  }

  private func measure(pause: Int32 = 0, _ body: () -> Void) -> Cost {
    let before = host.processes.ownUsage().cpuNanoseconds
    let begin = ContinuousClock.now
    body()
    let wall = begin.duration(to: .now).seconds * 1000
    if pause > 0 { _ = poll(nil, 0, pause) }
    let busy = host.processes.ownUsage().cpuNanoseconds - before
    return Cost(cpu: Double(busy) / 1e6, wall: wall)
  }

  /// With the second after it, in which its other thread works.
  private func tick(_ probe: inout RosterProbe?) -> Cost {
    measure(pause: 1000) { _ = probe?.read(at: host.time.now(), scratch: scratch) }
  }

  private func readAll() {
    guard let proc = try? host.files.openDirectory("/proc", in: nil) else { return }
    let numbers = (try? host.files.list("/proc", in: nil)) ?? []
    for name in numbers where name.utf8.first.map({ $0 >= 48 && $0 <= 57 }) == true {
      MicroBenchmark.keep(try? scratch.read(host.files, name + "/stat", in: proc))
    }
  }

  private func privateKilobytes() -> Double {
    OwnProgram.rest()
    guard let bytes = try? scratch.read(host.files, "/proc/self/status") else { return .nan }
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    let words = lines.first { $0.hasPrefix("RssAnon") }?.split(whereSeparator: \.isWhitespace)
    return words.flatMap { $0.count > 1 ? Double($0[1]) : nil } ?? .nan
  }
}
