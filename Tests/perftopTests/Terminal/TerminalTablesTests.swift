import Monitors
import Testing

@testable import perftop

@Suite("The tables of a terminal's description")
struct TerminalTablesTests {
  private static let texts: [UInt8] = Array("one\0two\0".utf8)

  /// Two texts and one number, as the terminal's makers write them, and after them what somebody added.
  static func description(
    magic: Int = 0o1036, names: String = "xterm\0", places: [Int] = [0, -1, 4],
    texts: [UInt8] = texts, added: [UInt8]? = nil
  ) -> [UInt8] {
    let width = magic == 0o432 ? 2 : 4
    let booleans = 1
    var bytes = words([magic, names.utf8.count, booleans, 1, places.count, texts.count])
    bytes += Array(names.utf8) + [1]
    if bytes.count % 2 == 1 { bytes.append(0) }
    bytes += [UInt8](repeating: 7, count: width) + words(places) + texts
    return bytes + (added ?? [])
  }

  /// One text that somebody added, and its name.
  private static func added(places: [Int] = [0, 0], texts: [UInt8] = Array("v\0RGB\0".utf8))
    -> [UInt8]
  {
    words([0, 0, 1, 2, texts.count]) + words(places) + texts
  }

  private static func words(_ numbers: [Int]) -> [UInt8] {
    numbers.flatMap { number in
      let word = UInt16(truncatingIfNeeded: number)
      return [UInt8(word & 0xFF), UInt8(word >> 8)]
    }
  }

  private func areWhole(_ bytes: [UInt8]) -> Bool { TerminalTables(bytes).areWhole }

  @Test("both widths of numbers, with and without what somebody added, are whole")
  func whole() {
    for magic in [0o432, 0o1036] {
      #expect(areWhole(Self.description(magic: magic)))
      #expect(areWhole(Self.description(magic: magic, added: Self.added())))
    }
    #expect(areWhole(Self.description(places: [], texts: [])))
    #expect(areWhole(Self.description(added: [0])), "a byte is left over")
  }

  @Test("A12: a place outside its table, a text without an end or a count that lies is damage")
  func damaged() {
    #expect(!areWhole(Self.description(magic: 0o433)))
    #expect(!areWhole(Self.description(names: "xterm")))
    #expect(!areWhole(Self.description(places: [8])))
    #expect(!areWhole(Self.description(places: [-3])))
    #expect(!areWhole(Self.description(places: [0], texts: [])))
    #expect(!areWhole(Self.description(texts: Array("one\0two".utf8))))
    #expect(!areWhole(Self.description(added: Self.added(places: [6, 0]))))
    #expect(!areWhole(Self.description(added: Self.added(texts: Array("v\0RGB".utf8)))))
    var lying = Self.description()
    for place in stride(from: 2, to: 12, by: 2) {
      let kept = lying[place + 1]
      for high: UInt8 in [0x7F, 0xFF] {
        lying[place + 1] = high
        #expect(!areWhole(lying), "count \(place)")
      }
      lying[place + 1] = kept
    }
  }

  @Test("A12: a description cut short anywhere is damage")
  func short() {
    let plain = Self.description()
    for count in 0..<plain.count { #expect(!areWhole(Array(plain[..<count])), "\(count)") }
    let more = Self.description(added: Self.added())
    for count in (plain.count + 2)..<more.count {
      #expect(!areWhole(Array(more[..<count])), "\(count)")
    }
  }

  @Test("A12: a text that draws the screen and counts its parameters wrong is damage")
  func miscounted() {
    let text = Array("%d\0".utf8)
    #expect(areWhole(Self.description(places: [0], texts: text)), "one that is never filled in")
    #expect(!areWhole(Self.description(places: [-1, -1, -1, 0], texts: text)))
  }

  @Test("every description of this machine is whole")
  func installed() throws {
    let files = LiveFiles()
    var count = 0
    for place in ["/lib/terminfo", "/usr/share/terminfo", "/etc/terminfo"] {
      for letter in (try? files.list(place, in: nil)) ?? [] {
        for name in (try? files.list("\(place)/\(letter)", in: nil)) ?? [] {
          let path = "\(place)/\(letter)/\(name)"
          let status = try files.status(path, in: nil, following: true)
          guard status.kind == .regular else { continue }
          var bytes = [UInt8](repeating: 0, count: Int(status.size))
          let read = try bytes.withUnsafeMutableBytes { try files.read(path, in: nil, into: $0) }
          #expect(areWhole(Array(bytes[..<read])), "\(path)")
          count += 1
        }
      }
    }
    #expect(count > 0)
  }
}
