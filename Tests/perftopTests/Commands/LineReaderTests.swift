import Monitors
import Testing

@testable import perftop

@Suite("Lines out of pieces")
struct LineReaderTests {
  private func lines(_ text: String, room: Int = 64, piece: Int = 5) throws -> [String] {
    let reader = LineReader(room: room, Pieces.source(Array(text.utf8), piece))
    var lines: [String] = []
    while let line = try reader.next() {
      lines.append(String(decoding: line.bytes, as: UTF8.self) + (line.isEnded ? "$" : "|"))
      #expect(reader.number == lines.count)
    }
    return lines
  }

  @Test("they end with a newline, with or without a carriage return, and the last one may lack it")
  func ends() throws {
    #expect(try lines("") == [])
    #expect(try lines("a") == ["a|"])
    #expect(try lines("a\nbc\r\n\n\r\nd\re\n") == ["a$", "bc$", "$", "$", "d\re$"])
    #expect(try lines("one line\nand half of another") == ["one line$", "and half of another|"])
  }

  @Test("the pieces do not matter", arguments: 1...20)
  func pieces(_ size: Int) throws {
    let text = (0..<50).map { "\($0),\($0 * $0)\n" }.joined()
    #expect(try lines(text, piece: size).count == 50)
    #expect(try lines(text, piece: size)[49] == "49,2401$")
  }

  @Test("one that fills the room is taken, one that does not fit is refused with its number")
  func tooLong() throws {
    #expect(try lines("a\n" + String(repeating: "b", count: 63) + "\n").count == 2)
    let reader = LineReader(
      room: 64, Pieces.source(Array("a\n".utf8) + [UInt8](repeating: 98, count: 200), 7))
    _ = try reader.next()
    #expect(throws: LineReader.Failure.tooLong) { _ = try reader.next() }
    #expect(reader.number == 2)
  }

  @Test("what the system refuses is handed on")
  func refused() {
    let reader = LineReader { (_) throws(SystemError) in throw SystemError(21) }
    #expect(throws: LineReader.Failure.system(SystemError(21))) { _ = try reader.next() }
  }
}
