import TestSupport
import Testing

@testable import Monitors

@Suite("Who a process is")
struct IdentityProbeTests {
  private let files = FakeFiles()

  private var handle: TargetHandle {
    let directory = DirectoryHandle(descriptor: -1, path: "/proc/42") { _ in }
    return TargetHandle(pid: 42, directory: directory, process: nil, startTicks: 500)
  }

  private func identity(_ command: [String], maps: String = "") -> IdentityProbe.Identity? {
    var process = FakeProcess(pid: 42, on: files)
    process.command = command
    process.write()
    files.write("/proc/42/maps", maps)
    var probe = IdentityProbe(inlineWorkers: true)
    probe.update(handle, name: "robot", .fake(files: files), at: Moment(nanoseconds: 1))
    return probe.identity
  }

  @Test(
    "what a program runs on is told by its file, or by the interpreter it carries",
    arguments: [
      ("/usr/bin/python3.11", "", "python"), ("/usr/lib/jvm/bin/java", "", "jvm"),
      ("/usr/bin/node", "", "node"), ("/usr/bin/robot", "", "native"),
      ("/opt/robot", "7f00-7f01 r-xp 0 08:01 9 /usr/lib/libpython3.14.so.1.0\n", "python"),
      ("/opt/robot", "7f00-7f01 r-xp 0 08:01 9 /usr/lib/jvm/lib/server/libjvm.so\n", "jvm"),
    ] as [(String, String, Printable)])
  func runtime(_ program: String, _ maps: String, _ runtime: Printable) {
    #expect(identity([program], maps: maps)?.runtime == runtime)
  }

  @Test("B2: control bytes in a command line are shown as marks")
  func hostile() {
    #expect(identity(["/bin/x", "\u{1b}]52;c;aGk=\u{7}"])?.command == "/bin/x ·]52;c;aGk=·")
  }

  @Test("a kernel thread has no command line and no program")
  func kernelThread() {
    files.write("/proc/42/cmdline", "")
    var probe = IdentityProbe(inlineWorkers: true)
    probe.update(handle, name: "kworker", .fake(files: files), at: Moment(nanoseconds: 1))
    #expect(probe.identity == IdentityProbe.Identity(command: "", runtime: "native"))
  }
}
