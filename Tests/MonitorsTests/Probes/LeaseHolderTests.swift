import TestSupport
import Testing

@testable import Monitors

@Suite("Who holds messages") struct LeaseHolderTests {
  @Test("this program is told by its number, its start and whose numbers those are")
  func own() throws {
    let files = FakeFiles()
    files.write(
      "/proc/self/stat",
      "4711 (perf) top) S 1 1 1 0 -1 0 0 0 0 0 0 0 0 0 20 0 1 0 88123 0 0\n")
    let host = Host.fake(files: files, time: FakeTime())
    let holder = try #require(LeaseHolder(running: host, numbering: "42"))
    #expect(holder.owner("9f") == "4711.88123.42.9f")
    #expect(LeaseHolder(holder.owner("9f")) == holder)
    #expect(
      LeaseHolder(running: Host.fake(files: FakeFiles(), time: FakeTime()), numbering: "") == nil)
  }

  private static let others = ["9f", "", "a.b.c.d", "0.1.2.3", "-4.1.2.3", "1.2.3", "1.2.3.4.5"]

  @Test("a name of another kind is nobody's who could be looked for", arguments: others)
  func foreign(_ owner: String) { #expect(LeaseHolder(owner) == nil) }
}
