import Monitors
import Testing

@testable import perftop

@Suite("The list of operations")
struct PaneContentOperationsTests {
  private func content(_ regressions: [OperationRegression]) -> PaneContent {
    var snapshot = Robot(ticks: 20).snapshot
    snapshot.operations = OperationsReading()
    snapshot.operations.absence = nil
    snapshot.operations.rows = [OperationRow(name: "collect")]
    snapshot.operations.regressions = regressions
    return PaneContent(operationsOf: snapshot)
  }

  private func regression(_ name: Printable, _ before: Double, _ after: Double)
    -> OperationRegression
  {
    let since = Moment(nanoseconds: 5, wall: 1_790_000_000_000_000_000)
    return OperationRegression(
      operation: name, aspect: .latency, since: since, told: since,
      change: .init(since: 0, told: 0, before: before, after: after, confidence: 1))
  }

  @Test("what has become slower stands above, in words and as a warning")
  func slower() {
    let content = content([regression("collect", 0.02, 0.03), regression("upload", 0.2, 0.1)])
    #expect(
      content.lines.map(\.text) == [
        "collect takes 50 % longer since 14:13:20Z: 30.0 ms, before 20.0 ms",
        "upload takes 50 % less time since 14:13:20Z: 100 ms, before 200 ms",
      ])
    #expect(content.lines.map(\.role) == [.severity(.warning), .text])
  }

  @Test("of many the worst stand above, and the rest among the details")
  func many() {
    let names = ["a", "b", "c", "d", "e"]
    let content = content(names.map { regression(Printable($0), 0.02, 0.1) })
    #expect(content.lines.count == 3)
    #expect(content.lines.first?.text.text.contains("takes 5.0 times as long") == true)
    #expect(content.detailTexts.contains { $0.hasPrefix("e takes") })
  }

  @Test("where nothing changed nothing is said of it")
  func calm() {
    #expect(content([]).lines.isEmpty)
    #expect(!content([]).detailTexts.contains("Changed too"))
  }
}
