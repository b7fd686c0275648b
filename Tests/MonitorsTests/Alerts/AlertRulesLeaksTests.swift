import Monitors
import Testing

@Suite("Rules about leaks") struct AlertRulesLeaksTests {
  private static func leak(_ input: inout AlertsInput, in seconds: Double? = nil) {
    input.readings.memory.leak.verdict = .leak
    input.readings.memory.leak.slope = BytesPerSecond(50_000)
    input.readings.memory.leak.place = .init(name: "[heap]", kind: .heap, share: Ratio(1))
    input.readings.memory.growth = .fresh(BytesPerSecond(500_000))
    guard let seconds else { return }
    input.readings.memory.exhaustion = .expected(
      .init(seconds: seconds, low: seconds / 2, high: seconds * 2, limit: "cgroup"))
  }

  @Test("a confirmed leak is a warning, and growth alone is not told besides")
  func confirmed() {
    var day = AlertsDay()
    day.run(150) { Self.leak(&$0) }
    #expect(day.last.active.map(\.rule) == ["memory-leak"])
    #expect(day.last.active.first?.severity == .warning)
    #expect(day.last.active.first?.message == "leaking 3.00 MB/min in [heap]")
  }

  @Test("one that is only suspected is a note")
  func suspected() {
    var day = AlertsDay()
    day.run(150) { input in
      input.readings.memory.leak.isSuspected = true
      input.readings.memory.leak.slope = BytesPerSecond(50_000)
    }
    #expect(day.last.active.map(\.rule) == ["memory-leak-suspected"])
    #expect(day.last.severity == .info)
  }

  @Test("less than an hour before the limit it is critical, less than five minutes an emergency")
  func deadlines() {
    var day = AlertsDay()
    day.run(30) { Self.leak(&$0, in: 7200) }
    #expect(day.last.active.map(\.rule) == ["memory-leak"])
    #expect(day.last.severity == .warning)
    day.run(30) { Self.leak(&$0, in: 3000) }
    #expect(day.last.active.map(\.rule) == ["memory-out-soon"])
    #expect(day.last.severity == .critical)
    #expect(day.last.active.first?.message.text.contains("limit in 50 min (25 min") == true)
    day.run(30) { Self.leak(&$0, in: 200) }
    #expect(day.last.active.map(\.rule) == ["memory-out-now"])
    #expect(day.last.severity == .emergency)
  }

  @Test("a forecast from a suspicion is no deadline")
  func doubtful() {
    var day = AlertsDay()
    day.run(60) { input in
      input.readings.memory.leak.isSuspected = true
      input.readings.memory.exhaustion = .expected(
        .init(seconds: 100, low: 50, high: 200, limit: "cgroup", isSuspected: true))
    }
    #expect(day.last.active.map(\.rule) == ["memory-leak-suspected"])
  }

  @Test("when a leak is over its alert is too, after two minutes")
  func over() {
    var day = AlertsDay()
    day.run(60) { Self.leak(&$0, in: 3000) }
    day.run(130)
    #expect(day.last.active.isEmpty)
    #expect(day.count(.resolved) >= 1)
  }

  @Test("descriptors and threads that leak warn by themselves")
  func counted() {
    var day = AlertsDay()
    day.run(10) { input in
      for path in [\MemoryReading.descriptorLeak, \.threadLeak] {
        input.readings.memory[keyPath: path].verdict = .leak
        input.readings.memory[keyPath: path].perMinute = 12
        input.readings.memory[keyPath: path].count = 300
      }
    }
    #expect(day.alarms.map(\.rule) == ["fd-leak", "thread-leak"])
    #expect(day.alarms.first?.message == "leaking descriptors: 12 more every minute, 300 now")
  }
}
