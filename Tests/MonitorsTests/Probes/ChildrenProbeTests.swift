import TestSupport
import Testing

@testable import Monitors

@Suite("Finding children")
struct ChildrenProbeTests {
  private let files = FakeFiles()
  private let scratch = Scratch()
  private let time = FakeTime()

  private func process(_ pid: Int32, parent: Int32) -> FakeProcess {
    var process = FakeProcess(pid)
    process.parent = parent
    return process
  }

  private func probe() throws -> ChildrenProbe {
    files.put(process(42, parent: 1))
    let directory = try files.openDirectory("/proc/42", in: nil)
    return ChildrenProbe(
      files: files,
      root: TargetHandle(pid: 42, directory: directory, process: nil, startTicks: 5000))
  }

  @Test("children and grandchildren that were there before are found at once")
  func attached() throws {
    var probe = try probe()
    files.put(process(50, parent: 42))
    files.put(process(45, parent: 50))
    files.put(process(60, parent: 1))
    files.setClock(newest: 60)
    probe.look(at: time.now(), scratch: scratch)
    #expect(probe.handles.map(\.pid) == [50, 45])
  }

  @Test("a child born from any thread is found in the next tick by its number alone")
  func born() throws {
    var probe = try probe()
    files.setClock(newest: 60)
    probe.look(at: time.now(), scratch: scratch)
    time.advance(by: 1)
    files.put(process(61, parent: 42))
    files.put(process(63, parent: 61))
    files.setClock(newest: 63)
    let reads = files.reads(of: "/proc/42/stat")
    probe.look(at: time.now(), scratch: scratch)
    #expect(probe.handles.map(\.pid) == [61, 63])
    #expect(files.reads(of: "/proc/42/stat") == reads)
  }

  @Test("a thread of a child has a number too and is no child")
  func thread() throws {
    var probe = try probe()
    files.setClock(newest: 60)
    probe.look(at: time.now(), scratch: scratch)
    files.put(process(61, parent: 42))
    let child = process(61, parent: 42)
    files.write("/proc/62/stat", child.statText)
    files.write("/proc/62/status", child.statusText)
    files.setClock(newest: 62)
    probe.look(at: time.now(), scratch: scratch)
    #expect(probe.handles.map(\.pid) == [61])
  }

  @Test("numbers that begin again from below lead to a look at everyone")
  func wrapped() throws {
    var probe = try probe()
    files.setClock(newest: 4_194_300)
    probe.look(at: time.now(), scratch: scratch)
    time.advance(by: 6)
    files.put(process(300, parent: 42))
    files.setClock(newest: 300)
    probe.look(at: time.now(), scratch: scratch)
    #expect(probe.handles.map(\.pid) == [300])
  }

  @Test("without a newest number everyone is looked at every few seconds")
  func noClock() throws {
    var probe = try probe()
    probe.look(at: time.now(), scratch: scratch)
    files.put(process(61, parent: 42))
    time.advance(by: 1)
    probe.look(at: time.now(), scratch: scratch)
    #expect(probe.handles.isEmpty)
    time.advance(by: 5)
    probe.look(at: time.now(), scratch: scratch)
    #expect(probe.handles.map(\.pid) == [61])
  }

  @Test("more descendants than can be looked at are counted")
  func tooMany() throws {
    var probe = try probe()
    for pid in Int32(100)..<240 { files.put(process(pid, parent: 42)) }
    files.setClock(newest: 240)
    probe.look(at: time.now(), scratch: scratch)
    #expect(probe.handles.count == 128)
    #expect(probe.leftOut == 12)
  }
}
