import TestSupport
import Testing

@testable import Monitors

@Suite("Orders that pressure gives") struct QualitySteeringTests {
  private static func snapshot(_ second: Int, wanted: QualityLevel?, pid: Int32 = 42) -> Snapshot {
    var monitors = MonitorSet(Config())
    var sample = Sample(moment: Moment(nanoseconds: Int64(second) * 1_000_000_000))
    var root = ProcessSample(pid: pid)
    root.startTicks = 7
    sample.target = .fresh(TargetSample(pid: pid, root: root))
    var snapshot = monitors.judge(
      Observation(sample: sample, watching: .watching), health: Health())
    snapshot.quality.wanted = wanted
    return snapshot
  }

  @Test("each level is ordered once, and again where nothing comes of it")
  func once() {
    var steering = QualitySteering()
    let wishes: [QualityLevel?] =
      Array(repeating: .low, count: 8) + [.medium, nil, .medium]
    let orders = wishes.enumerated().compactMap { second, wanted in
      steering.order(for: Self.snapshot(second, wanted: wanted), isReadOnly: false)
    }
    #expect(
      orders.map(\.action.words) == ["low", "low", "medium", "medium"].map { "quality=\($0)" })
    #expect(orders.allSatisfy { $0.isAutomatic && $0.id >= Order.firstAutomatic })
    #expect(orders[0].target == ProcessKey(pid: 42, startTicks: 7))
    #expect(Set(orders.map(\.id)).count == 4)
  }

  @Test("nothing is ordered where nothing may be changed")
  func readOnly() {
    var steering = QualitySteering()
    #expect(steering.order(for: Self.snapshot(1, wanted: .low), isReadOnly: true) == nil)
  }

  @Test("two targets are steered each for itself")
  func targets() {
    var steering = QualitySteering()
    let orders = [Int32(1), 2].compactMap {
      steering.order(for: Self.snapshot(0, wanted: .low, pid: $0), isReadOnly: false)
    }
    #expect(orders.map(\.target.pid) == [1, 2])
  }
}
