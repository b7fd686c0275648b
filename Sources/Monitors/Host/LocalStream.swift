/// One end of a conversation in lines; closed with the last who holds it.
final class LocalStream: Sendable {
  let descriptor: Int32

  /// Takes ownership of a descriptor.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { LocalSocket.close(descriptor) }
}

/// What is on its way through a stream: whole lines come out, and what could not be sent yet waits.
struct LineTraffic {
  /// How the other end stands.
  enum State: Equatable {
    case open, ended, tooLong
  }

  private let stream: LocalStream
  private let longest: Int
  private var incoming: [UInt8] = []
  private var searched = 0
  private var outgoing: [UInt8] = []
  private var sent = 0
  private static let piece = 65536

  /// Lines of more bytes than `longest`, with their end, are not waited for.
  init(_ stream: LocalStream, longest: Int) {
    self.stream = stream
    self.longest = longest
  }

  var descriptor: Int32 { stream.descriptor }
  /// Bytes that wait to be sent.
  var waiting: Int { outgoing.count - sent }
  /// Whether a line has begun and not ended.
  var isWithinLine: Bool { !incoming.isEmpty }

  /// Sends a line, or as much of it as there is room for now.
  mutating func send(_ line: String) -> State {
    outgoing.append(contentsOf: line.utf8)
    outgoing.append(10)
    return flush()
  }

  /// Sends what waits, as far as there is room.
  mutating func flush() -> State {
    while waiting > 0 {
      let progress = outgoing.withUnsafeBytes {
        LocalSocket.send(descriptor, UnsafeRawBufferPointer(rebasing: $0[sent...]))
      }
      switch progress {
      case .done(let count): sent += count
      case .notNow: return .open
      case .ended: return .ended
      }
    }
    outgoing.removeAll(keepingCapacity: outgoing.capacity <= LineTraffic.piece)
    sent = 0
    return .open
  }

  /// Takes what has come, a few pieces at most, and hands out each whole line without its end.
  mutating func receive(pieces: Int = 16, _ body: (UnsafeRawBufferPointer) -> Void) -> State {
    for _ in 0..<pieces {
      var progress = LocalSocket.Progress.notNow
      withUnsafeTemporaryAllocation(byteCount: LineTraffic.piece, alignment: 1) { buffer in
        progress = LocalSocket.receive(descriptor, into: buffer)
        if case .done(let count) = progress { incoming.append(contentsOf: buffer[..<count]) }
      }
      guard case .done(let count) = progress else { return progress == .ended ? .ended : .open }
      guard handOut(body) else { return .tooLong }
      if count < LineTraffic.piece { return .open }
    }
    return .open
  }

  private mutating func handOut(_ body: (UnsafeRawBufferPointer) -> Void) -> Bool {
    var (begin, place) = (0, searched)
    incoming.withUnsafeBytes { bytes in
      while let end = bytes[place...].firstIndex(of: 10), end - begin < longest {
        body(UnsafeRawBufferPointer(rebasing: bytes[begin..<end]))
        begin = end + 1
        place = begin
      }
    }
    if begin == incoming.count {
      if incoming.capacity <= LineTraffic.piece {
        incoming.removeAll(keepingCapacity: true)
      } else {
        incoming = []
      }
    } else if begin > 0 {
      incoming.removeFirst(begin)
    }
    searched = incoming.count
    return incoming.count < longest
  }
}
