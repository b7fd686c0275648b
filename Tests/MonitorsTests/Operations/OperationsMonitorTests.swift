import Monitors
import TestSupport
import Testing

@Suite("The last minute of each operation")
struct OperationsMonitorTests {
  private let time = FakeTime()

  private func sample(_ operations: [OperationSample]) -> Sample {
    var sample = Sample(moment: time.now())
    var link = LinkSample()
    link.operations = operations
    sample.link = .fresh(link)
    return sample
  }

  private func operation(_ count: UInt64, taking milliseconds: UInt64, new: UInt64)
    -> OperationSample
  {
    var operation = OperationSample(name: "a")
    operation.count = count
    operation.items = Double(count) * 10
    operation.seconds = Double(count * milliseconds) / 1000
    for _ in 0..<new { operation.latencies.add(nanoseconds: milliseconds * 1_000_000) }
    return operation
  }

  @Test("rates begin with the first answer, times with what it tells")
  func first() throws {
    var monitor = OperationsMonitor()
    var row = try #require(
      monitor.judge(sample([operation(1000, taking: 2, new: 1000)])).rows.first)
    #expect(row.perSecond == nil)
    #expect(row.mean == 0.002)
    #expect(row.median.map { abs($0 - 0.002) < 0.00025 } == true)
    time.advance(by: 1)
    row = try #require(monitor.judge(sample([operation(1005, taking: 2, new: 5)])).rows.first)
    #expect(row.perSecond == 5)
    #expect(row.itemsPerSecond == 50)
  }

  @Test("what is older than a minute is forgotten")
  func slides() throws {
    var monitor = OperationsMonitor()
    _ = monitor.judge(sample([operation(100, taking: 800, new: 100)]))
    var row = OperationRow(name: "")
    for second in 1...75 {
      time.advance(by: 1)
      let count = 100 + UInt64(second)
      var now = operation(count, taking: 1, new: 1)
      now.seconds = 80 + Double(second) / 1000
      row = try #require(monitor.judge(sample([now])).rows.first)
    }
    #expect(row.p99.map { $0 < 0.002 } == true)
    #expect(row.mean.map { abs($0 - 0.001) < 1e-6 } == true)
    #expect(row.perSecond == 1)
  }

  @Test("an operation that does not come any more has a rate of 0, and no time")
  func idle() throws {
    var monitor = OperationsMonitor()
    var row = OperationRow(name: "")
    for _ in 0..<80 {
      row = try #require(monitor.judge(sample([operation(5, taking: 1, new: 0)])).rows.first)
      time.advance(by: 1)
    }
    #expect(row.perSecond == 0)
    #expect(row.mean == nil)
    #expect(row.median == nil)
    #expect(row.count == 5)
  }

  @Test("sums that fell are another program's, and give no rate below 0")
  func restart() throws {
    var monitor = OperationsMonitor()
    _ = monitor.judge(sample([operation(500, taking: 1, new: 0)]))
    time.advance(by: 1)
    let row = try #require(monitor.judge(sample([operation(3, taking: 1, new: 3)])).rows.first)
    #expect(row.perSecond == nil)
    #expect(row.count == 3)
  }

  @Test("failures and memory are of the last minute")
  func failures() throws {
    var monitor = OperationsMonitor()
    var now = operation(100, taking: 1, new: 0)
    _ = monitor.judge(sample([now]))
    time.advance(by: 61)
    _ = monitor.judge(sample([now]))
    time.advance(by: 1)
    now.count = 104
    now.errors = 1
    now.memoryDelta = 3000
    now.memorySamples = 2
    let row = try #require(monitor.judge(sample([now])).rows.first)
    #expect(row.failures?.value == 0.25)
    #expect(row.memoryDelta == 1500)
  }

  @Test("what is not linked has a reason in the document, and what is has its rows")
  func document() throws {
    var monitor = OperationsMonitor()
    var document = Document(path: "")
    monitor.judge(Sample(moment: time.now())).describe(into: &document)
    #expect(document.fields == [.init("operations", .null)])
    #expect(document.unavailable == [.init("operations", .text("the target is not linked"))])
    document = Document(path: "")
    monitor.judge(sample([operation(4, taking: 2, new: 4)])).describe(into: &document)
    let row = try #require(document.fields.first?.value.elements?.first)
    #expect(row["count"] == .integer(4))
    #expect(row["memory_delta_bytes"] == .null)
    #expect(
      [
        "name", "type", "count", "active", "errors", "items_per_s", "mean_s", "p50_s", "p95_s",
        "p99_s", "memory_delta_bytes",
      ].allSatisfy { row[$0] != nil })
  }
}
