import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("What a description says of colours")
struct TerminalTraitsTests {
  private static let indexed = "\u{1b}[%?%p1%{8}%<%t3%p1%d%e38;5;%p1%d%;m"
  private static let direct = "\u{1b}[38:2::%p1%{65536}%/%d:%p1%{255}%&%dm"

  private func offer(
    _ name: String, _ colors: Int, _ setter: String, _ variables: [String: String] = [:],
    files: FakeFiles = FakeFiles()
  ) -> Palette.Offer {
    TerminalTraits(name: name, colors: colors, setter: Array(setter.utf8)).offer(
      TerminalKind(name: name),
      description: TerminalDescription(name, host: .fake(files: files, variables: variables)),
      environment: { variables[$0] })
  }

  @Test("24 bits can be written where numbers can be told apart, or are colours themselves")
  func can() {
    #expect(offer("xterm-256color", 256, Self.indexed).canDirect)
    #expect(offer("xterm-direct", 1 << 24, Self.direct).canDirect)
    #expect(!offer("xterm", 8, "\u{1b}[3%p1%dm").canDirect)
    #expect(!offer("xterm-256color", 256, "").canDirect)
    #expect(!offer("linux-256color", 256, Self.indexed).canDirect)
    #expect(!offer("xterm-88color", 88, Self.indexed).canDirect)
    #expect(offer("xterm-direct256", 1 << 24, Self.direct).canDirect)
  }

  @Test("A12: a number of colours that no terminal has is none")
  func absurd() {
    for colors in [257, 32767, 1 << 24, Int(Int32.max)] {
      #expect(offer("xterm-256color", colors, Self.indexed) == .init(colors: 0), "\(colors)")
    }
    #expect(offer("xterm-direct", 1 << 24, Self.indexed).colors == 0)
    #expect(offer("xterm-256color", -1, "").colors == -1)
  }

  @Test("they are promised by the description, its name or the environment")
  func promise() {
    #expect(offer("xterm-direct", 1 << 24, Self.direct).promisesDirect)
    #expect(!offer("xterm-256color", 256, Self.indexed).promisesDirect)
    let truecolor = ["COLORTERM": "truecolor"]
    #expect(offer("xterm-256color", 256, Self.indexed, truecolor).promisesDirect)
    let files = FakeFiles([
      "/usr/share/terminfo/x/xterm-256color": "\0Tc\0",
      "/usr/share/terminfo/s/screen-256color": "\0Tc\0",
    ])
    #expect(offer("xterm-256color", 256, Self.indexed, files: files).promisesDirect)
    #expect(!offer("screen-256color", 256, Self.indexed, files: files).promisesDirect)
  }

  @Test("padding is left out, and what only looks like it is not")
  func padding() {
    func bare(_ text: String) -> String {
      String(decoding: TerminalTraits.unpadded(Array(text.utf8)), as: UTF8.self)
    }
    #expect(bare("\u{1b}[m$<2>x$<50/>") == "\u{1b}[mx")
    #expect(bare("a$b<c>") == "a$b<c>")
    #expect(bare("a$<") == "a")
  }
}
