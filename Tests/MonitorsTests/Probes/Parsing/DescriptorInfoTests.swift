import Testing

@testable import Monitors

@Suite("fdinfo")
struct DescriptorInfoTests {
  private func parse(_ text: String) -> DescriptorInfo? {
    Array(text.utf8).withUnsafeBytes(DescriptorInfo.parse)
  }

  @Test("position is decimal and flags are octal")
  func plain() {
    let info = parse("pos:\t1048576\nflags:\t0102001\nmnt_id:\t29\nino:\t7\n")
    #expect(info?.position == 1_048_576)
    #expect(info?.isWriting == true)
    #expect(info?.isAppending == true)
    #expect(parse("pos:\t0\nflags:\t0100000\n")?.isWriting == false)
    #expect(parse("pos:\t0\nflags:\t012000002\n")?.isWriting == false)
  }

  @Test(
    "C14: garbage is no descriptor",
    arguments: [
      "", "pos:", "pos:\t1\n", "flags:\t01\n", "pos:\tx\nflags:\t1\n", "pos:\t1\nflags:\t9\n",
    ])
  func garbage(_ text: String) { #expect(parse(text) == nil) }

  @Test("C14: random bytes crash nothing and give no negative position")
  func random() {
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<2000 {
      let noise = (0..<24).map { _ in UInt8.random(in: 0...255, using: &generator) }
      let bytes = Array("pos:\t".utf8) + noise + Array("\nflags:\t".utf8) + noise
      #expect(bytes.withUnsafeBytes(DescriptorInfo.parse)?.position ?? 0 >= 0)
    }
  }
}
