import Testing

@testable import Monitors

@Suite("What others did to a linked target")
struct LinkedHistoryTests {
  private static let wall: Int64 = 1_790_000_000

  private func observation(
    _ second: Int, level: Printable = "high", pid: Int32 = 7, _ events: [LinkEventSample] = []
  ) -> Observation {
    let nanoseconds = Int64(second) * 1_000_000_000
    let moment = Moment(
      nanoseconds: nanoseconds, wall: LinkedHistoryTests.wall * 1_000_000_000 + nanoseconds)
    var sample = Sample(moment: moment, place: second)
    sample.target = .fresh(TargetSample(pid: pid, root: ProcessSample(pid: pid)))
    var link = LinkSample()
    link.quality = LinkedQualitySample(level: level, isManual: false)
    link.events = events
    sample.link = .fresh(link)
    return Observation(sample: sample, watching: .watching)
  }

  private func event(_ action: Printable, _ second: Double, isOwn: Bool = false) -> LinkEventSample
  {
    var event = LinkEventSample(at: Double(LinkedHistoryTests.wall) + second, action: action)
    event.who = "maria"
    event.outcome = "collected 12 objects"
    event.isOwn = isOwn
    return event
  }

  private func judge(_ observations: [Observation]) -> Snapshot? {
    var set = MonitorSet(Config())
    return observations.map { set.judge($0, health: Health()) }.last
  }

  @Test("what another viewer did is in the history with who it was, and marked; one's own is not")
  func others() throws {
    let snapshot = try #require(
      judge([
        observation(100),
        observation(101, [event("gc", 100.5), event("evict", 100.6, isOwn: true)]),
        observation(102),
      ]))
    #expect(snapshot.receipts.map(\.action) == ["gc"])
    let receipt = try #require(snapshot.receipts.first)
    #expect(receipt.who == "maria" && receipt.outcome == "collected 12 objects")
    #expect(receipt.road == "link" && !receipt.isOwn)
    #expect(receipt.at.seconds(since: Moment(nanoseconds: 100_500_000_000)) < 0.001)
    #expect(snapshot.marks.map(\.label) == ["collected 12 objects, by maria"])
    #expect(snapshot.marks.first?.kind == .action)
  }

  @Test("what was done long before is told with its age, and has no place on the graphs")
  func before() throws {
    let snapshot = try #require(judge([observation(100, [event("gc", -500)])]))
    #expect(snapshot.receipts.count == 1)
    #expect(snapshot.marks.isEmpty)
  }

  @Test("a clock that is ahead, or no number at all, is not the future")
  func clocks() {
    let snapshot = judge([
      observation(100, [event("gc", 1e6), LinkEventSample(at: .nan, action: "evict")])
    ])
    #expect(snapshot?.receipts.allSatisfy { $0.at.nanoseconds == 100_000_000_000 } == true)
    #expect(snapshot?.receipts.count == 2)
  }

  @Test("a level that changes though nobody asked is the program's own doing, told once")
  func itself() throws {
    let seconds = (100..<112).map { observation($0, level: $0 < 103 ? "high" : "low") }
    let snapshot = try #require(judge(seconds))
    #expect(
      snapshot.receipts.map(\.outcome) == ["quality high → low, by the program itself"])
    #expect(snapshot.receipts.first?.who == "the program")
    #expect(snapshot.marks.map(\.kind) == [.quality], "nothing twice")
  }

  @Test("a change that a viewer is told to have made a moment later is that viewer's, and no other")
  func toldLater() throws {
    var seconds = (100..<112).map { observation($0, level: $0 < 103 ? "high" : "low") }
    seconds[5] = observation(105, level: "low", [event("quality", 103)])
    let snapshot = try #require(judge(seconds))
    #expect(snapshot.receipts.map(\.who) == ["maria"])
  }

  @Test("another process is another program: its level is no change")
  func another() {
    let snapshot = judge(
      (100..<110).map { observation($0, level: $0 < 103 ? "high" : "low", pid: $0 < 103 ? 7 : 8) })
    #expect(snapshot?.receipts == [])
  }

  @Test("one's own order explains a change, whether its receipt comes before or after")
  func own() throws {
    for late in [102, 105] {
      var set = MonitorSet(Config())
      var snapshot: Snapshot?
      for second in 100..<112 {
        var now = set.judge(
          observation(second, level: second < 103 ? "high" : "low"), health: Health())
        if second == late {
          var receipt = Receipt(
            at: Moment(nanoseconds: 102_500_000_000), who: "pi", outcome: "set: quality")
          receipt.order = 4
          receipt.action = "quality=down"
          receipt.road = "link"
          set.note(receipt, in: &now)
        }
        snapshot = now
      }
      #expect(snapshot?.receipts.map(\.who) == ["pi"])
    }
  }
}
