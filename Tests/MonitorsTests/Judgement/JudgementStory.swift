import TestSupport

@testable import Monitors

/// A machine with a program on it whose figures a test sets tick by tick, and what is thought of it.
struct JudgementStory {
  var monitor: JudgementMonitor
  var seconds = 1000.0
  var place = 0
  var interval = 1.0
  var isWatched = true
  var generation = 1
  private(set) var last = JudgementReading()

  init(_ settings: JudgementConfig = JudgementConfig()) { monitor = JudgementMonitor(settings) }

  /// Four processors, of which the program takes half of one, and all is well.
  static func calm(_ input: inout Readings) {
    input.sample.system.processors = 4
    input.vitals.cpu = .fresh(Ratio(0.2))
    input.vitals.memory = .fresh(Ratio(0.4))
    input.vitals.targetCPU = .fresh(Ratio(0.5))
    input.vitals.runDelay = .fresh(Ratio(0.001))
    input.memory.used = Ratio(0.3)
    input.memory.resident = .fresh(Bytes(2_400_000_000))
    input.memory.owned = .fresh(Bytes(2_000_000_000))
    input.memory.majorFaults = 0
    input.storage.writeRate = .fresh(BytesPerSecond(0))
    input.storage.readRate = .fresh(BytesPerSecond(0))
    input.thermal.throttledNow = false
    input.sample.link = .missing(.because("the target is not linked"))
  }

  @discardableResult
  mutating func tick(_ change: (inout Readings) -> Void = { _ in }) -> JudgementReading {
    seconds += interval
    place += 1
    let moment = Moment(nanoseconds: Int64(seconds * 1e9), sequence: UInt64(place))
    var sample = Sample(moment: moment, place: place)
    if isWatched {
      var root = ProcessSample(pid: 42)
      root.threads = 3
      root.state = "S"
      root.descriptors = .fresh(10)
      root.busiestThread = 0.3
      var target = TargetSample(pid: 42, root: root)
      target.generation = generation
      target.descriptorLimit = .fresh(1024)
      sample.target = .fresh(target)
    } else {
      sample.target = .missing(.gone)
    }
    var input = Readings(sample: sample, interval: interval)
    JudgementStory.calm(&input)
    change(&input)
    last = monitor.judge(input)
    return last
  }

  @discardableResult
  mutating func run(
    _ ticks: Int, _ change: (inout Readings, Int) -> Void = { _, _ in }
  ) -> JudgementReading {
    for step in 0..<ticks { tick { change(&$0, step) } }
    return last
  }
}

extension Readings {
  /// Changes the target as it was seen.
  mutating func change(_ body: (inout TargetSample) -> Void) {
    guard case .fresh(var target) = sample.target else { return }
    body(&target)
    sample.target = .fresh(target)
  }

  /// Makes the target a linked program.
  mutating func link(_ body: (inout LinkSample) -> Void) {
    var link = sample.link.value ?? LinkSample()
    body(&link)
    sample.link = .fresh(link)
  }
}

extension PressureSample {
  /// Shares of the last ten seconds, in percent.
  static func stalls(some: Double, full: Double = 0) -> PressureSample {
    PressureSample(some10: some, some60: some, full10: full, someTotal: 0)
  }
}
