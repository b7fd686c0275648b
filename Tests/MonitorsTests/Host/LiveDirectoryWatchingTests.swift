import Glibc
import Testing

@testable import Monitors

@Suite("Directory events")
struct LiveDirectoryWatchingTests {
  private func record(_ watch: Int32, _ mask: UInt32, _ name: String, padding: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    let length = name.isEmpty ? 0 : UInt32(name.utf8.count + padding)
    for value in [UInt32(bitPattern: watch), mask, 0, length] {
      withUnsafeBytes(of: value) { bytes += Array($0) }
    }
    return bytes + Array(name.utf8) + [UInt8](repeating: 0, count: name.isEmpty ? 0 : padding)
  }

  private func parse(_ bytes: [UInt8]) -> [DirectoryEvent] {
    var events: [DirectoryEvent] = []
    bytes.withUnsafeBytes { InotifyEvents.append($0, to: &events) }
    return events
  }

  @Test("records of several lengths are taken apart")
  func records() {
    let bytes =
      record(1, 0x100, "a.tmp", padding: 3) + record(1, 0x8, "a.tmp", padding: 3)
      + record(2, 0x80, "long name.parquet", padding: 15) + record(1, 0x4000_0100, "d", padding: 7)
      + record(-1, 0x4000, "", padding: 0) + record(2, 0x8000, "", padding: 0)
    #expect(
      parse(bytes) == [
        DirectoryEvent(watch: 1, kind: .created, name: "a.tmp"),
        DirectoryEvent(watch: 1, kind: .closedAfterWriting, name: "a.tmp"),
        DirectoryEvent(watch: 2, kind: .movedHere, name: "long name.parquet"),
        DirectoryEvent(watch: 1, kind: .directoryCreated, name: "d"),
        DirectoryEvent(watch: -1, kind: .overflow), DirectoryEvent(watch: 2, kind: .watchEnded),
      ])
  }

  @Test("a record cut short ends the reading")
  func cut() {
    let whole = record(1, 0x8, "abc", padding: 5)
    for count in 0..<whole.count { #expect(parse(Array(whole.prefix(count))).isEmpty) }
    #expect(parse(whole).count == 1)
  }

  @Test("the machine tells of a file that was made, written and renamed")
  func live() throws {
    var template = Array("/tmp/perftop-watch-XXXXXX".utf8CString)
    let path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) } ?? ""
    }
    defer { rmdir(path) }
    let watch = try LiveDirectoryWatching().open()
    let number = try watch.add(path)
    #expect(watch.takeEvents().isEmpty)
    let descriptor = open("\(path)/a.tmp", O_CREAT | O_WRONLY, 0o600)
    close(descriptor)
    rename("\(path)/a.tmp", "\(path)/a.csv")
    #expect(
      watch.takeEvents() == [
        DirectoryEvent(watch: number, kind: .created, name: "a.tmp"),
        DirectoryEvent(watch: number, kind: .closedAfterWriting, name: "a.tmp"),
        DirectoryEvent(watch: number, kind: .movedHere, name: "a.csv"),
      ])
    unlink("\(path)/a.csv")
  }
}
