import Testing

@testable import Monitors

@Suite("The course of what an alert is about")
struct AlertTraceTests {
  private func moment(_ second: Int) -> Moment {
    Moment(nanoseconds: Int64(second) * 1_000_000_000)
  }

  private func trace(_ values: [Double]) -> AlertTrace {
    var trace = AlertTrace()
    for (second, value) in values.enumerated() {
      trace.append(value, at: moment(second)) { $0 > $1 }
    }
    return trace
  }

  @Test("few values are kept as they are")
  func few() {
    #expect(trace([1, 5, 2]).values == [1, 5, 2])
    #expect(AlertTrace().values.isEmpty)
    #expect(trace([1, .nan, 2]).values == [1, 2])
  }

  @Test("of many the worst of each stretch is left, from the beginning until now")
  func many() {
    var values = (0..<1000).map { Double($0) / 1000 }
    values[500] = 9
    let trace = trace(values)
    #expect((30...60).contains(trace.values.count))
    #expect(trace.values.max() == 9)
    #expect(trace.began == moment(0))
    #expect(trace.last == moment(999))
  }

  @Test("a moment has its place in it, and one outside has none")
  func places() {
    let trace = trace((0..<1000).map { Double($0) })
    #expect(trace.place(of: moment(0)) == 0)
    let middle = trace.place(of: moment(500)) ?? 0
    #expect(abs(middle - trace.values.count / 2) <= 1)
    #expect(trace.place(of: moment(999)) == trace.values.count - 1)
    #expect(trace.place(of: moment(1000)) == nil)
    #expect(AlertTrace().place(of: moment(0)) == nil)
  }

  @Test("an alert has the course of its value since it was pending, and the next one begins anew")
  func ofAlert() throws {
    var day = AlertsDay()
    day.run(5)
    for step in 0..<70 {
      day.tick { $0.readings.vitals.cpu = .fresh(Ratio(0.85 + Double(step) / 1000)) }
    }
    let alert = try #require(day.alert("cpu-high"))
    #expect(alert.trace.began == alert.since)
    #expect(alert.trace.values.first ?? 0 < 86.5)
    #expect(alert.trace.values.last ?? 0 > 91)
    #expect(alert.firedAt.flatMap { alert.trace.place(of: $0) } ?? 0 > alert.trace.values.count / 2)
    day.run(900)
    day.tick { $0.readings.vitals.cpu = .fresh(Ratio(0.9)) }
    #expect(try #require(day.alert("cpu-high")).trace.values == [90])
  }
}
