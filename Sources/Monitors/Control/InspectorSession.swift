import Glibc

/// A conversation with Node's inspector: a question of JSON in each frame of a web socket.
final class InspectorSession {
  private let conversation: Conversation
  private var received: [UInt8] = []
  private var lastId = 0
  private static let mostBytes = 1 << 20

  /// Asks a port whether an inspector is there, and for the path of its session.
  static func path(port: UInt16, _ errand: Errand) throws(SystemError) -> String {
    let conversation = try Conversation(
      port: port, time: errand.host.time, deadline: errand.deadline)
    let request = "GET /json/list HTTP/1.1\r\nHost: 127.0.0.1:\(port)\r\nConnection: close\r\n\r\n"
    try conversation.send(Array(request.utf8))
    var bytes: [UInt8] = []
    let most = 65536
    while bytes.count < most {
      let more = try conversation.receive()
      bytes += more
      // Node says how much will come, and keeps the connection open after that.
      if let path = path(in: String(decoding: bytes, as: UTF8.self), port: port) { return path }
      if more.isEmpty { break }
    }
    throw SystemError(EPROTO)
  }

  /// What stands behind `"webSocketDebuggerUrl": "ws://127.0.0.1:P`.
  static func path(in text: String, port: UInt16) -> String? {
    let key = "\"webSocketDebuggerUrl\""
    let lines = text.split(whereSeparator: { $0 == "\n" || $0 == "," })
    guard let line = lines.first(where: { $0.contains(key) }) else { return nil }
    let address = "ws://127.0.0.1:\(port)/"
    let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
    // The last part has no mark behind it yet: more of it may come.
    guard let found = parts.dropLast().first(where: { $0.hasPrefix(address) }) else { return nil }
    let path = found.dropFirst(address.count)
    let isPlain = path.utf8.allSatisfy { $0 > 32 && $0 < 127 }
    return isPlain ? "/\(path)" : nil
  }

  /// Opens a session.
  init(_ path: String, port: UInt16, _ errand: Errand) throws(SystemError) {
    conversation = try Conversation(port: port, time: errand.host.time, deadline: errand.deadline)
    let request = """
      GET \(path) HTTP/1.1\r
      Host: 127.0.0.1:\(port)\r
      Upgrade: websocket\r
      Connection: Upgrade\r
      Sec-WebSocket-Key: cGVyZnRvcC1wZXJmdG9wIQ==\r
      Sec-WebSocket-Version: 13\r
      \r

      """
    try conversation.send(Array(request.utf8))
    let end = Array("\r\n\r\n".utf8)
    while true {
      if let place = InspectorSession.place(of: end, in: received) {
        guard received.starts(with: Array("HTTP/1.1 101".utf8)) else { throw SystemError(EPROTO) }
        received.removeFirst(place + end.count)
        return
      }
      try more()
    }
  }

  private static func place(of wanted: [UInt8], in bytes: [UInt8]) -> Int? {
    guard bytes.count >= wanted.count else { return nil }
    return (0...(bytes.count - wanted.count)).first { bytes[$0...].starts(with: wanted) }
  }

  private func more() throws(SystemError) {
    let bytes = try conversation.receive()
    guard !bytes.isEmpty else { throw SystemError(ECONNRESET) }
    received += bytes
    guard received.count <= InspectorSession.mostBytes else { throw SystemError(EMSGSIZE) }
  }

  /// Collects all garbage; returns when that is done.
  func collect() throws(SystemError) { _ = try ask("HeapProfiler.collectGarbage", "{}") }

  /// What is in use on the heap.
  func heap() throws(SystemError) -> Bytes? {
    let reply = try evaluate("process.memoryUsage().heapUsed")
    let parts = reply.split(separator: ",").flatMap { $0.split(separator: "{") }
    guard let part = parts.first(where: { $0.hasPrefix("\"value\":") }) else { return nil }
    let digits = part.dropFirst("\"value\":".count).prefix { $0.isASCII && $0.isNumber }
    return Int64(digits).map(Bytes.init)
  }

  /// Closes the port again; whether Node said that it will.
  func close() -> Bool {
    let wish =
      "(()=>{const i=process.getBuiltinModule?process.getBuiltinModule('inspector'):process.mainModule.require('inspector');setTimeout(()=>i.close(),20);return 7411})()"
    let reply = (try? evaluate(wish)) ?? ""
    try? conversation.send([0x88, 0x80, 0, 0, 0, 0])
    return reply.contains("\"value\":7411")
  }

  private func evaluate(_ expression: String) throws(SystemError) -> String {
    try ask("Runtime.evaluate", "{\"expression\":\"\(expression)\",\"returnByValue\":true}")
  }

  private func ask(_ method: String, _ parameters: String) throws(SystemError) -> String {
    lastId += 1
    let text = "{\"id\":\(lastId),\"method\":\"\(method)\",\"params\":\(parameters)}"
    let mask = (0..<4).map { _ in UInt8.random(in: 0...255) }
    try conversation.send(WebSocketFrame.text(text, mask: mask))
    while true {
      guard let frame = try WebSocketFrame.take(from: &received) else {
        try more()
        continue
      }
      if frame.isClosing { throw SystemError(ECONNRESET) }
      // What it tells unasked has no number.
      let reply = String(decoding: frame.payload, as: UTF8.self)
      if reply.hasPrefix("{\"id\":\(lastId),") { return reply }
    }
  }
}

/// A frame of RFC 6455, as far as short questions and their answers need it.
struct WebSocketFrame: Equatable {
  var isClosing: Bool
  var payload: [UInt8]

  private static let longest: UInt64 = 1 << 20

  /// A masked text frame, as clients send them.
  static func text(_ text: String, mask: [UInt8]) -> [UInt8] {
    let payload = Array(text.utf8)
    var frame: [UInt8] = [0x81]
    if payload.count < 126 {
      frame.append(0x80 | UInt8(payload.count))
    } else {
      frame += [0xFE, UInt8(truncatingIfNeeded: payload.count >> 8)]
      frame.append(UInt8(truncatingIfNeeded: payload.count))
    }
    frame += mask
    frame += payload.enumerated().map { $0.element ^ mask[$0.offset % 4] }
    return frame
  }

  /// The next whole frame of a server; `nil` while it is not all there.
  static func take(from bytes: inout [UInt8]) throws(SystemError) -> WebSocketFrame? {
    guard bytes.count >= 2 else { return nil }
    var length = UInt64(bytes[1] & 0x7f)
    guard bytes[1] & 0x80 == 0 else { throw SystemError(EPROTO) }
    let extra = length == 126 ? 2 : length == 127 ? 8 : 0
    guard bytes.count >= 2 + extra else { return nil }
    if extra > 0 { length = bytes[2..<(2 + extra)].reduce(0) { $0 << 8 | UInt64($1) } }
    guard length <= longest else { throw SystemError(EMSGSIZE) }
    let end = 2 + extra + Int(length)
    guard bytes.count >= end else { return nil }
    let frame = WebSocketFrame(
      isClosing: bytes[0] & 0x0f == 8, payload: Array(bytes[(2 + extra)..<end]))
    bytes.removeFirst(end)
    return frame
  }
}
