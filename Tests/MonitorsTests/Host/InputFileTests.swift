import Glibc
import Monitors
import TestSupport
import Testing

@Suite("Files that are read once")
struct InputFileTests {
  private func text(_ file: InputFile) throws(SystemError) -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 7)
    while true {
      var result: Result<Int, SystemError> = .success(0)
      buffer.withUnsafeMutableBytes { room in
        do throws(SystemError) { result = .success(try file.read(into: room)) } catch {
          result = .failure(error)
        }
      }
      let count = try result.get()
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }

  @Test("a file comes to its end, piece by piece")
  func file() throws {
    let directory = try TemporaryDirectory()
    try OutputFile("\(directory.path)/a").append(Array("0123456789abcdef".utf8)[...])
    #expect(try text(InputFile("\(directory.path)/a")) == "0123456789abcdef")
  }

  @Test("a directory and what is not there say so")
  func refused() throws {
    let directory = try TemporaryDirectory()
    #expect(throws: SystemError(EISDIR)) { try text(InputFile(directory.path)) }
    #expect(throws: SystemError.notFound) { try InputFile("\(directory.path)/none") }
  }

  @Test("a pipe that nobody writes into yet is waited for, and has an end")
  func pipe() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    let reading = try InputFile(path)
    #expect(!reading.waits(milliseconds: 0))
    let writing = try OutputFile(path)
    #expect(!reading.waits(milliseconds: 0))
    try writing.append(Array("some lines".utf8)[...])
    writing.close()
    #expect(reading.waits(milliseconds: 0))
    #expect(try text(reading) == "some lines")
  }
}
