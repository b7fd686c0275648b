import Glibc

/// What a keeper tells the perftop that started it; one message each, never torn.
enum KeeperMessage: Equatable {
  case started(pid: pid_t, log: String, user: String)
  case failed(errno: Int32)
  case refusedIdentity(errno: Int32)
  /// `lost` is why some of its output was not kept, 0 where all was.
  case ended(waitStatus: Int32, lost: Int32, hasLog: Bool)

  private static let longest = 8192

  private var words: [String] {
    switch self {
    case .started(let pid, let log, let user): ["started", String(pid), log, user]
    case .failed(let code): ["failed", String(code)]
    case .refusedIdentity(let code): ["identity", String(code)]
    case .ended(let status, let lost, let hasLog):
      ["ended", String(status), String(lost), hasLog ? "log" : ""]
    }
  }

  private init?(_ words: [String]) {
    guard words.count >= 2, let number = Int32(words[1]) else { return nil }
    switch words[0] {
    case "started" where words.count == 4:
      self = .started(pid: number, log: words[2], user: words[3])
    case "failed": self = .failed(errno: number)
    case "identity": self = .refusedIdentity(errno: number)
    case "ended" where words.count == 4:
      self = .ended(waitStatus: number, lost: Int32(words[2]) ?? 0, hasLog: !words[3].isEmpty)
    default: return nil
    }
  }

  /// Sends it; nobody listening is no mistake.
  func send(to descriptor: Int32) {
    let bytes = Array(words.joined(separator: "\0").utf8)
    _ = Glibc.send(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL))
  }

  /// What there is to receive.
  enum Received: Equatable { case message(KeeperMessage), nothing, over }

  /// Takes the next message without waiting; what makes no sense counts as the end.
  static func receive(from descriptor: Int32) -> Received {
    var bytes = [UInt8](repeating: 0, count: longest)
    while true {
      let count = recv(descriptor, &bytes, bytes.count, Int32(MSG_DONTWAIT))
      if count > 0 {
        let words = bytes[..<count].split(separator: 0, omittingEmptySubsequences: false)
        return KeeperMessage(words.map { String(decoding: $0, as: UTF8.self) }).map { .message($0) }
          ?? .over
      }
      if count == 0 { return .over }
      if errno == EAGAIN { return .nothing }
      if errno != EINTR { return .over }
    }
  }
}
