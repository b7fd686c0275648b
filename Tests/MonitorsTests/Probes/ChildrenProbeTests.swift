import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Descendants of a process")
struct ChildrenProbeTests {
  private let files = FakeFiles()
  private let scratch = Scratch()

  private func handle(_ pid: Int32) -> TargetHandle {
    let directory = DirectoryHandle(descriptor: -1, path: "/proc/\(pid)") { _ in }
    return TargetHandle(pid: pid, directory: directory, process: nil, startTicks: 500)
  }

  @discardableResult
  private func process(
    _ pid: Int32, parent: Int32 = 1, children: [Int32] = [],
    _ change: (inout FakeProcess) -> Void = { _ in }
  ) -> FakeProcess {
    var process = FakeProcess(pid: pid, on: files)
    process.parent = parent
    process.children = children
    change(&process)
    process.write()
    return process
  }

  private func read(
    _ probe: inout ChildrenProbe, known: [TargetHandle] = [], at seconds: Int64 = 1
  ) -> [Int32] {
    probe.read(
      root: ProcessSample(pid: 42), handle: handle(42), known: known,
      at: Moment(nanoseconds: seconds * 1_000_000_000), scratch: scratch
    ).map(\.pid)
  }

  @Test("children and their children are found, nearest first")
  func tree() {
    process(42, children: [50, 51])
    process(50, parent: 42, children: [60])
    process(51, parent: 42)
    process(60, parent: 50)
    var probe = ChildrenProbe(files: files, root: handle(42))
    #expect(read(&probe) == [50, 51, 60])
  }

  @Test("a child of another thread is found with the slower look")
  func otherThreads() {
    process(42)
    process(70, parent: 42)
    files.write("/proc/42/task/43/children", "70 ")
    var probe = ChildrenProbe(files: files, root: handle(42))
    #expect(read(&probe) == [70])
    files.write("/proc/42/task/43/children", "")
    #expect(read(&probe, at: 2) == [70])
    #expect(read(&probe, at: 5) == [])
  }

  @Test("C7: a number in the list that belongs to somebody else's child by now is not taken")
  func reused() {
    process(42, children: [50])
    process(50, parent: 7)
    var probe = ChildrenProbe(files: files, root: handle(42))
    #expect(read(&probe) == [])
  }

  @Test("C8: a child that is gone before it can be looked at is left out")
  func gone() {
    process(42, children: [50, 51])
    process(51, parent: 42)
    files.write("/proc/50/stat", "")
    var probe = ChildrenProbe(files: files, root: handle(42))
    #expect(read(&probe) == [51])
  }

  @Test("C6: a zombie child is dead, and one whose leader has ended but whose threads run is not")
  func zombies() {
    process(42, children: [50, 51])
    process(50, parent: 42) { $0.state = "Z" }
    process(51, parent: 42) {
      $0.state = "Z"
      $0.threads = 3
    }
    var probe = ChildrenProbe(files: files, root: handle(42))
    #expect(read(&probe) == [51])
  }

  @Test("a kernel that lists no children is asked for parents instead")
  func byParent() {
    for (pid, parent) in [(42, 1), (50, 42), (60, 50), (99, 1)] as [(Int32, Int32)] {
      process(pid, parent: parent)
      files.remove("/proc/\(pid)/task")
    }
    var probe = ChildrenProbe(files: files, root: handle(42))
    #expect(read(&probe) == [50, 60])
    #expect(ChildrenProbe.examine(.fake(files: files), target: handle(42)) == .notSupported)
  }

  @Test("a family of thousands is cut, and lists that name each other do not turn in circles")
  func bounded() {
    process(42, children: Array(1000..<3000))
    for pid in Int32(1000)..<3000 { process(pid, parent: 42, children: [42]) }
    var probe = ChildrenProbe(files: files, root: handle(42))
    #expect(read(&probe).count == 256)
  }

  @Test("C10: of a process with very many threads only some hundreds are asked for children")
  func manyThreads() {
    process(42)
    for thread in 100..<2000 { files.write("/proc/42/task/\(thread)/children", "") }
    var probe = ChildrenProbe(files: files, root: handle(42))
    #expect(read(&probe) == [])
    let asked = (100..<2000).filter { files.reads(of: "/proc/42/task/\($0)/children") > 0 }
    #expect(asked.count <= 512)
  }

  @Test("what is already held is kept, not opened again")
  func kept() {
    process(42, children: [50])
    process(50, parent: 42)
    var probe = ChildrenProbe(files: files, root: handle(42))
    #expect(read(&probe) == [50])
    let before = files.reads(of: "/proc/50/stat")
    #expect(read(&probe, known: [handle(50)], at: 2) == [50])
    #expect(files.reads(of: "/proc/50/stat") == before)
  }
}
