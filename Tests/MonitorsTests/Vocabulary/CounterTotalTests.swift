import Monitors
import Testing

@Suite("Counters of a changing set of processes")
struct CounterTotalTests {
  private func entry(
    _ pid: Int32, _ written: UInt64?, parent: Int32 = 1, start: UInt64 = 5, newborn: Bool = false
  ) -> CounterTotal.Entry {
    let counters = written.map { bytes in
      var counters = IOCounters()
      counters.writtenBytes = bytes
      return counters
    }
    return CounterTotal.Entry(
      pid: pid, parent: parent, startTicks: start, counters: counters, isNewborn: newborn)
  }

  @Test("the first reading has nothing to compare with")
  func first() {
    var total = CounterTotal()
    #expect(total.update([entry(1, 100)]) == nil)
    #expect(total.update([entry(1, 150)])?.writtenBytes == 50)
  }

  @Test("a child that is found adds no jump, one that was born counts from zero")
  func births() {
    var total = CounterTotal()
    _ = total.update([entry(1, 100)])
    #expect(total.update([entry(1, 100), entry(2, 9000)])?.writtenBytes == 0)
    #expect(
      total.update([entry(1, 100), entry(2, 9010), entry(3, 70, newborn: true)])?.writtenBytes
        == 80)
  }

  @Test("when a child is waited for its counters do not count twice in its parent")
  func deaths() {
    var total = CounterTotal()
    _ = total.update([entry(1, 100), entry(2, 52_000)])
    #expect(total.update([entry(1, 52_600)])?.writtenBytes == 500)
    #expect(total.update([entry(1, 52_700)])?.writtenBytes == 100)
  }

  @Test("a child that is waited for a little later is not counted twice either")
  func lateWait() {
    var total = CounterTotal()
    _ = total.update([entry(1, 100), entry(2, 52_000)])
    #expect(total.update([entry(1, 110)])?.writtenBytes == 10)
    #expect(total.update([entry(1, 52_120)])?.writtenBytes == 10)
  }

  @Test("a process with the number of another starts anew")
  func reused() {
    var total = CounterTotal()
    _ = total.update([entry(1, 100), entry(2, 500)])
    #expect(total.update([entry(1, 100), entry(2, 900, start: 77)])?.writtenBytes == 0)
  }

  @Test("C11: counters that go back, wrap or vanish give no growth")
  func backwards() {
    var total = CounterTotal()
    _ = total.update([entry(1, .max)])
    #expect(total.update([entry(1, 5)])?.writtenBytes == 0)
    #expect(total.update([entry(1, nil)]) == nil)
    #expect(total.update([entry(1, 9)]) == nil)
    #expect(total.update([]) == nil)
  }
}
