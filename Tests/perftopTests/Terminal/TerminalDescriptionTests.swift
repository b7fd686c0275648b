import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("What is added to the description of a terminal")
struct TerminalDescriptionTests {
  private let files = FakeFiles()

  private func description(
    _ name: String, _ variables: [String: String] = [:]
  ) -> TerminalDescription {
    TerminalDescription(name, host: .fake(files: files, variables: variables))
  }

  @Test("24 bits of colour are promised by either name, whole and between zeros")
  func promises() {
    files.write("/usr/share/terminfo/a/one", "head\0E3\0Tc\0")
    files.write("/usr/share/terminfo/a/two", "head\0RGB\0XT\0")
    files.write("/lib/terminfo/61/apple", "head\0Tc\0")
    files.write("/usr/share/terminfo/a/none", "head\0Tcx\0xRGB\0Tc")
    files.write("/usr/share/terminfo/a/a-one", "\0Tc\0")
    for (name, expected) in [("a-one", true), ("apple", true), ("a/one", false), ("", false)] {
      #expect(description(name).promisesDirect == expected, "\(name)")
    }
    files.write("/usr/share/terminfo/t/two", "head\0RGB\0XT\0")
    files.write("/usr/share/terminfo/n/none", "head\0Tcx\0xRGB\0Tc")
    #expect(description("two").promisesDirect)
    #expect(!description("none").promisesDirect)
  }

  @Test("A12: a person's own places count where they are in sight, and never the current directory")
  func trust() {
    files.write("/home/u/.terminfo/x/xterm", "\0Tc\0")
    files.write("/usr/share/terminfo/x/xterm", "\0plain\0")
    let home = ["HOME": "/home/u"]
    #expect(description("xterm", home).promisesDirect)
    #expect(!description("xterm").promisesDirect)
    files.write("terms/x/xterm", "\0Tc\0")
    #expect(!description("xterm", ["TERMINFO": "terms"]).promisesDirect)
    #expect(description("xterm", ["TERMINFO_DIRS": "/none:/home/u/.terminfo"]).promisesDirect)
  }

  @Test("what is no file, or no description in size, is passed over")
  func odd() {
    files.write("/usr/share/terminfo/x/xterm", "\0Tc\0")
    files.setStatus("/etc/terminfo/x/xterm", FileStatus(kind: .other, size: 10))
    files.setStatus("/lib/terminfo/x/xterm", FileStatus(kind: .regular, size: 1 << 40))
    #expect(description("xterm").promisesDirect)
    #expect(files.reads(of: "/lib/terminfo/x/xterm") == 0)
  }

  @Test("A12: the first description that is found says where it lies when it is damaged")
  func damage() {
    files.write("/usr/share/terminfo/x/xterm", bytes: TerminalTablesTests.description())
    #expect(description("xterm").damaged == nil)
    files.write("/home/u/.terminfo/x/xterm", "no tables")
    let home = ["HOME": "/home/u"]
    #expect(description("xterm", home).damaged == "/home/u/.terminfo/x/xterm")
    #expect(description("another", home).damaged == nil, "what is not there")
  }
}
