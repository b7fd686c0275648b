import TestSupport
import Testing

@testable import Monitors

@Suite("Alerts whose source can't be read any more") struct AlertsMissingTests {
  typealias Change = (inout AlertsInput) -> Void

  private static func disks(_ samples: [FilesystemSample]) -> Change {
    { $0.readings.storage.filesystems = samples }
  }

  private static let home = FilesystemSample(
    mount: "/home", kind: "ext4",
    space: .fresh(
      SpaceSample(
        total: Bytes(500_000_000_000), available: Bytes(400_000_000_000), inodes: 1000,
        inodesFree: 900)))

  private static func old(_ sample: FilesystemSample) -> FilesystemSample {
    var sample = sample
    if let value = sample.space.value {
      sample.space = .stale(value, since: Moment(nanoseconds: 1))
    }
    return sample
  }

  /// It fires, nobody can say how it is for ten minutes, and then all is well.
  private func expectStays(
    _ rule: String, _ bad: Change, hidden: Change, well: Change = { _ in },
    _ place: SourceLocation = #_sourceLocation
  ) {
    var day = AlertsDay()
    day.run(130, bad)
    #expect(day.alert(rule)?.state == .firing, sourceLocation: place)
    let message = day.alert(rule)?.message
    day.run(600, hidden)
    #expect(day.alert(rule)?.state == .firing, sourceLocation: place)
    #expect(day.alert(rule)?.clearingSince == nil, sourceLocation: place)
    #expect(day.alert(rule)?.message == message, sourceLocation: place)
    #expect(day.count(.resolved, rule) == 0, sourceLocation: place)
    #expect(!day.transitions.contains { $0.alert.category == .system }, sourceLocation: place)
    day.run(310, well)
    #expect(day.alert(rule) == nil, sourceLocation: place)
  }

  @Test(
    "a full disk whose server hangs is still full, alone or beside one that is well",
    arguments: [false, true])
  func disk(_ isAlone: Bool) {
    let others = isAlone ? [] : [Self.home]
    let full = AlertRulesTests.filesystem(0.1, of: 500)
    expectStays(
      "disk-full", Self.disks([full] + others), hidden: Self.disks([Self.old(full)] + others),
      well: Self.disks([Self.home]))
    var silent = full
    silent.space = .missing(.silent(seconds: 9))
    let low = AlertRulesTests.filesystem(3, of: 500)
    expectStays(
      "disk-low", Self.disks([low] + others), hidden: Self.disks([silent] + others),
      well: Self.disks([Self.home]))
    let few = AlertRulesTests.filesystem(400, of: 500, inodes: (1000, 10))
    expectStays(
      "inodes-low", Self.disks([few] + others), hidden: Self.disks([Self.old(few)] + others),
      well: Self.disks([Self.home]))
  }

  @Test("a disk that fills up is told of though another hangs")
  func fillsBesideSilent() {
    var day = AlertsDay()
    var silent = Self.home
    silent.space = .missing(.silent(seconds: 9))
    day.run(30, Self.disks([silent, AlertRulesTests.filesystem(0.1, of: 500)]))
    #expect(day.alert("disk-full")?.state == .firing)
  }

  @Test("one that this user may not ask about holds no alert of another up")
  func forbidden() {
    var day = AlertsDay()
    var closed = Self.home
    closed.space = .missing(.notPermitted(needs: "root"))
    day.run(30, Self.disks([closed, AlertRulesTests.filesystem(0.1, of: 500)]))
    #expect(day.alert("disk-full")?.state == .firing)
    day.run(190, Self.disks([closed, AlertRulesTests.filesystem(400, of: 500)]))
    #expect(day.count(.resolved, "disk-full") == 1)
  }

  private static func linked(_ change: @escaping Change) -> Change {
    { input in
      input.readings.sample.link = .fresh(LinkSample())
      change(&input)
    }
  }

  private static func lost(_ input: inout AlertsInput) {
    input.readings.sample.link = .missing(.because("linked, but it does not answer (60 s)"))
  }

  private func expectStays(_ rule: String, _ bad: @escaping Change) {
    expectStays(rule, Self.linked(bad), hidden: Self.lost, well: Self.linked { _ in })
  }

  @Test("a program that hangs and tells nothing any more has not got well by that")
  func link() {
    var row = OperationRow(name: "upload")
    (row.perSecond, row.failures, row.oldest) = (10, Ratio(0.2), 41)
    let rows = [row]
    expectStays("operation-slow") { $0.readings.operations.rows = rows }
    expectStays("operation-failures") { $0.readings.operations.rows = rows }
    var heap = HeapSample()
    heap.used = .fresh(Bytes(1_200_000_000))
    let told = heap
    expectStays("heap-large") { $0.readings.memory.heap = .fresh(told) }
    expectStays("batch-memory-high") { $0.readings.batching.memoryShare = Ratio(0.9) }
    expectStays("batch-success-low") { input in
      input.readings.batching.recent = 100
      input.readings.batching.successAtMost = Ratio(0.8)
    }
    expectStays("batch-throughput-falling") { $0.readings.batching.fallen = Ratio(0.3) }
  }

  @Test("a target that is not linked, or says nothing from the beginning, makes no noise")
  func neverLinked() {
    var day = AlertsDay()
    day.run(600)
    day.run(600) { input in
      Self.lost(&input)
      input.readings.quality.linkTrouble = "linked, but it does not answer (60 s)"
    }
    #expect(day.transitions.isEmpty)
  }

  @Test("a link that comes and goes makes no noise of its own")
  func unsteadyLink() {
    var day = AlertsDay()
    for _ in 0..<20 {
      day.run(50, Self.linked { _ in })
      day.run(10, Self.lost)
    }
    #expect(day.transitions.isEmpty)
  }

  @Test("a score that can't be told is no better one")
  func score() {
    var facts = ScoreFacts()
    (facts.target, facts.throttled, facts.failures) = (4, 1, 1)
    let score = Score(facts)
    expectStays(
      "score-low", { $0.judgement.score = score }, hidden: { $0.judgement.score = Score() },
      well: { $0.judgement.score.value = 100 })
  }

  @Test("a number that is none is no data, and what stays away of the target is about the target")
  func noNumber() {
    var day = AlertsDay()
    day.run(10)
    day.run(6) { input in
      input.readings.thermal.hottest = .fresh(
        SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(.nan))))
    }
    #expect(day.alert("no-data")?.subject == .machine)
    day.run(10)
    day.run(6) { $0.readings.memory.used = nil }
    #expect(day.alert("no-data") == nil)
    #expect(day.alert("no-target-data")?.subject == .process(pid: 42, startTicks: 1))
  }
}
