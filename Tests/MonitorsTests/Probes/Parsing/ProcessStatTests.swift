import TestSupport
import Testing

@testable import Monitors

@Suite("The stat file of a process")
struct ProcessStatTests {
  private let sleeping =
    "4242 (python3) S 4000 4242 4000 34816 4242 4194304 1500 0 12 0 250 50 0 0 20 0 8 0 138564 "
    + "500000000 12000 18446744073709551615 1 1 140722 0 0 0 0 16781312 2 0 0 0 17 1 0 0 0 0 0 0 "
    + "0 0 0 0 0 0 1792\n"

  @Test("its numbers are taken from the right fields")
  func fields() throws {
    let stat = try #require(withBytes(sleeping, ProcessStat.parse))
    #expect(stat.state == UInt8(ascii: "S"))
    #expect(stat.parent == 4000)
    #expect(stat.majorFaults == 12)
    #expect(stat.cpuTicks == 300)
    #expect(stat.threads == 8)
    #expect(stat.startTicks == 138564)
    #expect(stat.stackStart == 140722)
    #expect(stat.exitCode == 1792)
  }

  @Test(
    "B5: a name with parentheses and newlines does not break parsing of stat",
    arguments: ["a) R 1 1 1 1 1", "x\ny 9 9", "", "   ", ")", "((("])
  func hostileName(_ name: String) throws {
    let line = sleeping.replacing("(python3)", with: "(\(name))")
    let stat = try #require(withBytes(line, ProcessStat.parse))
    #expect(stat.parent == 4000)
    #expect(stat.startTicks == 138564)
    #expect(withBytes(line, ProcessStat.name(in:)) == Printable(name))
  }

  @Test("names that differ are told apart without making text of them")
  func shortNames() throws {
    let python = try #require(withBytes(sleeping, ProcessStat.parse))
    let bash = try #require(
      withBytes(sleeping.replacing("python3", with: "bash"), ProcessStat.parse))
    let again = try #require(withBytes(sleeping, ProcessStat.parse))
    #expect(python.name != bash.name)
    #expect(python.name == again.name)
  }

  @Test("a line that ends before the start time is no stat line")
  func truncated() {
    #expect(withBytes("4242 (python3) S 4000 4242", ProcessStat.parse) == nil)
    #expect(withBytes("", ProcessStat.parse) == nil)
    #expect(withBytes("4242 python3 S 4000", ProcessStat.parse) == nil)
  }

  @Test("C14: garbage in stat is refused or read, and never a crash")
  func fuzz() {
    var read = 0
    garbage(from: sleeping, rounds: 5000) { if ProcessStat.parse($0) != nil { read += 1 } }
    #expect(read < 5000)
  }
}
