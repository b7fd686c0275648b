import Glibc
import TestSupport

@testable import Monitors

/// A stream of which the test holds the other end.
final class Wire {
  private let nearEnd: Int32
  private let far: Int32
  private var isOpen = true
  private var rest = ""

  init() {
    var ends: [Int32] = [-1, -1]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
    for end in ends { _ = fcntl(end, F_SETFL, O_NONBLOCK) }
    nearEnd = ends[0]
    far = ends[1]
  }

  deinit { hangUp() }

  /// The other end, for who will close it; to be taken once.
  func near() -> LocalStream { LocalStream(nearEnd) }

  func hangUp() {
    if isOpen { close(far) }
    isOpen = false
  }

  /// Says something, whether it is a line or not; how much of it there was room for.
  @discardableResult
  func say(_ text: String) -> Int {
    let bytes = Array(text.utf8)
    return max(0, send(far, bytes, bytes.count, Int32(MSG_NOSIGNAL)))
  }

  /// The whole lines that have come since.
  func heard() -> [String] {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(far, &buffer, buffer.count, 0)
      guard count > 0 else { break }
      rest += String(decoding: buffer[..<count], as: UTF8.self)
    }
    var lines = rest.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    rest = lines.removeLast()
    return lines
  }

  /// The same, where a child of another test that was forked just now may hold a copy of the other end for a moment.
  var isForsakenSoon: Bool {
    let looks = 500 * Int(Patience.factor)
    for _ in 0..<looks {
      if isForsaken { return true }
      poll(nil, 0, 10)
    }
    return false
  }

  /// Whether the other end has let go.
  var isForsaken: Bool {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(far, &buffer, buffer.count, 0)
      if count <= 0 { return count == 0 || errno != EAGAIN }
    }
  }

  /// Answers each question that has come with these members.
  func answer(_ members: String) {
    for line in heard() {
      guard let id = try? JSONReader.object(line)["id"]?.whole else { continue }
      say("{\"id\":\(id)\(members.isEmpty ? "" : ",")\(members)}\n")
    }
  }
}
