import Glibc
import TestSupport
import Testing

@Suite("The shared list of alerts, with the real binary") struct AlertsTests {
  /// Whether this machine has a list that all share: then no test may write to it.
  private static let isShared = access("/var/lib/perftop", F_OK) == 0

  private let folder = TemporaryFolder()

  // Where anybody may write, nothing is kept.
  init() { chmod(folder.path, 0o700) }

  private var environment: [String: String] {
    ["XDG_STATE_HOME": folder.path, "USER": "anna", "SSH_CONNECTION": "10.0.0.7 5 10.0.0.1 22"]
  }

  private func alerts(_ words: String...) -> ProgramRun {
    ProgramRun(["perftop", "alerts"] + words, environment: environment)
  }

  private func fire(_ rule: String, _ count: Int) {
    let place = folder.path + "/perftop"
    let run = ProgramRun([BuiltProgram.journalTool, "write", place, rule, "0", String(count)])
    #expect(run.code == 0, "\(run.output)")
  }

  @Test(
    "what one program kept, another lists, accepts with who and from where, and finds again",
    .enabled(if: !isShared, "this machine has a shared list"))
  func wholeWay() {
    #expect(alerts().code == 0)
    fire("disk-full", 2)
    let list = alerts()
    #expect(list.code == 0)
    #expect(list.output.hasPrefix("CRITICAL  firing       disk-full-1"))
    #expect(list.output.contains("private to root: \(folder.path)/perftop/alerts.db"))
    #expect(list.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
    let accepted = alerts("ack", "disk-full-1")
    #expect(accepted.output == "acknowledged: disk-full-1 (by anna from 10.0.0.7)\n")
    #expect(alerts().output.contains("acknowledged by anna from 10.0.0.7"))
    let history = alerts("history", "--search", "anna", "--json")
    #expect(history.output.split(separator: "\n").count == 1)
    #expect(history.output.contains("\"kind\":\"acknowledged\""))
    let wrong = alerts("ack", "disk-fll-1")
    #expect(wrong.code == 1)
    #expect(wrong.complainsProperly)
    #expect(wrong.errors.contains("did you mean disk-full-"))
  }

  @Test(
    "a list that can only be read is not permitted to be changed, and says so",
    .needs(FaultKit.otherUser), .enabled(if: !isShared, "this machine has a shared list"))
  func notOurs() {
    fire("a", 1)
    let place = folder.path + "/perftop"
    chmod(folder.path, 0o755)
    for name in ["", "/alerts.db"] { chown(place + name, 65534, 65534) }
    chmod(place + "/alerts.db", 0o400)
    let run = ProgramRun(
      FaultKit.asNobody + [BuiltProgram.path, "alerts", "ack", "a-1"], environment: environment)
    #expect(run.code == 4)
    #expect(run.complainsProperly)
  }
}
