import Glibc
import Monitors
import Testing

@Suite("The machine's files")
struct LiveFilesTests {
  private let files = LiveFiles()

  private func text(_ files: LiveFiles, _ path: String, in directory: DirectoryHandle? = nil) throws
    -> String
  {
    let scratch = Scratch()
    return String(decoding: try scratch.read(files, path, in: directory), as: UTF8.self)
  }

  @Test("a file is read through a directory that is held")
  func held() throws {
    let directory = try files.openDirectory("/proc/\(getpid())", in: nil)
    #expect(try text(files, "stat", in: directory).hasPrefix("\(getpid()) ("))
  }

  @Test("C7: a directory that is held answers for its own process or not at all")
  func identity() throws {
    var pid = pid_t()
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("true"), nil]
    defer { arguments.forEach { free($0) } }
    #expect(posix_spawnp(&pid, "true", nil, nil, &arguments, nil) == 0)
    let directory = try files.openDirectory("/proc/\(pid)", in: nil)
    waitpid(pid, nil, 0)
    #expect(throws: SystemError.self) { try text(files, "stat", in: directory) }
  }

  @Test("a missing file and a refused one are told apart")
  func errors() {
    #expect(throws: SystemError.notFound) { try text(files, "/proc/no-such-file") }
    #expect(SystemError(EACCES).absence(needs: "root") == .notPermitted(needs: "root"))
    #expect(SystemError(ENOENT).absence(missingMeans: .notSupported) == .notSupported)
    #expect(SystemError(ESRCH).absence() == .gone)
  }

  @Test("C1: a pipe where a file should be is never waited for")
  func pipe() throws {
    var template = Array("/tmp/perftop-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemError.last }
    let path = String(cString: made) + "/pipe"
    defer {
      unlink(path)
      rmdir(made)
    }
    mkfifo(path, 0o600)
    #expect(try text(files, path).isEmpty)
  }

  @Test("names come without the two that every directory has")
  func list() throws {
    let names = try files.list("/proc/self", in: nil)
    #expect(names.contains("stat") && !names.contains(".") && !names.contains(".."))
  }

  @Test("a tree stands in for the machine, and its file says how much room there is")
  func sysroot() throws {
    var template = Array("/tmp/perftop-test-XXXXXX".utf8CString)
    guard let made = mkdtemp(&template) else { throw SystemError.last }
    let root = String(cString: made)
    let path = root + "/statvfs"
    defer {
      unlink(path)
      rmdir(made)
    }
    let descriptor = open(path, O_WRONLY | O_CREAT, 0o600)
    let line = "/data 1000 400 50 7\n"
    #expect(write(descriptor, line, line.utf8.count) == line.utf8.count)
    close(descriptor)
    let tree = LiveFiles(sysroot: root)
    #expect(try text(tree, "/statvfs") == line)
    #expect(
      try tree.statistics("/data")
        == SpaceSample(total: Bytes(1000), available: Bytes(400), inodes: 50, inodesFree: 7))
    #expect(throws: SystemError.notFound) { try tree.statistics("/other") }
  }
}
