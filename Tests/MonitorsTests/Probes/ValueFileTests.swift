import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Files of one value")
struct ValueFileTests {
  private let scratch = Scratch(size: 4096)

  @Test("a file that is not there is no file, and one that may not be opened says who may")
  func opening() {
    let files = FakeFiles(["/sys/a": "5\n"])
    let host = Host.fake(files: files)
    #expect(ValueFile("/sys/b", on: host) == nil)
    files.fail("/sys/a", with: EACCES)
    #expect(
      ValueFile("/sys/a", on: host)?.number(files, scratch)
        == .missing(.notPermitted(needs: "root")))
  }

  @Test("a file that could not be opened for a moment is read once it can be")
  func recovering() {
    let files = FakeFiles(["/sys/a": "-5\n"])
    files.fail("/sys/a", with: EIO, times: 2)
    let file = ValueFile("/sys/a", on: .fake(files: files))
    #expect(file?.number(files, scratch) == .missing(.because("offline")))
    #expect(file?.number(files, scratch) == .fresh(-5))
  }

  @Test("names are ordered by their numbers")
  func order() {
    let files = FakeFiles(["/sys/z10/x": "", "/sys/z9/x": "", "/sys/other/x": "", "/sys/z/x": ""])
    #expect(
      ValueFile.names(in: "/sys", prefix: "z", on: .fake(files: files)) == ["z9", "z10", "z"])
    #expect(ValueFile.names(in: "/nowhere", prefix: "z", on: .fake(files: files)).isEmpty)
  }
}
