import Testing

@testable import Monitors

@Suite("Boxed values")
struct BoxedTests {
  private struct Page: Equatable {
    @Boxed var table: [Int]
    var title = ""
  }

  @Test("a copy that is changed leaves the original as it was")
  func copies() {
    let page = Page(table: [3, 1, 2])
    var copy = page
    #expect(copy == page)
    copy.table.sort()
    #expect(copy.table == [1, 2, 3])
    #expect(page.table == [3, 1, 2])
    #expect(copy != page)
  }

  @Test("equal is what holds equal values, in whatever box")
  func equality() {
    #expect(Page(table: [1]) == Page(table: [1]))
    #expect(Page(table: [1]) != Page(table: [2]))
  }

  @Test("however large the value is, its place among other parts is small")
  func size() {
    #expect(MemoryLayout<Boxed<Sample>>.size == MemoryLayout<UnsafeRawPointer>.size)
    #expect(MemoryLayout<Snapshot>.size < 512)
  }
}
