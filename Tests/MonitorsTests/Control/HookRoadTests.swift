import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("By the command that the settings name")
struct HookRoadTests {
  private func context(_ change: (inout TargetSettings) -> Void) -> ActionContext {
    var context = ActionContext()
    var settings = TargetSettings(match: "robot")
    change(&settings)
    context.targets = [settings]
    return context
  }

  private func answering(
    _ outcome: ProgramCall.Outcome, _ check: @escaping @Sendable (ProgramCall) -> Void = { _ in }
  ) -> HookRoad {
    HookRoad { call, _, _ throws(SystemError) in
      check(call)
      return outcome
    }
  }

  private let well = ProgramCall.Outcome(end: .exited(0), lastLine: "")

  @Test("B10: values are whole arguments, whatever they hold, and nothing is handed to a shell")
  func arguments() throws {
    let words = ["/bin/tool", "--pid", "{pid}", "{pid}; touch /tmp/x", "$({level})", "{level}"]
    let filled = HookRoad.filled(words, pid: 42, level: .low)
    #expect(filled == ["/bin/tool", "--pid", "42", "{pid}; touch /tmp/x", "$({level})", "low"])
    #expect(HookRoad.filled(["{pid}"], pid: 42, level: nil) == ["{pid}"])
  }

  @Test("B10: a process may be called what it likes: its name never reaches the command")
  func hostileName() throws {
    let folder = TemporaryFolder()
    for name in ["; touch x", "$(id)", "`id`", "a\nb", "-rf", "|cat"] {
      let acting = Acting {
        $0.name = name
        $0.arguments = ["robot", name]
      }
      let context = context {
        $0.collect = ["sh", "-c", "echo \"$PERFTOP_PID $*\" >>$0/said", folder.path, "{pid}"]
      }
      let errand = try acting.errand(.collect, context)
      var real = errand
      real.host.time = LiveTime()
      real.deadline = real.host.time.now().later(by: 5)
      _ = try HookRoad().take(real)
    }
    #expect(folder.read("said") == [String](repeating: "42 42", count: 6).joined(separator: "\n"))
  }

  @Test("C19: a command that can not be started says so, and nothing else happens")
  func noProcess() throws {
    let acting = Acting()
    let context = context { $0.collect = ["collector", "--gc"] }
    let road = HookRoad { _, _, _ throws(SystemError) in throw SystemError(EAGAIN) }
    let failure = thrown(RoadFailure.self) {
      _ = try road.take(try acting.errand(.collect, context))
    }
    #expect(
      failure == .failed("collector: could not start: Resource temporarily unavailable"))
  }

  @Test("a command that fails is told by its status and its last line")
  func fails() throws {
    let acting = Acting()
    let context = context {
      $0.collect = ["sh", "-c", "echo first; echo 'no \u{1b}[2Jsuch node' >&2; exit 3"]
    }
    var errand = try acting.errand(.collect, context)
    errand.host = Host.live()
    errand.deadline = errand.host.time.now().later(by: 5)
    let failure = thrown(RoadFailure.self) { _ = try HookRoad().take(errand) }
    #expect(failure == .failed("sh exited with 3: no ·[2Jsuch node"))
  }

  @Test("a command that does not end is ended at the deadline, and endless output costs nothing")
  func endless() throws {
    let acting = Acting()
    let context = context { $0.collect = ["sh", "-c", "yes & wait"] }
    var errand = try acting.errand(.collect, context)
    errand.host = Host.live()
    let began = errand.host.time.now()
    errand.deadline = began.later(by: 0.3)
    let failure = thrown(RoadFailure.self) { _ = try HookRoad().take(errand) }
    #expect(failure?.sentence.text.hasPrefix("sh was still running at the deadline") == true)
    #expect(errand.host.time.now().seconds(since: began) < 3 * Patience.factor)
  }

  @Test("the first entry that fits and has a command is taken; others are not")
  func chosen() throws {
    let acting = Acting()
    var context = context { $0.evict = ["a"] }
    context.targets.append(TargetSettings(match: "camera"))
    context.targets[1].collect = ["wrong"]
    context.targets.append(TargetSettings(match: "robot.*fast"))
    context.targets[2].collect = ["right"]
    #expect(try HookRoad.words(try acting.errand(.collect, context), .collect) == ["right"])
    #expect(
      thrown(RoadFailure.self) {
        _ = try HookRoad.words(try acting.errand(.collect), .collect)
      } == .unfit("no gc: command under targets:"))
  }

  @Test("a level goes to the command by name, from the level that is known")
  func level() throws {
    let acting = Acting()
    var context = context { $0.quality = ["set", "{level}"] }
    context.level = .high
    let errand = try acting.errand(.quality(.down), context)
    let road = answering(well) { #expect($0.words == ["set", "medium"]) }
    #expect(try road.take(errand).lead == "quality medium")
  }

  @Test("of a sudoer the command runs as that user", .enabled(if: geteuid() == 0, "needs root"))
  func sudo() throws {
    let acting = Acting()
    let context = context { $0.collect = ["sh", "-c", "echo $(id -u) $(id -ru) $(id -G); exit 1"] }
    var errand = try acting.errand(.collect, context)
    var host = Host.live()
    host.environment = { ["SUDO_UID": "65534", "SUDO_GID": "65534"][$0] }
    errand.host = host
    errand.deadline = host.time.now().later(by: 5)
    let failure = thrown(RoadFailure.self) { _ = try HookRoad().take(errand) }
    #expect(failure == .failed("sh exited with 1: 65534 65534 65534"))
    #expect(geteuid() == 0)
    #expect(getuid() == 0)
  }
}
