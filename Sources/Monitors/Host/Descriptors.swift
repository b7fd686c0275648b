internal import CSystem
import Glibc

/// Small verbs on file descriptors, each retried when a signal came between.
enum Descriptors {
  /// Writes all bytes.
  static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemError) {
    var failure: SystemError?
    bytes.withUnsafeBytes { failure = writeAll($0, to: descriptor) }
    if let failure { throw failure }
  }

  /// Writes all bytes and says what stopped it.
  static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> SystemError? {
    var done = 0
    while done < bytes.count {
      let count = Glibc.write(descriptor, bytes.baseAddress?.advanced(by: done), bytes.count - done)
      if count > 0 {
        done += count
      } else if count == 0 || errno != EINTR {
        return .last
      }
    }
    return nil
  }

  /// Waits until one of them has something to say, or the time is over; a negative time waits for ever.
  ///
  /// - Returns: What each has to say, in the same order; a negative descriptor never says anything.
  static func wait(on descriptors: [Int32], milliseconds: Int32) -> [Int16] {
    var requests = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    if poll(&requests, nfds_t(requests.count), milliseconds) <= 0 {
      return [Int16](repeating: 0, count: requests.count)
    }
    return requests.map(\.revents)
  }

  /// A pipe that no program started later inherits.
  static func pipe() throws(SystemError) -> (reading: Int32, writing: Int32) {
    var ends: [Int32] = [-1, -1]
    guard Glibc.pipe(&ends) == 0 else { throw .last }
    ends.forEach { _ = fcntl($0, F_SETFD, FD_CLOEXEC) }
    return (ends[0], ends[1])
  }

  /// Two ends of a conversation that keeps its messages apart; no program started later inherits them.
  static func conversation() throws(SystemError) -> (near: Int32, far: Int32) {
    var ends: [Int32] = [-1, -1]
    let kind = Int32(SOCK_SEQPACKET.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    guard socketpair(AF_UNIX, kind, 0, &ends) == 0 else { throw .last }
    return (ends[0], ends[1])
  }
}
