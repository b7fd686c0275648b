import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Limits a process has")
struct LimitsProbeTests {
  private let files = FakeFiles()
  private let scratch = Scratch()

  private var handle: TargetHandle {
    let directory = DirectoryHandle(descriptor: -1, path: "/proc/42") { _ in }
    return TargetHandle(pid: 42, directory: directory, process: nil, startTicks: 500)
  }

  private func update(_ probe: inout LimitsProbe, at seconds: Int64) {
    probe.update(handle, files, at: Moment(nanoseconds: seconds * 1_000_000_000), scratch)
  }

  @Test("limits are read once in a while, because they seldom change")
  func seldom() {
    files.write(
      "/proc/42/limits", "Max open files  64  64  files\nMax address space  5000  5000  bytes\n")
    var probe = LimitsProbe()
    update(&probe, at: 1)
    #expect(probe.descriptors == .fresh(64))
    #expect(probe.addressSpace == .fresh(Bytes(5000)))
    files.write("/proc/42/limits", "Max open files  128  128  files\n")
    update(&probe, at: 2)
    #expect(probe.descriptors == .fresh(64))
    update(&probe, at: 40)
    #expect(probe.descriptors == .fresh(128))
    #expect(probe.addressSpace == .missing(.malformed))
  }

  @Test("C9: limits that may not be read are missing, not unlimited")
  func forbidden() {
    files.fail("/proc/42/limits", with: EACCES)
    var probe = LimitsProbe()
    update(&probe, at: 1)
    #expect(probe.addressSpace == .missing(.notPermitted(needs: "root")))
    #expect(LimitsProbe.examine(.fake(files: files), target: handle) != nil)
  }
}
