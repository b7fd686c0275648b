import TestSupport
import Testing

@testable import Monitors
@testable import perftop

@Suite("A snapshot as lines of text")
struct SnapshotOfMachineTests {
  private let machine = FakeMachine()

  private func lines(_ pid: Int32?) throws -> [String] {
    let targets = try pid.map {
      [
        WatchedTarget(
          .pid($0), first: try TargetFinder(host: machine.host).attach($0, scratch: Scratch()))
      ]
    }
    let sampler = Sampler(
      host: machine.host, config: Config(), targets: targets ?? [], inlineWorkers: true)
    var engine = Engine(source: sampler, host: machine.host, config: Config())
    var last: Snapshot?
    for _ in 0..<15 {
      machine.time.advance(by: 1)
      last = engine.tick(at: machine.time.now(), late: 0).first
    }
    return try SnapshotText.lines(#require(last)).map(\.text)
  }

  @Test("each of the six has a line with its name, a word for how it is, and a sentence")
  func six() throws {
    let lines = try lines(42)
    for word in Word.allCases {
      let line = lines.first { $0.hasPrefix(word.title) }
      #expect(line != nil)
      let rest = line?.dropFirst(10).drop { $0 == " " } ?? ""
      #expect(
        ["OK", "INFO", "WARNING", "CRITICAL", "EMERGENCY", "STALE"].contains { rest.hasPrefix($0) })
      #expect(rest.split(separator: " ").count > 2)
    }
  }

  @Test("host and target are named, and what is missing says why")
  func named() throws {
    let lines = try lines(42)
    #expect(lines[0].hasPrefix("rover  20"))
    #expect(lines[1].hasPrefix("target: robot (42), state S, up 16 min"))
    #expect(lines[2].contains("stalls cpu – ("))
    #expect(lines.contains("not available:"))
    #expect(
      lines.contains { $0.contains("the target is not linked") && $0.contains("quality.level") })
  }

  @Test("without a target it says so")
  func machineOnly() throws {
    let lines = try lines(nil)
    #expect(lines[1] == "watching: the machine only")
    #expect(lines.contains { $0.hasPrefix("Memory") && $0.contains("no process chosen") })
  }

  @Test("B2: no line holds a control byte, whatever the process is called")
  func hostile() throws {
    machine.robot {
      $0.name = "\u{1b}]0;PWN\u{7}"
      $0.command = ["/bin/\u{1b}[2J", "a\nb"]
    }
    let bytes = try lines(42).flatMap(\.utf8)
    #expect(bytes.allSatisfy { $0 >= 0x20 && $0 != 0x7f })
  }
}
