import Monitors
import Testing

@Suite("Bounded histories and rates")
struct HistoryTests {
  @Test("a ring keeps the newest, oldest first")
  func ring() {
    var ring = Ring<Int>(capacity: 3)
    for value in 1...5 { ring.append(value) }
    #expect(Array(ring) == [3, 4, 5])
    ring.removeAll()
    #expect(ring.isEmpty)
  }

  @Test("a series keeps absolute places, and tells a gap from a zero")
  func series() {
    var series = Series(capacity: 3)
    for value in [1.0, nil, 0.0, 7.0] { series.append(value) }
    #expect(series.total == 4)
    #expect(series[0] == nil, "forgotten")
    #expect(series[1] == nil, "a gap")
    #expect(series[2] == 0)
    #expect(series.last == 7)
    #expect(series[4] == nil, "the future")
  }

  private func at(_ seconds: Double) -> Moment { Moment(nanoseconds: Int64(seconds * 1e9)) }

  @Test("a rate needs two readings")
  func rate() {
    var rate = CounterRate()
    #expect(rate.update(100, at: at(1)) == nil)
    #expect(rate.update(300, at: at(2)) == 200)
  }

  @Test("C11: a counter that goes backwards, wraps or vanishes gives no rate, and then goes on")
  func backwards() {
    var rate = CounterRate()
    _ = rate.update(.max, at: at(1))
    #expect(rate.update(5, at: at(2)) == nil)
    #expect(rate.update(15, at: at(3)) == 10)
    #expect(rate.update(nil, at: at(4)) == nil)
    #expect(rate.update(1000, at: at(5)) == nil)
  }

  @Test("C12: no time between two readings gives no rate")
  func frozenClock() {
    var rate = CounterRate()
    _ = rate.update(1, at: at(1))
    #expect(rate.update(9, at: at(1)) == nil)
  }

  @Test("C16: a gap as long as a suspend gives no rate")
  func gap() {
    var rate = CounterRate(longestGap: 30)
    _ = rate.update(1, at: at(1))
    #expect(rate.update(9, at: at(40)) == nil)
    #expect(rate.update(19, at: at(41)) == 10)
  }

  @Test("a document says why a value is not there")
  func document() {
    var document = Document(path: "memory")
    document.set("pss_bytes", Measured<Bytes>.missing(.notPermitted(needs: "CAP_SYS_PTRACE"))) {
      .bytes($0)
    }
    document.nest("heap") { $0.set("used_bytes", missing: .notYet) }
    #expect(document.fields.first?.value == .null)
    #expect(document.unavailable.map(\.name) == ["memory.pss_bytes", "memory.heap.used_bytes"])
    #expect(document.unavailable.first?.value == .text("permission denied: needs CAP_SYS_PTRACE"))
  }

  @Test("severities are ordered by urgency, and a stale reading is no alarm")
  func severities() {
    #expect(Severity.allCases.max() == .emergency)
    #expect(Severity.stale < .info && .ok < .stale)
  }
}
