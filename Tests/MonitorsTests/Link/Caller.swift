import Glibc
import TestSupport

@testable import Monitors

/// A viewer of a link in a test, which may behave as badly as it likes.
final class Caller {
  private let stream: LocalStream
  private var traffic: LineTraffic
  private var replies: [JSONValue] = []
  private(set) var isClosed = false

  init(_ directory: String, _ process: Int32 = getpid()) throws {
    stream = LocalStream(try Caller.connect("\(directory)/\(process).sock"))
    traffic = LineTraffic(stream, longest: 1 << 20)
  }

  /// Waits while more callers stand at the door than the kernel lets stand there.
  private static func connect(_ path: String) throws(SystemError) -> Int32 {
    let end = ContinuousClock.now.advanced(by: .seconds(5 * Patience.factor))
    while true {
      do {
        return try LocalSocket.connect(path)
      } catch {
        guard error.code == EAGAIN, ContinuousClock.now < end else { throw error }
      }
      poll(nil, 0, 1)
    }
  }

  /// Sends bytes, with or without the end of a line.
  @discardableResult
  func sendRaw(_ text: String) -> Int {
    let bytes = Array(text.utf8)
    return max(0, send(stream.descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL)))
  }

  func ask(_ line: String) { sendRaw(line + "\n") }

  /// Whether it hands out too that an action has begun.
  var wantsStarts = false

  /// The next reply; `nil` if none comes in time, or the other end has closed.
  func reply(within seconds: Double = 5) -> JSONValue? {
    let end = ContinuousClock.now.advanced(by: .seconds(seconds * Patience.factor))
    while replies.isEmpty, !isClosed, ContinuousClock.now < end {
      var wanted = [pollfd(fd: stream.descriptor, events: Int16(POLLIN), revents: 0)]
      LocalSocket.wait(&wanted, milliseconds: 20)
      var lines: [JSONValue] = []
      let state = traffic.receive { line in
        guard let value = try? JSONReader.object(line) else { return }
        if wantsStarts || value["started"]?.truth != true { lines.append(value) }
      }
      replies += lines
      isClosed = state != .open
    }
    return replies.isEmpty ? nil : replies.removeFirst()
  }

  /// Asks and waits for the answer.
  func answer(_ line: String) -> JSONValue? {
    ask(line)
    return reply()
  }

  /// Waits until the other end has closed.
  func closes(within seconds: Double = 5) -> Bool {
    let end = ContinuousClock.now.advanced(by: .seconds(seconds * Patience.factor))
    while !isClosed, ContinuousClock.now < end { _ = reply(within: 0.05) }
    return isClosed
  }
}

/// A link that listens in a directory of its own.
struct LinkedTest {
  let folder: TemporaryDirectory
  let link: Link

  init(_ name: String = "test") throws {
    folder = try TemporaryDirectory()
    link = Link(
      name, memoryLimit: Bytes(8_000_000_000),
      place: LinkPlace(directories: ["\(folder.path)/perftop"]))
  }

  var directory: String { "\(folder.path)/perftop" }

  func call() throws -> Caller { try Caller(directory) }
}
