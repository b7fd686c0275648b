import TestSupport
import Testing

@testable import Monitors

@Suite("Files of a process that are only numbers")
struct ProcessCountersTests {
  private func io(_ text: String) -> IOCounters? {
    Array(text.utf8).withUnsafeBytes { ProcessCounters.io($0) }
  }

  private func children(_ text: String) -> [Int32] {
    Array(text.utf8).withUnsafeBytes { ProcessCounters.children($0) }
  }

  private func limit(_ name: StaticString, _ text: String) -> UInt64?? {
    Array(text.utf8).withUnsafeBytes { ProcessCounters.limit(name, $0) }
  }

  @Test("each counter of io is the one of its name")
  func counters() {
    let counters = io(
      """
      rchar: 1
      wchar: 2
      syscr: 3
      syscw: 4
      read_bytes: 5
      write_bytes: 6
      cancelled_write_bytes: 7

      """)
    #expect(counters?.readCharacters == 1)
    #expect(counters?.writtenCharacters == 2)
    #expect(counters?.readCalls == 3)
    #expect(counters?.writeCalls == 4)
    #expect(counters?.readBytes == 5)
    #expect(counters?.writtenBytes == 6)
    #expect(counters?.cancelledBytes == 7)
  }

  @Test(
    "C11: an io file that is empty, cut or text gives no counters instead of zeros",
    arguments: ["", "rchar: 1\nwchar: 2\n", "no such thing", "rchar: x\n"])
  func noCounters(_ text: String) { #expect(io(text) == nil) }

  @Test("C11: the largest counter is kept as it is")
  func largest() {
    #expect(io(FakeProcess.io(writing: .max))?.writtenCharacters == .max)
  }

  @Test("children are numbers between blanks; what can be no process is left out")
  func family() {
    #expect(children("7 8 4194304 ") == [7, 8, 4_194_304])
    #expect(children("") == [])
    #expect(children("0 99999999999 12") == [12])
    #expect(children("12 x 13") == [12])
  }

  @Test("an unlimited limit is not a missing one")
  func limits() {
    let text =
      "Limit  Soft  Hard\nMax open files  1024  4096  files\nMax address space  unlimited  x\n"
    #expect(limit("Max open files", text) == .some(.some(1024)))
    #expect(limit("Max address space", text) == .some(.none))
    #expect(limit("Max nice priority", text) == .none)
  }

  @Test("run delay is the second number")
  func delay() {
    Array("11 22 33\n".utf8).withUnsafeBytes { #expect(ProcessCounters.runDelay($0) == 22) }
    Array("11".utf8).withUnsafeBytes { #expect(ProcessCounters.runDelay($0) == nil) }
  }
}
