import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Directories of one user")
struct PrivateDirectoryTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  @Test("what is missing of its path is made, for its owner only")
  func makes() throws {
    let place = try PrivateDirectory(making: "\(directory.path)/a/b/c")
    defer { place.close() }
    for part in ["a", "a/b", "a/b/c"] {
      let status = try LiveFiles().status("\(directory.path)/\(part)", in: nil, following: false)
      #expect(status.mode == 0o700)
    }
    let file = try place.create("x")
    #expect(try LiveFiles().status("\(place.path)/x", in: nil, following: false).mode == 0o600)
    close(file)
  }

  @Test("one that others can write to, or a link to one, is refused")
  func refuses() throws {
    let shared = "\(directory.path)/shared"
    OutputFile.makeDirectory(shared)
    chmod(shared, 0o777)
    #expect(throws: SystemError.notAllowed) { try PrivateDirectory(making: shared).close() }
    chmod(shared, 0o700)
    OutputFile.link("\(directory.path)/link", to: shared)
    #expect(throws: SystemError.self) {
      try PrivateDirectory(opening: "\(directory.path)/link").close()
    }
  }

  @Test("a file that somebody put in the way is replaced, never written through")
  func replaces() throws {
    try OutputFile("\(directory.path)/precious").close()
    OutputFile.link("\(directory.path)/log", to: "\(directory.path)/precious")
    let place = try PrivateDirectory(opening: directory.path)
    defer { place.close() }
    let file = try place.create("log")
    try Descriptors.write([97], to: file)
    close(file)
    #expect(directory.text("log") == "a")
    #expect(directory.text("precious").isEmpty)
    #expect(place.open("missing") == nil)
  }
}
