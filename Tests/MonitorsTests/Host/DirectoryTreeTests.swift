import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Removing directories")
struct DirectoryTreeTests {
  @Test("everything below goes, and what links point to stays")
  func removes() throws {
    let directory = try TemporaryDirectory()
    let tree = "\(directory.path)/tree"
    for place in ["", "/a", "/a/b", "/a/b/c"] { OutputFile.makeDirectory(tree + place) }
    try OutputFile("\(tree)/a/b/file").close()
    try OutputFile("\(directory.path)/precious").close()
    OutputFile.makeDirectory("\(directory.path)/other")
    try OutputFile("\(directory.path)/other/file").close()
    OutputFile.link("\(tree)/a/out", to: "\(directory.path)/other")
    OutputFile.link("\(tree)/a/file", to: "\(directory.path)/precious")
    #expect(DirectoryTree.remove(tree))
    #expect(directory.names().sorted() == ["other", "precious"])
    #expect(directory.names("other") == ["file"])
    #expect(DirectoryTree.remove(tree), "what is not there is gone")
  }

  @Test("a link in place of the directory is not followed")
  func refusesLink() throws {
    let directory = try TemporaryDirectory()
    OutputFile.makeDirectory("\(directory.path)/real")
    try OutputFile("\(directory.path)/real/file").close()
    OutputFile.link("\(directory.path)/link", to: "\(directory.path)/real")
    #expect(!DirectoryTree.remove("\(directory.path)/link"))
    #expect(directory.names("real") == ["file"])
  }
}
