import Monitors
import Testing

@Suite("Leaks in words")
struct MemoryLeakWordsTests {
  private func leak(_ kind: MemoryLeak.Kind, _ name: Printable) -> MemoryLeak {
    var leak = MemoryLeak()
    leak.verdict = .leak
    leak.slope = BytesPerSecond(3.1e6 / 60)
    leak.since = Moment(nanoseconds: 0, wall: 1_790_000_000_000_000_000)
    leak.place = .init(name: name, kind: kind, share: Ratio(0.9))
    return leak
  }

  @Test("how fast, where and since when")
  func words() {
    #expect(leak(.heap, "[heap]").words == "leaking 3.10 MB/min in [heap] since 14:13Z")
    #expect(
      leak(.shared, "/dev/shm/frames").words
        == "leaking 3.10 MB/min in shared memory /dev/shm/frames since 14:13Z")
    var doubtful = leak(.anonymous, "[anonymous] 7f00")
    doubtful.verdict = .none
    doubtful.isSuspected = true
    #expect(doubtful.words == "may be leaking 3.10 MB/min in [anonymous] 7f00 since 14:13Z")
    #expect(MemoryLeak().words == "not enough data to tell a leak")
  }

  @Test("when memory runs out, as a range, or why that can not be said")
  func exhaustion() {
    let expected = MemoryExhaustion.Expected(
      seconds: 7800, low: 6000, high: 10_800, limit: "cgroup")
    #expect(
      MemoryExhaustion.expected(expected).words == "limit in 2 h 10 min (1 h 40 min to 3 h 0 min)")
    let far = MemoryExhaustion.Expected(seconds: 1e8, low: 1e7, high: 1e9, limit: "machine")
    #expect(far.words == "limit more than a month away")
    let open = MemoryExhaustion.Expected(seconds: 8e5, low: 7e5, high: 1e8, limit: "machine")
    #expect(open.words == "limit in 9 d 6 h (8 d 2 h to more than a month)")
    #expect(MemoryExhaustion.steady.words == "steady")
    #expect(MemoryExhaustion.unknown.words == "not enough data")
    #expect(MemoryExhaustion.unlimited.words == "no limit")
  }

  @Test("every verdict has its keys, and each null its reason")
  func document() {
    for (verdict, slope) in [(MemoryLeak.Verdict.leak, 5.0), (.none, nil), (.learning, nil)] {
      var reading = MemoryReading()
      reading.leak = leak(.heap, "[heap]")
      reading.leak.verdict = verdict
      reading.leak.slope = slope.map(BytesPerSecond.init)
      var document = Document(path: "memory")
      reading.describe(into: &document)
      let leak = document.fields.first { $0.name == "leak" }?.value
      #expect(leak?["verdict"] == .text(verdict.rawValue))
      #expect((leak?["slope_bytes_per_s"] == .null) == (slope == nil))
      let isExplained = document.unavailable.contains { $0.name == "memory.leak.slope_bytes_per_s" }
      #expect(isExplained == (slope == nil))
    }
  }
}
