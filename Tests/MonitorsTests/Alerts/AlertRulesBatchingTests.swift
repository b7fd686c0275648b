import Testing

@testable import Monitors

@Suite("Alerts about batches") struct AlertRulesBatchingTests {
  private static func reading(_ change: (inout BatchingReading) -> Void) -> BatchingReading {
    var reading = BatchingReading()
    reading.current = 64
    reading.recent = 100
    reading.successRate = Ratio(0.99)
    reading.successAtMost = Ratio(0.999)
    reading.memoryShare = Ratio(0.4)
    reading.memoryLimit = Bytes(8_000_000_000)
    change(&reading)
    return reading
  }

  private static func day(
    _ ticks: Int, _ change: (inout BatchingReading) -> Void
  ) -> AlertsReading {
    var day = AlertsDay()
    let batching = reading(change)
    return day.run(ticks) {
      $0.readings.batching = batching
      $0.readings.sample.link = .fresh(LinkSample())
    }
  }

  @Test("good batches are quiet")
  func quiet() {
    #expect(Self.day(1000) { _ in }.active.isEmpty)
  }

  @Test("batches that take much memory are worth a note after two minutes")
  func memory() {
    #expect(Self.day(100) { $0.memoryShare = Ratio(0.9) }.active.first?.state == .pending)
    let alert = Self.day(130) { $0.memoryShare = Ratio(0.9) }.active.first
    #expect(alert?.rule == "batch-memory-high")
    #expect(alert?.severity == .info)
    #expect(alert?.state == .firing)
    #expect(alert?.message.text == "a batch of 64 brings memory to 90 % of 8.00 GB")
  }

  @Test("success is only low when the batches prove it")
  func success() {
    let alert = Self.day(70) {
      $0.successRate = Ratio(0.8)
      $0.successAtMost = Ratio(0.86)
    }.active.first
    #expect(alert?.rule == "batch-success-low")
    #expect(alert?.severity == .warning)
    #expect(alert?.message.text == "80 % of the last 100 batches succeeded")
    let unproven = Self.day(300) {
      $0.successRate = Ratio(0.8)
      $0.successAtMost = Ratio(0.95)
    }
    #expect(unproven.active.isEmpty)
  }

  @Test("throughput that falls is worth a note")
  func pace() {
    let alert = Self.day(130) { $0.fallen = Ratio(0.31) }.active.first
    #expect(alert?.rule == "batch-throughput-falling")
    #expect(alert?.severity == .info)
    #expect(alert?.message.text == "batches get 31 % less done than before, at the same size")
  }
}
