import Testing

@testable import perftop

@Suite("Key decoder")
struct KeyDecoderTests {
  private func keys(_ text: String) -> [Key] {
    var decoder = KeyDecoder()
    return decoder.feed(text.utf8)
  }

  @Test(
    "cursor and function keys in every dialect",
    arguments: [
      ("\u{1b}[A", Key.up), ("\u{1b}OB", .down), ("\u{1b}[1;5C", .right), ("\u{1b}OD", .left),
      ("\u{1b}[H", .home), ("\u{1b}[1~", .home), ("\u{1b}[7~", .home), ("\u{1b}[F", .end),
      ("\u{1b}[4~", .end), ("\u{1b}[5~", .pageUp), ("\u{1b}[6;2~", .pageDown),
      ("\u{1b}[Z", .backTab), ("\u{1b}OP", .function(1)), ("\u{1b}[11~", .function(1)),
      ("\u{1b}[[A", .function(1)), ("\u{1b}[17~", .function(6)), ("\u{1b}[24~", .function(12)),
      ("\t", .tab), ("\r", .enter), ("\n", .enter), ("\u{1b}OM", .enter), ("\u{7f}", .backspace),
      ("\u{8}", .backspace), ("\u{3}", .control("c")), ("\u{1a}", .control("z")),
      ("q", .character("q")), (" ", .character(" ")), ("é", .character("é")),
      ("漢", .character("漢")), ("😀", .character("😀")),
    ])
  func single(_ text: String, _ key: Key) {
    #expect(keys(text) == [key])
  }

  @Test("keys that come together are taken apart")
  func several() {
    #expect(
      keys("jk\u{1b}[Aq\u{1b}OB") == [
        .character("j"), .character("k"), .up, .character("q"), .down,
      ])
  }

  @Test("a sequence that comes byte by byte is one key")
  func split() {
    var decoder = KeyDecoder()
    var found: [Key] = []
    for byte in "\u{1b}[<0;12;3Mé\u{1b}[15~".utf8 { found += decoder.feed([byte]) }
    #expect(
      found == [
        .mouse(Key.Mouse(kind: .press, x: 11, y: 2)), .character("é"), .function(5),
      ])
    #expect(!decoder.isWaiting)
  }

  @Test("an escape alone waits, and is the key after silence")
  func escape() {
    var decoder = KeyDecoder()
    #expect(decoder.feed([0x1b]) == [])
    #expect(decoder.isWaiting)
    #expect(decoder.timeOut() == [.escape])
    #expect(!decoder.isWaiting)
    #expect(keys("\u{1b}q") == [.escape, .character("q")])
    #expect(keys("\u{1b}\u{1b}[A") == [.escape, .up])
  }

  @Test("an unfinished sequence is dropped after silence")
  func unfinished() {
    var decoder = KeyDecoder()
    #expect(decoder.feed("\u{1b}[1;".utf8) == [])
    #expect(decoder.timeOut() == [])
    #expect(decoder.feed("A".utf8) == [.character("A")])
  }

  @Test("the mouse presses and scrolls in both encodings; letting go and moving are nothing")
  func mouse() {
    let at = { (kind: Key.Mouse.Kind, x: Int, y: Int) in Key.mouse(.init(kind: kind, x: x, y: y)) }
    #expect(keys("\u{1b}[<0;300;40M") == [at(.press, 299, 39)])
    #expect(keys("\u{1b}[<0;300;40m") == [])
    #expect(keys("\u{1b}[<64;1;1M\u{1b}[<65;1;1M") == [at(.scrollUp, 0, 0), at(.scrollDown, 0, 0)])
    #expect(keys("\u{1b}[<32;5;5M\u{1b}[<2;5;5M\u{1b}[<0;0;0M") == [])
    #expect(keys("\u{1b}[M !!") == [at(.press, 0, 0)])
    #expect(keys("\u{1b}[M`%'") == [at(.scrollUp, 4, 6)])
    #expect(keys("\u{1b}[<99999999999999999999;1;1M") == [])
  }

  @Test("pasted text is one event, whatever is in it")
  func paste() {
    #expect(
      keys("\u{1b}[200~qK\u{1b}[A\r\u{1b}[201~j") == [.pasted("qK\u{1b}[A\r"), .character("j")])
  }

  @Test("replies of the terminal are no keys")
  func replies() {
    #expect(
      keys("\u{1b}[?62;22c\u{1b}[24;80R\u{1b}]11;rgb:0/0/0\u{7}\u{1b}P1$r0m\u{1b}\\q") == [
        .character("q")
      ])
  }

  @Test(
    "no bytes whatever stop the decoder, make it grow without end, or give a control character as text"
  )
  func garbage() {
    var decoder = KeyDecoder()
    var seed: UInt64 = 42
    for _ in 0..<2000 {
      let bytes = (0..<64).map { _ -> UInt8 in
        seed = seed &* 6_364_136_223_846_793_005 &+ 1
        let byte = UInt8(truncatingIfNeeded: seed >> 33)
        return byte % 5 == 0 ? 0x1b : byte % 7 == 0 ? 0x5b : byte
      }
      for case .character(let character) in decoder.feed(bytes) {
        #expect(character.unicodeScalars.allSatisfy { $0.properties.generalCategory != .control })
      }
    }
    _ = decoder.timeOut()
    #expect(decoder.feed("q".utf8) == [.character("q")])
  }

  @Test("a paste may come in pieces and be longer than is kept; none of it becomes keys")
  func longPaste() {
    var decoder = KeyDecoder()
    _ = decoder.feed("\u{1b}[200~".utf8)
    for _ in 0..<70 {
      #expect(decoder.feed(repeatElement(UInt8(ascii: "K"), count: 1024)).isEmpty)
      #expect(!decoder.isWaiting)
    }
    let keys = decoder.feed("\u{1b}[201~q".utf8)
    #expect(keys.count == 2)
    #expect(keys.last == .character("q"))
  }

  @Test("ctrl-c gets out of a paste whose end was lost")
  func endlessPaste() {
    var decoder = KeyDecoder()
    _ = decoder.feed("\u{1b}[200~KKK".utf8)
    #expect(decoder.feed("q".utf8).isEmpty)
    #expect(decoder.feed([3]) == [.control("c")])
    #expect(decoder.feed("q".utf8) == [.character("q")])
  }
}
