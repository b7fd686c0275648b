import Glibc
import Monitors
import Testing

@testable import perftop

@Suite("The manual of settings", .serialized)
struct ManualTests {
  private static let path = Readme.root + "/docs/CONFIG.md"

  @Test("its table is the list of settings; `make golden` writes it anew")
  func table() {
    var text = GoldenText.read(Self.path) ?? ""
    guard let part = Readme.part("settings", of: text) else {
      Issue.record("no <!-- settings --> in \(Self.path)")
      return
    }
    let wanted = ConfigText.table.map { "\($0)\n" }.joined()
    guard getenv("RECORD_GOLDENS") != nil else {
      #expect(text[part] == wanted)
      return
    }
    text.replaceSubrange(part, with: wanted)
    GoldenText.write(text, to: Self.path)
    Issue.record("recorded the settings")
  }
}
