import Glibc
import TestSupport

/// perftop and its peers, watching the same busy process among the same sleepers, one after another, round after round.
struct Contest {
  /// A full-screen program, told to watch one process each second.
  struct Tool {
    var name: String
    var command: [String]
    /// Keys that narrow it down to the process, for one that no option narrows.
    var preparation = ""
    /// Keys that move, by turns: each must change what is on the screen.
    var keys = ["\u{1b}OB", "\u{1b}OA"]
  }

  /// What one run of one tool cost; per tick where that makes sense.
  struct Result {
    var cpuMilliseconds = Double.nan
    var bytes = Double.nan
    var wakeUps = Double.nan
    var residentKilobytes = Double.nan
    var privateKilobytes = Double.nan
    var firstScreen = Double.nan
    var key = Double.nan
  }

  /// What is contested.
  enum Discipline {
    /// Watching one busy process among others.
    case watching
    /// Listing very many that sleep.
    case listing
  }

  let options: Options
  let discipline: Discipline
  private let folder = TemporaryFolder()
  private static let crowd = 2000

  init(_ options: Options, _ discipline: Discipline = .watching) {
    self.options = options
    self.discipline = discipline
  }

  private var sleeperCount: Int {
    discipline == .watching ? options.sleepers : max(options.sleepers, Contest.crowd)
  }

  func run() {
    let sleepers = (0..<sleeperCount).compactMap { _ in Specimen(["sleep", "100000"]) }
    let target = discipline == .watching ? Specimen(tool: "busy", folder.path + "/data") : nil
    if target == nil, discipline == .watching { return print("no process to watch") }
    prepareHome()
    let tools = installed(target.map { watchers(of: $0.pid) } ?? listers)
    var results: [String: [Result]] = [:]
    for round in 0..<options.rounds {
      for tool in round % 2 == 0 ? tools : tools.reversed() {
        if let result = measure(tool) { results[tool.name, default: []].append(result) }
      }
    }
    show(tools.map(\.name), results.mapValues(best))
    withExtendedLifetime((sleepers, target)) {}
  }

  private func watchers(of pid: Int32) -> [Tool] {
    [
      Tool(name: "perftop", command: ["perftop", "-d", "1", "-p", "\(pid)"], keys: ["\t"]),
      Tool(name: "htop", command: ["htop", "-d", "10", "-p", "\(pid)"]),
      Tool(
        name: "btop", command: ["btop", "--utf-force"], preparation: "fFaultTool\r",
        keys: ["\u{1b}[B", "\u{1b}[A"]),
      Tool(name: "top", command: ["top", "-d", "1", "-p", "\(pid)"]),
    ]
  }

  private var listers: [Tool] {
    [
      Tool(name: "perftop", command: ["perftop", "-d", "1"]),
      Tool(name: "htop", command: ["htop", "-d", "10"]),
      Tool(name: "btop", command: ["btop", "--utf-force"], keys: ["\u{1b}[B", "\u{1b}[A"]),
      Tool(name: "top", command: ["top", "-d", "1"], keys: ["\u{1b}OB", "\u{1b}OA"]),
    ]
  }

  private func installed(_ tools: [Tool]) -> [Tool] {
    tools.filter { tool in
      tool.name == "perftop" || ProgramRun(["sh", "-c", "command -v \(tool.name)"]).code == 0
    }
  }

  private func prepareHome() {
    let path = folder.path
    _ = ProgramRun(["mkdir", "-p", path + "/.config/btop"])
    folder.write(".config/btop/btop.conf", "update_ms = 1000\n")
  }

  private func measure(_ tool: Tool) -> Result? {
    let begin = ContinuousClock.now
    guard let session = try? Session(tool.command, environment: ["HOME": folder.path]) else {
      return nil
    }
    var result = Result()
    guard session.sees(within: 5, { Contest.isFull($0) }) else { return nil }
    result.firstScreen = begin.duration(to: .now).seconds * 1000
    session.press(tool.preparation)
    // The first looks at all of them cost more than those that follow.
    session.watch(for: discipline == .watching ? 3 : 14)
    let before = Meter(session.child)
    let bytes = session.output.count
    session.watch(for: Double(options.seconds))
    let after = Meter(session.child)
    let ticks = Double(options.seconds)
    result.bytes = Double(session.output.count - bytes) / ticks
    result.cpuMilliseconds = (after.cpuSeconds - before.cpuSeconds) * 1000 / ticks
    result.wakeUps = (after.wakeUps - before.wakeUps) / ticks
    result.residentKilobytes = after.residentKilobytes
    result.privateKilobytes = after.privateKilobytes
    result.key = latency(session, tool.keys)
    session.press("q")
    _ = session.ends(within: 2)
    return result
  }

  /// A screen with something to read on it: frames alone do not count.
  private static func isFull(_ screen: VirtualTerminal) -> Bool {
    let readable = screen.text.unicodeScalars.count { ("0"..."z").contains($0) }
    return readable * 20 >= screen.columns * screen.rows
  }

  /// Milliseconds from a key to the first byte of its answer: the median of ten, each after a quiet moment.
  private func latency(_ session: Session, _ keys: [String]) -> Double {
    let presses = 10
    let times = (0..<presses).map { press in
      session.watch(for: 0.15)
      let seen = session.output.count
      let begin = ContinuousClock.now
      session.press(keys[press % keys.count])
      let isAnswered = session.receives(seen + 1, within: 1.5)
      return isAnswered ? begin.duration(to: .now).seconds * 1000 : .nan
    }
    return times.filter { !$0.isNaN }.sorted().dropFirst(presses / 2).first ?? .nan
  }

  /// The least of the rounds, figure by figure: noise only ever adds.
  private func best(_ rounds: [Result]) -> Result {
    var best = Result()
    for (_, path) in Contest.figures {
      best[keyPath: path] = rounds.map { $0[keyPath: path] }.filter { !$0.isNaN }.min() ?? .nan
    }
    return best
  }

  private static var figures: [(String, WritableKeyPath<Result, Double>)] {
    [
      ("CPU ms/tick", \.cpuMilliseconds), ("bytes/tick", \.bytes), ("wake-ups/tick", \.wakeUps),
      ("RSS kB", \.residentKilobytes), ("private kB", \.privateKilobytes),
      ("first screen ms", \.firstScreen), ("key ms", \.key),
    ]
  }

  private func show(_ names: [String], _ results: [String: Result]) {
    var table = Table([""] + Contest.figures.map(\.0))
    for name in names {
      guard let result = results[name] else { continue }
      table.add([name] + Contest.figures.map { result[keyPath: $0.1].short })
    }
    let title =
      discipline == .watching
      ? "Watching one busy process among \(sleeperCount) others"
      : "Listing \(sleeperCount) processes that sleep"
    table.show(
      "\(title): 120x40, 1 s, \(options.seconds) ticks, the best of \(options.rounds) rounds")
    guard let own = results["perftop"] else { return print("  perftop did not come up") }
    var ratios = Table(["perftop ="] + Contest.figures.map(\.0))
    for name in names where name != "perftop" {
      guard let peer = results[name] else { continue }
      ratios.add(
        ["x \(name)"] + Contest.figures.map { (own[keyPath: $0.1] / peer[keyPath: $0.1]).short })
    }
    ratios.show("As a multiple of its peers")
  }
}
