import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Into CPython 3.14 by its debugger's interface", .serialized)
struct PythonRoadTests {
  static let garbage = """
    import gc, sys, time
    gc.disable()
    for i in range(200000):
        a = []
        a.append(a)
    a = None
    open(sys.argv[1], "w").write("1")
    while True:
        time.sleep(0.01)
    """

  private func start(_ environment: [String: String] = [:], waiting: Bool = false) -> Reachable? {
    let text = waiting ? Self.garbage.replacing("0.01", with: "1000") : Self.garbage
    return Reachable(
      (Runtimes.python ?? []) + ["{}/g.py", "{}/ready"], environment: environment,
      files: ["g.py": text])
  }

  private var leftovers: String { ProgramRun(["sh", "-c", "ls -d /tmp/.perftop-*"]).output }

  @Test(
    "garbage is collected and given back, and nothing is left behind",
    .enabled(if: Runtimes.python != nil, "no CPython 3.14 (or name one in PERFTOP_PYTHON314)"))
  func collects() throws {
    let process = try #require(start())
    let files = process.openFiles
    let outcome = process.perform(.collect)
    #expect(outcome.standing == .done, "\(outcome.receipt.outcome)")
    #expect(outcome.receipt.road == "remote debugging")
    let before = try #require(outcome.receipt.before?.resident)
    let after = try #require(outcome.receipt.after?.resident)
    #expect(before.count > after.count + 10_000_000)
    #expect(leftovers == "")
    for _ in 0..<20 { #expect(process.perform(.collect).standing == .done) }
    #expect(process.isThere)
    #expect(process.status("TracerPid") == "0")
    #expect(process.openFiles <= files + 2)
  }

  @Test(
    "one that waits for long is left alone, and told so",
    .enabled(if: Runtimes.python != nil, "no CPython 3.14 (or name one in PERFTOP_PYTHON314)"))
  func idle() throws {
    let process = try #require(start(waiting: true))
    let outcome = process.perform(.collect)
    #expect(outcome.standing == .refused)
    #expect(outcome.receipt.outcome.text.contains("not delivered"))
    #expect(leftovers == "")
    #expect(process.isThere)
  }

  @Test(
    "one that forbids it is obeyed",
    .enabled(if: Runtimes.python != nil, "no CPython 3.14 (or name one in PERFTOP_PYTHON314)"))
  func forbidden() throws {
    let process = try #require(start(["PYTHON_DISABLE_REMOTE_DEBUG": "1"]))
    #expect(process.perform(.collect).receipt.outcome.text.contains("switched off"))
  }

  @Test(
    "an older Python is refused with what to do",
    .enabled(if: Runtimes.oldPython, "no Python older than 3.13"))
  func old() throws {
    let process = try #require(
      Reachable(["python3", "{}/g.py", "{}/ready"], files: ["g.py": Self.garbage]))
    let outcome = process.perform(.collect)
    #expect(outcome.standing == .refused)
    #expect(outcome.receipt.outcome.text.contains("import perftop_link in it"))
  }
}
