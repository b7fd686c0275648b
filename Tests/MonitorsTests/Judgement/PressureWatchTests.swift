import Testing

@testable import Monitors

@Suite("How hard machine and target are pressed")
struct PressureWatchTests {
  private func settled(
    _ story: inout JudgementStory, _ change: (inout Readings) -> Void
  ) -> JudgementReading {
    story.run(40) { input, _ in change(&input) }
  }

  @Test("the kernel's stalls decide where it counts them")
  func stalls() {
    let steps: [(some: Double, full: Double, level: PressureLevel)] = [
      (0.0, 0.0, .none), (2, 0, .low), (7, 1, .moderate), (20, 5, .high), (50, 20, .critical),
      (10, 35, .critical),
    ]
    for step in steps {
      var story = JudgementStory()
      let reading = settled(&story) { input in
        input.vitals.cpu = .fresh(Ratio(1))
        input.sample.system.cpuPressure = .fresh(.stalls(some: 0))
        input.sample.system.memoryPressure = .fresh(.stalls(some: step.some, full: step.full))
        input.sample.system.ioPressure = .fresh(.stalls(some: 0))
      }
      #expect(reading.machine?.level == step.level, "\(step)")
    }
  }

  @Test("without them it is processors and memory that tell")
  func without() {
    var story = JudgementStory()
    #expect(settled(&story) { _ in }.machine?.level == PressureLevel.none)
    let busy = settled(&story) { $0.vitals.cpu = .fresh(Ratio(0.99)) }
    #expect(busy.machine == Pressure(.high, cause: "processors"))
    let full = settled(&story) { $0.vitals.memory = .fresh(Ratio(0.985)) }
    #expect(full.machine == Pressure(.critical, cause: "memory"))
  }

  @Test("a single writer that waits for its disk is no trouble of the machine's")
  func writer() {
    var story = JudgementStory()
    let reading = settled(&story) {
      $0.sample.system.ioPressure = .fresh(.stalls(some: 100, full: 100))
    }
    #expect(reading.machine?.level == .moderate)
  }

  @Test("the target's own group is asked before its memory is counted")
  func group() {
    var story = JudgementStory()
    let reading = settled(&story) { input in
      input.memory.used = Ratio(0.5)
      input.change { target in
        var group = CgroupSample()
        group.memoryPressure = .fresh(.stalls(some: 45, full: 12))
        target.cgroup = .fresh(group)
      }
    }
    #expect(reading.target == Pressure(.critical, cause: "memory stalls"))
  }

  @Test("a target that waits for a processor is pressed though it takes little")
  func waits() {
    var story = JudgementStory()
    let reading = settled(&story) { input in
      input.vitals.targetCPU = .fresh(Ratio(0.4))
      input.vitals.runDelay = .fresh(Ratio(0.6))
    }
    #expect(reading.target == Pressure(.high, cause: "waiting for processors"))
  }

  @Test("a moment's peak is not told, and a level is not taken back at once")
  func flapping() {
    var story = JudgementStory()
    story.run(20)
    story.run(3) { input, _ in input.vitals.cpu = .fresh(Ratio(0.99)) }
    #expect(story.last.machine?.level == PressureLevel.none)
    story.run(10) { input, _ in input.vitals.cpu = .fresh(Ratio(0.99)) }
    #expect(story.last.machine?.level == .high)
    story.run(10)
    #expect(story.last.machine?.level == .high)
    story.run(15)
    #expect(story.last.machine?.level == PressureLevel.none)
  }

  @Test("a value that jumps to and fro at the edge changes the level at most once")
  func edge() {
    var story = JudgementStory()
    var levels: [PressureLevel] = []
    for step in 0..<600 {
      let reading = story.tick { $0.vitals.cpu = .fresh(Ratio(step % 4 < 2 ? 0.93 : 0.87)) }
      if let level = reading.machine?.level, level != levels.last { levels.append(level) }
    }
    #expect(levels.count <= 2, "\(levels)")
  }

  @Test("what can't be read is no calm: nothing is said")
  func unknown() {
    var story = JudgementStory()
    let reading = settled(&story) { input in
      input.vitals = Vitals()
      input.memory = MemoryReading()
      input.storage = StorageReading()
    }
    #expect(reading.machine == nil && reading.target == nil)
  }
}
