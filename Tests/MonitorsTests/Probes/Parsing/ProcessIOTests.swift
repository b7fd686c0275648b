import TestSupport
import Testing

@testable import Monitors

@Suite("The io file of a process")
struct ProcessIOTests {
  private let text =
    "rchar: 1\nwchar: 2\nsyscr: 3\nsyscw: 4\nread_bytes: 5\nwrite_bytes: 6\n"
    + "cancelled_write_bytes: 7\n"

  @Test("seven counters are seven counters")
  func fields() throws {
    let io = try #require(withBytes(text, ProcessIO.parse))
    #expect(io.readCharacters == 1)
    #expect(io.writtenCharacters == 2)
    #expect(io.readCalls == 3)
    #expect(io.writeCalls == 4)
    #expect(io.readBytes == 5)
    #expect(io.writtenBytes == 6)
    #expect(io.cancelledBytes == 7)
  }

  @Test("C11: the largest number, an empty file and text are read without a crash")
  func extremes() {
    let largest = text.replacing("wchar: 2", with: "wchar: 18446744073709551615")
    #expect(withBytes(largest, ProcessIO.parse)?.writtenCharacters == .max)
    #expect(withBytes("", ProcessIO.parse) == nil)
    #expect(withBytes("no numbers here\n", ProcessIO.parse) == nil)
  }

  @Test("C14: garbage in io is refused or read, and never a crash")
  func fuzz() {
    var read = 0
    garbage(from: text, rounds: 5000) { if ProcessIO.parse($0) != nil { read += 1 } }
    #expect(read < 5000)
  }
}
