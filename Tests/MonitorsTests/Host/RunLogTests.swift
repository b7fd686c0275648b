import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("The log of a launched program")
struct RunLogTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private func append(_ byte: UInt8, _ count: Int, to log: inout RunLog) {
    [UInt8](repeating: byte, count: count).withUnsafeBytes { log.append($0) }
  }

  @Test("it never grows beyond two files of a megabyte, and keeps the newest")
  func rotates() throws {
    var log = try RunLog(in: try PrivateDirectory(opening: directory.path), name: "a")
    for letter in UInt8(ascii: "a")...UInt8(ascii: "z") { append(letter, 100_000, to: &log) }
    log.close()
    #expect(directory.text("a.log").utf8.count + directory.text("a.log.1").utf8.count <= 2_000_000)
    #expect(directory.text("a.log").hasSuffix("zzz"))
    #expect(directory.text("a.log.1").utf8.count == RunLog.limit)
  }

  @Test("its note says what it was last told")
  func notes() throws {
    let log = try RunLog(in: try PrivateDirectory(opening: directory.path), name: "a")
    log.note([("pid", "7")])
    log.note([("pid", "7"), ("status", Printable("exited with 0\u{1b}"))])
    log.close()
    #expect(directory.text("a.run") == "pid: 7\nstatus: exited with 0·\n")
  }
}
