import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Files that are written")
struct OutputFileTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("appended, placed and replaced bytes are where they should be")
  func writes() throws {
    let file = try OutputFile("\(directory.path)/a")
    try file.append([97, 98, 99][...])
    try file.append([100][...])
    try file.write([88][...], at: 1)
    #expect(directory.text("a") == "aXcd")
    file.replaceContent(with: "z")
    #expect(directory.text("a") == "z")
    file.close()
    try OutputFile.rename("\(directory.path)/a", to: "\(directory.path)/b")
    #expect(directory.names() == ["b"])
    let again = try OutputFile("\(directory.path)/b", keepsContent: true)
    again.close()
    #expect(directory.text("b") == "z")
    OutputFile.remove("\(directory.path)/b")
    #expect(directory.names().isEmpty)
  }

  @Test("a link is not followed, and a full disk is an error")
  func refuses() throws {
    OutputFile.link("\(directory.path)/link", to: "/dev/full")
    #expect(throws: SystemError(ELOOP)) { try OutputFile("\(directory.path)/link") }
    let full = try OutputFile("/dev/full", keepsContent: true)
    defer { full.close() }
    #expect(throws: SystemError(ENOSPC)) { try full.append([1][...]) }
    #expect(throws: SystemError(ENOSPC)) { try full.write([1][...], at: 0) }
  }
}
