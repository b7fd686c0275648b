internal import CSystem
import Glibc

/// Streams to other programs of this machine, by path; nothing here waits, and nobody is believed but the kernel.
enum LocalSocket {
  /// Who is at the other end.
  struct Peer: Equatable {
    var process: Int32
    var user: UInt32
  }

  /// What reading or writing came to.
  enum Progress: Equatable {
    case done(Int)
    case notNow
    case ended
  }

  /// A directory that is its user's own, held so that it is the very one that was looked at.
  struct Place {
    let descriptor: Int32
    let owner: UInt32
    let mode: UInt32

    init(_ path: String) throws(SystemError) {
      var (owner, mode): (UInt32, UInt32) = (0, 0)
      let found = cs_open_place(path, &owner, &mode)
      guard found >= 0 else { throw SystemError(-found) }
      descriptor = found
      self.owner = owner
      self.mode = mode
    }

    /// Whether nobody but its owner can put anything into it.
    var isPrivate: Bool { mode & 0o077 == 0 }

    /// A path of that directory that is short, whatever it is called.
    func path(_ name: String) -> String { "/proc/self/fd/\(descriptor)/\(name)" }

    func close() { _ = Glibc.close(descriptor) }
  }

  /// Begins to talk to who listens there.
  static func connect(_ path: String) throws(SystemError) -> Int32 {
    let descriptor = cs_local_connect(path)
    guard descriptor >= 0 else { throw SystemError(-descriptor) }
    return descriptor
  }

  /// Who is at the other end: of a listener's stream, the process that began to listen.
  static func peer(of descriptor: Int32) -> Peer? {
    var peer = Peer(process: 0, user: 0)
    return cs_peer(descriptor, &peer.process, &peer.user) == 0 ? peer : nil
  }

  /// Takes what has come.
  static func receive(_ descriptor: Int32, into buffer: UnsafeMutableRawBufferPointer) -> Progress {
    while true {
      let count = recv(descriptor, buffer.baseAddress, buffer.count, Int32(MSG_DONTWAIT))
      if count > 0 { return .done(count) }
      if count == 0 { return .ended }
      if errno == EINTR { continue }
      return errno == EAGAIN || errno == EWOULDBLOCK ? .notNow : .ended
    }
  }

  /// Sends what there is room for; a reader that has gone raises no signal.
  static func send(_ descriptor: Int32, _ bytes: UnsafeRawBufferPointer) -> Progress {
    guard let base = bytes.baseAddress, !bytes.isEmpty else { return .done(0) }
    while true {
      let count = cs_send(descriptor, base, bytes.count)
      if count >= 0 { return .done(Int(count)) }
      if count == -Int64(EINTR) { continue }
      return count == -Int64(EAGAIN) || count == -Int64(EWOULDBLOCK) ? .notNow : .ended
    }
  }

  static func close(_ descriptor: Int32) { _ = Glibc.close(descriptor) }

  /// Waits until one of them can go on, or the time is over; a negative time waits for ever.
  static func wait(_ requests: inout [pollfd], milliseconds: Int32) {
    if poll(&requests, nfds_t(requests.count), milliseconds) < 0 {
      for index in requests.indices { requests[index].revents = 0 }
    }
  }
}
