import TestSupport
import Testing

@testable import Monitors

@Suite("Orders that pressure gives") struct QualitySteeringTests {
  private final class Post {
    var orders: [Order] = []
  }

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
    let post = Post()
    var steering = QualitySteering()
    steering.send = { post.orders.append($0) }
    for second in 0..<8 {
      steering.steer(Self.snapshot(second, wanted: .low), isReadOnly: false)
    }
    #expect(post.orders.count == 2)
    steering.steer(Self.snapshot(8, wanted: .medium), isReadOnly: false)
    steering.steer(Self.snapshot(9, wanted: nil), isReadOnly: false)
    steering.steer(Self.snapshot(10, wanted: .medium), isReadOnly: false)
    #expect(post.orders.count == 4)
    #expect(post.orders[0].action == .quality(.level("low")))
    #expect(post.orders[0].isAutomatic)
    #expect(post.orders[0].target == ProcessKey(pid: 42, startTicks: 7))
    #expect(Set(post.orders.map(\.id)).count == 4)
    #expect(post.orders.allSatisfy { $0.id >= 1 << 63 })
  }

  @Test("nothing is ordered where nothing may be changed, or nobody takes orders")
  func readOnly() {
    let post = Post()
    var steering = QualitySteering()
    steering.steer(Self.snapshot(0, wanted: .low), isReadOnly: false)
    steering.send = { post.orders.append($0) }
    steering.steer(Self.snapshot(1, wanted: .low), isReadOnly: true)
    #expect(post.orders.isEmpty)
  }

  @Test("two targets are steered each for itself")
  func targets() {
    let post = Post()
    var steering = QualitySteering()
    steering.send = { post.orders.append($0) }
    steering.steer(Self.snapshot(0, wanted: .low, pid: 1), isReadOnly: false)
    steering.steer(Self.snapshot(0, wanted: .low, pid: 2), isReadOnly: false)
    #expect(post.orders.map(\.target.pid) == [1, 2])
  }
}
