import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("A roster of this very machine")
struct LiveRosterTests {
  private let time = FakeTime()
  private let scratch = Scratch()

  private var host: Host {
    Host(
      files: LiveFiles(), time: time, processes: LiveProcesses(), environment: { _ in nil })
  }

  private func tick(_ probe: inout RosterProbe) -> Roster {
    time.advance(by: 1)
    return probe.read(at: time.now(), scratch: scratch)
  }

  @Test("who is born is there with all facts, and gone when it has ended; perftop itself never is")
  func birthAndDeath() throws {
    var probe = try #require(RosterProbe(host: host, inlineWorkers: true))
    _ = tick(&probe)
    let child = try #require(Specimen(["sleep", "1234567"]))
    let row = try #require(tick(&probe)[child.pid])
    #expect(row.facts.uid == getuid() && row.parent == getpid() && row.threads == 1)
    for _ in 0..<5 { _ = tick(&probe) }
    let later = try #require(tick(&probe)[child.pid])
    #expect(later.facts.name == "sleep" && later.facts.command == "sleep 1234567")
    #expect(later.resident > .zero && later.facts.refusal == nil)
    #expect(tick(&probe)[getpid()] == nil)
    child.signal(SIGKILL)
    let ended = (0..<200).contains { _ in
      poll(nil, 0, 5)
      let row = tick(&probe)[child.pid]
      return row == nil || row?.facts.refusal != nil
    }
    #expect(ended)
  }

  @Test("the key in a row is the one by which a process is held")
  func key() throws {
    let child = try #require(Specimen(["sleep", "1234567"]))
    var probe = try #require(RosterProbe(host: host, inlineWorkers: true))
    let row = try #require(tick(&probe)[child.pid])
    let handle = try TargetFinder(host: host).attach(child.pid, scratch: scratch)
    #expect(row.identity == ProcessKey(pid: handle.pid, startTicks: handle.startTicks))
  }

  @Test("numbers in a directory are those that its list has")
  func numbers() throws {
    let names = Set(try host.files.list("/proc", in: nil).compactMap { Int32($0) })
    let numbers = Set(try scratch.numbers(host.files, "/proc", in: nil))
    // Others come and go between the two.
    #expect(names.contains(getpid()) && numbers.contains(getpid()))
    #expect(names.symmetricDifference(numbers).count < 50)
  }
}
