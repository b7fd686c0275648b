import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Directories that are shared") struct StateDirectoryTests {
  @Test("whether links to files of others can be made is asked of the kernel")
  func links() throws {
    let folder = try TemporaryDirectory()
    for (words, isGuarded) in [("0\n", false), ("1\n", true), ("", true)] {
      let path = "\(folder.path)/setting"
      unlink(path)
      try OutputFile(path).append(Array(words.utf8)[...])
      #expect(StateDirectory.linksAreGuarded(by: path) == isGuarded)
    }
    #expect(StateDirectory.linksAreGuarded(by: "\(folder.path)/none"))
  }

  @Test("a lock can be opened by those who share the directory, and by nobody else")
  func lockMode() throws {
    let folder = try TemporaryDirectory()
    chmod(folder.path, 0o775)
    for (trust, mode) in [(StateDirectory.Trust.group, mode_t(0o660)), (.owner, 0o600)] {
      if trust == .owner { chmod(folder.path, 0o755) }
      unlink(folder.path + "/lock")
      let directory = try StateDirectory(folder.path, trust: trust, making: false)
      let before = umask(0o077)
      defer { umask(before) }
      let isDone = try directory.alone(by: "lock") { true }
      #expect(isDone == true)
      var status = stat()
      #expect(lstat(folder.path + "/lock", &status) == 0)
      #expect(status.st_mode & 0o777 == mode)
    }
  }

  @Test("one at a time, whichever program it is")
  func alone() throws {
    let folder = try TemporaryDirectory()
    let directory = try StateDirectory(folder.path, trust: .owner, making: false)
    let inner = try directory.alone(by: "lock") {
      let other = Glibc.open(folder.path + "/lock", O_RDWR | O_CLOEXEC)
      defer { close(other) }
      return flock(other, LOCK_EX | LOCK_NB) == 0
    }
    #expect(inner == false)
    #expect(try directory.alone(by: "lock") { true } == true)
  }
}
