import Glibc
import Monitors
import TestSupport

@testable import Monitors

/// A pretended machine with one process, and what it takes to act upon it.
struct Acting {
  let files = FakeFiles()
  let time = FakeTime()
  let processes = FakeProcesses()
  var host: Host { Host.fake(files: files, time: time, processes: processes) }
  static let pid: Int32 = 42
  static let key = ProcessKey(pid: pid, startTicks: 5000)

  init(_ change: (inout FakeProcess) -> Void = { _ in }) {
    var process = FakeProcess(Self.pid)
    change(&process)
    files.put(process)
    files.write("/proc/42/maps", "")
  }

  func runner(_ link: LinkExchange? = nil) -> ActionRunner { ActionRunner(host: host, link: link) }

  func perform(
    _ action: TargetAction, _ context: ActionContext = ActionContext(), accepts: Bool = false,
    link: LinkExchange? = nil
  ) -> ActionOutcome {
    let order = Order(id: 7, action: action, target: Self.key, accepts: accepts)
    return runner(link).perform(order, context)
  }

  /// An errand to the pretended process.
  func errand(_ action: TargetAction, _ context: ActionContext = ActionContext()) throws -> Errand {
    let target = try Target(Self.key, host: host)
    return Errand(
      order: Order(id: 7, action: action, target: Self.key), context: context, target: target,
      standing: try target.standing(), host: host, deadline: time.now().later(by: 10))
  }
}

/// A real process to act upon, which says in a file when it is ready.
final class Reachable {
  let folder = TemporaryFolder()
  let specimen: Specimen
  let host = Host.live()
  let key: ProcessKey

  /// Starts a program in its folder; `nil` where it does not get ready.
  init?(_ arguments: [String], environment: [String: String] = [:], files: [String: String] = [:]) {
    for (name, text) in files { folder.write(name, text) }
    let place = folder.path
    let words = arguments.map { $0.replacing("{}", with: place) }
    guard let specimen = Specimen(words, environment: environment),
      folder.waits(for: "ready", within: 20 * Patience.factor) != nil,
      let held = try? TargetFinder(host: host).attach(specimen.pid, scratch: Scratch())
    else { return nil }
    self.specimen = specimen
    key = ProcessKey(pid: held.pid, startTicks: held.startTicks)
  }

  func perform(
    _ action: TargetAction, _ context: ActionContext = ActionContext(), accepts: Bool = false
  ) -> ActionOutcome {
    let order = Order(id: 1, action: action, target: key, accepts: accepts)
    return ActionRunner(host: host, link: nil).perform(order, context)
  }

  /// A line of its status.
  func status(_ name: String) -> String? {
    let text = ProgramRun(["cat", "/proc/\(key.pid)/status"]).output
    let line = text.split(separator: "\n").first { $0.hasPrefix("\(name):") }
    return line.map { String($0.dropFirst(name.count + 1)).replacing("\t", with: "") }
  }

  var openFiles: Int {
    ProgramRun(["ls", "/proc/\(key.pid)/fd"]).output.split(separator: "\n").count
  }

  /// Whether it still answers the kernel's question whether it is there.
  var isThere: Bool { kill(key.pid, 0) == 0 && status("State")?.hasPrefix("Z") == false }
}

/// What this machine has to act upon.
enum Runtimes {
  static let java = isRunning("java", ["-version"])
  static let node = isRunning("node", ["--version"])
  static let oldPython = isRunning(
    "python3", ["-c", "import sys; sys.exit(sys.version_info >= (3, 13))"])
  /// CPython 3.14, by name or as a variable names it.
  static let python: [String]? = {
    let named = ProgramRun(["sh", "-c", "echo $PERFTOP_PYTHON314"], environment: inherited)
    let given = named.output.split(whereSeparator: \.isWhitespace).map(String.init)
    let candidates = [given, ["python3.14"]].filter { !$0.isEmpty }
    return candidates.first { words in
      ProgramRun(words + ["-c", "import sys; sys.exit(sys.version_info[:2] != (3, 14))"]).code == 0
    }
  }()

  private static func isRunning(_ name: String, _ arguments: [String]) -> Bool {
    ProgramRun([name] + arguments, within: 10).code == 0
  }

  private static var inherited: [String: String] {
    getenv("PERFTOP_PYTHON314").map { ["PERFTOP_PYTHON314": String(cString: $0)] } ?? [:]
  }
}
