import Glibc
import TestSupport
import Testing

@testable import Monitors
@testable import perftop

@Suite("What can be read here, and what it lacks")
struct DoctorTests {
  @Test("every probe has a line, and it works or lacks something")
  func everyProbe() {
    let lines = Doctor.lines(FakeMachine().host, target: nil).map(\.text)
    for probe in ProbeCatalogue.all {
      let about = lines.filter { $0.dropFirst(9).hasPrefix(probe.provenance.name.text) }
      #expect(about.count == 1, "\(probe.provenance.name)")
      #expect(about.allSatisfy { $0.hasPrefix("works    ") || $0.hasPrefix("lacks    ") })
    }
  }

  @Test("what works names the files it reads")
  func works() {
    let lines = Doctor.lines(FakeMachine().host, target: nil).map(\.text)
    #expect(
      lines.contains { $0.hasPrefix("works    thermal zones") && $0.contains("/sys/class/thermal") }
    )
  }

  @Test("C9: what is not permitted names what it needs, and the command that grants it")
  func forbidden() throws {
    let machine = FakeMachine()
    let found = try TargetFinder(host: machine.host).attach(42, scratch: Scratch())
    machine.files.fail("/proc/42/io", with: EACCES)
    let lines = Doctor.lines(machine.host, target: found).map(\.text)
    let place = try #require(lines.firstIndex { $0.hasPrefix("lacks    process status") })
    #expect(lines[place].contains("permission denied: needs CAP_SYS_PTRACE or the same user"))
    #expect(lines[place + 1].contains("to allow it: sudo setcap cap_sys_ptrace"))
  }

  @Test("the probes of a process are tried on the one that was named")
  func target() throws {
    let machine = FakeMachine()
    let found = try TargetFinder(host: machine.host).attach(42, scratch: Scratch())
    let lines = Doctor.lines(machine.host, target: found).map(\.text)
    for name in ["process status", "children", "command line", "process limits", "mappings"] {
      #expect(lines.contains { $0.hasPrefix("works    \(name)") }, "\(name)")
    }
  }
}
