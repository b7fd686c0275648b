import Monitors
import Testing

@testable import perftop

@Suite("The table of what rules can watch", .serialized)
struct MetricTableTests {
  @Test("docs/CONFIG.md has each metric")
  func document() {
    MadeDocument(name: "docs/CONFIG.md", marks: .html).expect("metrics", MetricText.table)
  }
}
