internal import CSystem
import Glibc

/// A connection to another process on this machine that never waits longer than it is told to.
public final class Conversation: Sendable {
  private let descriptor: Int32
  private let time: any TimeSource
  private let deadline: Moment

  /// Connects to a socket in the file system.
  public init(path: String, time: any TimeSource, deadline: Moment) throws(SystemError) {
    self.time = time
    self.deadline = deadline
    descriptor = try Conversation.open(AF_UNIX)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    let room = MemoryLayout.size(ofValue: address.sun_path)
    guard bytes.count < room else {
      close(descriptor)
      throw SystemError(ENAMETOOLONG)
    }
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    try connect(address)
  }

  /// Connects to a port of this machine's loopback.
  public init(port: UInt16, time: any TimeSource, deadline: Moment) throws(SystemError) {
    self.time = time
    self.deadline = deadline
    descriptor = try Conversation.open(AF_INET)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
    try connect(address)
  }

  deinit { close(descriptor) }

  private static func open(_ family: Int32) throws(SystemError) -> Int32 {
    let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
    let descriptor = socket(family, kind | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard descriptor >= 0 else { throw .last }
    return descriptor
  }

  private func connect<Address>(_ address: Address) throws(SystemError) {
    var address = address
    let size = socklen_t(MemoryLayout<Address>.size)
    let status = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        Glibc.connect(descriptor, $0, size)
      }
    }
    if status == 0 { return }
    // A full backlog of a local socket is EAGAIN: nobody takes what waits there.
    guard errno == EINPROGRESS else { throw errno == EAGAIN ? .timedOut : .last }
    try wait(for: POLLOUT)
    var failure: Int32 = 0
    var length = socklen_t(MemoryLayout<Int32>.size)
    getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &failure, &length)
    if failure != 0 { throw SystemError(failure) }
  }

  /// The process at the other end, as the kernel knows it; 0 where it does not.
  public var peer: Int32 {
    var credentials: [Int32] = [0, 0, 0]
    var size = socklen_t(MemoryLayout<Int32>.size * credentials.count)
    let status = getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size)
    return status == 0 ? credentials[0] : 0
  }

  /// Sends all bytes.
  public func send(_ bytes: [UInt8]) throws(SystemError) {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count > 0 {
        rest = rest.dropFirst(count)
      } else if errno == EAGAIN {
        try wait(for: POLLOUT)
      } else if errno != EINTR {
        throw .last
      }
    }
  }

  /// The next bytes, as many as there are; none at the end.
  public func receive(atMost most: Int = 65536) throws(SystemError) -> [UInt8] {
    while true {
      var count = 0
      let bytes = [UInt8](unsafeUninitializedCapacity: most) { buffer, filled in
        count = recv(descriptor, buffer.baseAddress, most, 0)
        filled = max(0, count)
      }
      if count >= 0 { return bytes }
      if errno == EAGAIN { try wait(for: POLLIN) } else if errno != EINTR { throw .last }
    }
  }

  /// All that comes until the other end closes; more than fits is an error, since nobody honest says so much.
  public func receiveAll(atMost most: Int) throws(SystemError) -> [UInt8] {
    var all: [UInt8] = []
    while true {
      let more = try receive()
      if more.isEmpty { return all }
      all += more
      if all.count > most { throw SystemError(EMSGSIZE) }
    }
  }

  private func wait(for events: Int32) throws(SystemError) {
    let left = deadline.nanoseconds - time.now().nanoseconds
    guard left > 0 else { throw .timedOut }
    var request = pollfd(fd: descriptor, events: Int16(events), revents: 0)
    let milliseconds = Int32(clamping: left / 1_000_000 + 1)
    if poll(&request, 1, milliseconds) == 0 { throw .timedOut }
  }
}
