import Monitors
import Testing

@testable import perftop

@Suite("The table of settings", .serialized)
struct SettingsTableTests {
  @Test("docs/CONFIG.md has each of them")
  func document() {
    MadeDocument(name: "docs/CONFIG.md", marks: .html).expect("settings", ConfigText.table)
  }

  @Test("docs/CONFIG.md has all that rules can watch")
  func metrics() {
    MadeDocument(name: "docs/CONFIG.md", marks: .html).expect("metrics", MetricText.table)
  }
}
