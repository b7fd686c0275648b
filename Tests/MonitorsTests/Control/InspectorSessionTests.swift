import Testing

@testable import Monitors

@Suite("The inspector's words and frames")
struct InspectorSessionTests {
  @Test("the path of the session stands in the list, for this port only, and whole")
  func path() {
    let text =
      "[ {\n \"id\": \"a\",\n  \"webSocketDebuggerUrl\": \"ws://127.0.0.1:9229/ab-cd\"\n} ]"
    #expect(InspectorSession.path(in: text, port: 9229) == "/ab-cd")
    #expect(InspectorSession.path(in: text, port: 9230) == nil)
    #expect(InspectorSession.path(in: String(text.prefix(68)), port: 9229) == nil)
    let evil = "\"webSocketDebuggerUrl\": \"ws://127.0.0.1:9229/a\r\nHost: x\""
    #expect(InspectorSession.path(in: evil, port: 9229) == nil)
  }

  @Test("a frame is masked, with a length of one byte or of two")
  func sends() {
    let mask: [UInt8] = [1, 2, 3, 4]
    let short: [UInt8] = [0x81, 0x82, 1, 2, 3, 4, 97 ^ 1, 98 ^ 2]
    #expect(WebSocketFrame.text("ab", mask: mask) == short)
    let long = WebSocketFrame.text(String(repeating: "a", count: 300), mask: mask)
    #expect(Array(long[..<4]) == [0x81, 0xFE, 1, 44])
    #expect(long.count == 8 + 300)
  }

  @Test("a frame is taken once it is all there; what follows stays")
  func takes() throws {
    var bytes: [UInt8] = [0x81, 3, 97, 98]
    #expect(try WebSocketFrame.take(from: &bytes) == nil)
    bytes += [99, 0x88, 0]
    #expect(try WebSocketFrame.take(from: &bytes)?.payload == [97, 98, 99])
    #expect(try WebSocketFrame.take(from: &bytes)?.isClosing == true)
    #expect(bytes.isEmpty)
  }

  @Test(
    "a frame that is masked or endless is refused",
    arguments: [[0x81, 0x83], [0x81, 127] + [UInt8](repeating: 255, count: 8)])
  func refuses(_ bytes: [UInt8]) {
    var bytes = bytes
    #expect(thrown { _ = try WebSocketFrame.take(from: &bytes) })
  }

  private func thrown(_ body: () throws -> Void) -> Bool {
    do { try body() } catch { return true }
    return false
  }
}
