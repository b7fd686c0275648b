import Testing

@testable import Monitors

@Suite("The memory object of a snapshot")
struct MemoryReadingDocumentTests {
  @Test("every promised key is there, and every null has its reason")
  func keys() {
    var document = Document(path: "memory")
    MemoryReading().describe(into: &document)
    let names = document.fields.map(\.name)
    for key in [
      "rss_bytes", "pss_bytes", "swap_bytes", "limit_bytes", "growth_bytes_per_s", "leak",
      "exhaustion", "growing", "heap", "status",
    ] { #expect(names.contains(key), "\(key)") }
    #expect(Set(names).count == names.count)
    let reasons = document.unavailable.map(\.name)
    for field in document.fields where field.value == .null {
      #expect(reasons.contains("memory.\(field.name)"))
    }
    for (object, inner) in [
      ("leak", ["slope_bytes_per_s", "confidence", "since", "mapping"]),
      ("exhaustion", ["in_s", "low_s", "high_s"]),
      ("heap", ["used_bytes", "objects", "collections"]),
    ] {
      for name in inner { #expect(reasons.contains("memory.\(object).\(name)")) }
    }
  }

  @Test("what grows is listed by mapping")
  func growing() {
    var reading = MemoryReading()
    reading.mappingsRead = .fresh(Moment(nanoseconds: 1))
    reading.isMappingGrowthKnown = true
    reading.growing = [
      MappingGrowth(
        name: "[heap]", owned: Bytes(5), resident: Bytes(5), growth: BytesPerSecond(2e6))
    ]
    var document = Document(path: "memory")
    reading.describe(into: &document)
    let growing = document.fields.first { $0.name == "growing" }?.value
    guard case .list(let entries)? = growing, let first = entries.first else {
      Issue.record("growing is no list")
      return
    }
    #expect(first["mapping"] == .text("[heap]"))
    #expect(first["growth_bytes_per_s"] == .number(2e6))
  }
}
