import Glibc
import Monitors
import TestSupport
import Testing

@Suite("Reading JSON that nobody vouches for")
struct JSONReaderTests {
  private func value(_ text: String) throws -> JSONValue? {
    try JSONReader.object("{\"a\":\(text),\"b\":1}")["a"]
  }

  @Test(
    "values of all kinds",
    arguments: [
      ("null", .null), ("true", .bool(true)), (" false ", .bool(false)), ("0", .integer(0)),
      ("-9223372036854775808", .integer(.min)), ("12.5", .number(12.5)), ("1e3", .number(1000)),
      ("-2.5E-3", .number(-0.0025)), ("0.1", .number(0.1)),
      ("123456789.123456789", .number(123456789.123456789)), ("\"\"", .text("")),
      ("\"é ✓\"", .text("é ✓")), ("\"\\u00e9\\n\\\"\\/\"", .text("é\n\"/")),
      ("\"\\ud83d\\ude00\"", .text("😀")), ("[]", .list([])),
      ("[1, [2]]", .list([.integer(1), .list([.integer(2)])])),
      ("{\"c\" : {}}", .object([.init("c", .object([]))])),
    ] as [(String, JSONValue)])
  func kinds(_ text: String, _ expected: JSONValue) throws {
    #expect(try value(text) == expected)
  }

  @Test(
    "D5: a value that can not be held is lost, and the line is not",
    arguments: [
      "NaN", "Infinity", "-Infinity", "1e400", "-1e400", "18446744073709551616",
      "9223372036854775808", "01", "1.", "-", "1.2.3", "1e", "--1",
    ])
  func unholdable(_ text: String) throws {
    let line = try JSONReader.object("{\"a\":\(text),\"b\":1}")
    #expect(line["a"] == .null)
    #expect(line["b"] == .integer(1))
  }

  @Test("D5: what is too small to be told from 0 is 0, and -0 is nothing special")
  func small() throws {
    #expect(try value("1e-400")?.real == 0)
    #expect(try value("-0")?.real == 0)
    #expect(try value("-0.0")?.real == 0)
  }

  @Test("D5: of a key that comes twice the last counts, among few and among many")
  func duplicates() throws {
    #expect(try JSONReader.object(#"{"a":1,"b":2,"a":3}"#)["a"] == .integer(3))
    let many = (0..<5000).map { "\"k\($0 % 2500)\":\($0)" }.joined(separator: ",")
    let object = try JSONReader.object("{\(many)}")
    #expect(object.members?.count == 2500)
    #expect(object["k7"] == .integer(2507))
  }

  @Test(
    "D6: text that can not be shown is lost, and the line is not",
    arguments: [
      [0x61, 0xff, 0x62], [0xed, 0xa0, 0x80], [0xc0, 0x80], [0x00], [0x07],
      Array("\\ud800".utf8), Array("\\udc00".utf8), Array("\\ud800\\u0041".utf8),
      Array("\\x".utf8), Array("\\u12".utf8),
    ] as [[UInt8]])
  func unshowable(_ text: [UInt8]) throws {
    let bytes = Array("{\"a\":\"".utf8) + text + Array("\",\"b\":1}".utf8)
    let line = try bytes.withUnsafeBytes { try JSONReader.object($0) }
    #expect(line["a"] == .null)
    #expect(line["b"] == .integer(1))
  }

  @Test("D6: a NUL costs nothing but itself")
  func null() throws {
    let line = try JSONReader.object(#"{"name":"a\u0000b"}"#)
    #expect(line["name"]?.string.map { Printable($0) } == "a·b")
  }

  @Test(
    "D6: what is no object is refused",
    arguments: [
      "", " ", "1", "[]", "\"a\"", "{", "{}}", "{\"a\"}", "{\"a\":}", "{\"a\":1,}", "{a:1}",
      "{\"a\":[1,]}", "{\"a\":\"", "{\"a\":\"\\", "{\"a\":undefined}", "{} {}", "nul",
    ])
  func malformed(_ text: String) {
    #expect(thrown(JSONFault.self) { _ = try JSONReader.object(text) } == .malformed)
  }

  @Test("D6: a hundred thousand brackets are refused, not followed")
  func deep() {
    let text = "{\"a\":" + String(repeating: "[", count: 100_000)
    #expect(thrown(JSONFault.self) { _ = try JSONReader.object(text) } == .tooDeep)
    let objects = String(repeating: "{\"a\":", count: 100_000)
    #expect(thrown(JSONFault.self) { _ = try JSONReader.object(objects) } == .tooDeep)
  }

  @Test("a line of nothing but tiny values takes a bounded room")
  func crowded() {
    let text = "{\"a\":[" + String(repeating: "0,", count: 400_000) + "0]}"
    #expect(thrown(JSONFault.self) { _ = try JSONReader.object(text) } == .tooMany)
  }

  @Test("D6: whatever bytes change, it answers, and reads its own writing back")
  func mutations() throws {
    let seed =
      #"{"id":7,"operations":[{"name":"é\n","buckets":{"145":12},"x":[1.5e-3,null,true]}]}"#
    var random = SeededNumbers(seed: 42)
    var survivors = 0
    for _ in 0..<60_000 {
      var bytes = Array(seed.utf8)
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
        }
      }
      guard let value = bytes.withUnsafeBytes({ try? JSONReader.object($0) }) else { continue }
      survivors += 1
      if survivors % 50 == 0 {
        #expect(try JSONReader.object(value.text(indented: false)) == value)
      }
    }
    #expect(survivors > 1000)
  }
}
