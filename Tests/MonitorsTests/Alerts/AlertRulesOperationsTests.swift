import Testing

@testable import Monitors

@Suite("Alerts about operations and heaps") struct AlertRulesOperationsTests {
  private static func row(_ name: Printable, _ change: (inout OperationRow) -> Void = { _ in })
    -> OperationRow
  {
    var row = OperationRow(name: name)
    row.perSecond = 10
    row.p95 = 0.2
    row.failures = Ratio(0)
    change(&row)
    return row
  }

  private static func day(_ ticks: Int, _ rows: [OperationRow]) -> AlertsReading {
    var day = AlertsDay()
    return day.run(ticks) { $0.readings.operations.rows = rows }
  }

  @Test("operations that work are quiet")
  func quiet() { #expect(Self.day(1000, [Self.row("a"), Self.row("b")]).active.isEmpty) }

  @Test("one that hangs is told at once, with how long it has been under way")
  func hanging() {
    let alert = Self.day(2, [Self.row("a"), Self.row("download") { $0.oldest = 41 }]).active.first
    #expect(alert?.rule == "operation-slow" && alert?.state == .firing)
    #expect(alert?.message.text == "download has been under way for 41 s")
  }

  @Test("one that always takes long says by how much")
  func slow() {
    let alert = Self.day(2, [Self.row("train") { $0.p95 = 75 }]).active.first
    #expect(alert?.message.text == "train takes 1 min 15 s (p95)")
  }

  @Test("failures count once there are enough operations to prove them")
  func failing() {
    let alert = Self.day(70, [Self.row("upload") { $0.failures = Ratio(0.2) }]).active.first
    #expect(alert?.rule == "operation-failures" && alert?.severity == .warning)
    #expect(alert?.message.text == "20 % of upload fail")
    let few = Self.row("upload") {
      $0.failures = Ratio(0.5)
      $0.perSecond = 0.1
    }
    #expect(Self.day(300, [few]).active.isEmpty)
  }

  private static func change(_ day: AlertsDay, _ before: Double, _ after: Double)
    -> OperationRegression
  {
    var watch = ShiftWatch()
    for second in 0..<400 {
      watch.update(second < 300 ? before : after, at: day.now.seconds - 400 + Double(second))
    }
    let standing = watch.standing
    return OperationRegression(
      operation: "upload", aspect: .latency, since: day.now.earlier(at: standing?.since ?? 0),
      told: day.now.earlier(at: standing?.told ?? 0),
      change: standing
        ?? .init(since: 0, told: 0, before: before, after: after, confidence: 1))
  }

  @Test("an operation that has become slower is told at once, and is over when it is fast again")
  func regression() {
    var day = AlertsDay()
    let slow = Self.change(day, 0.02, 0.03)
    day.run(3) { $0.readings.operations.regressions = [slow] }
    let alert = day.alert("operation-regression")
    #expect(alert?.severity == .warning && alert?.state == .firing)
    #expect(alert?.message.text.hasPrefix("upload takes 50 % longer since ") == true)
    day.run(62)
    #expect(day.alert("operation-regression") == nil)
  }

  @Test(
    "one that has become faster, or hardly slower, alarms nobody; after an hour it is how it is")
  func noRegression() {
    var day = AlertsDay()
    let (faster, hardly) = (Self.change(day, 0.03, 0.02), Self.change(day, 0.03, 0.032))
    day.run(100) { $0.readings.operations.regressions = [hardly, faster] }
    #expect(day.alert("operation-regression") == nil)
    let slow = Self.change(day, 0.02, 0.03)
    day.run(3700) { $0.readings.operations.regressions = [slow] }
    #expect(day.alert("operation-regression") == nil)
  }

  @Test("writing that has become slower is told with its format and size")
  func slowDown() {
    var day = AlertsDay()
    let change = ShiftWatch.Standing(
      since: day.now.seconds - 60, told: day.now.seconds, before: 100e6, after: 40e6, confidence: 1)
    let slow = StorageSlowDown(
      format: "parquet", least: Bytes(1 << 20), since: day.now, told: day.now, change: change)
    day.run(3) { $0.readings.storage.slowDowns = [slow] }
    let alert = day.alert("storage-slow-down")
    #expect(alert?.severity == .warning && alert?.state == .firing)
    #expect(
      alert?.message.text.hasPrefix("parquet writes of 1.05 MB to 2.10 MB are 60 % slower since ")
        == true)
  }

  @Test("a heap beyond the threshold is worth a note that names the key")
  func heap() {
    var day = AlertsDay()
    let alert = day.run(130) { input in
      var heap = HeapSample()
      heap.used = .fresh(Bytes(1_200_000_000))
      input.readings.memory.heap = .fresh(heap)
    }.active.first
    #expect(alert?.rule == "heap-large" && alert?.severity == .info)
    #expect(alert?.message.text == "the heap holds 1.20 GB: collecting may give some of it back")
    #expect(alert?.actions.first == "C collects garbage")
  }
}
