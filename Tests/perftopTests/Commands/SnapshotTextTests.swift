import Testing

@testable import Monitors
@testable import perftop

@Suite("Snapshots as text")
struct SnapshotTextTests {
  private func field(_ name: String, _ why: String) -> JSONValue.Field { .init(name, .text(why)) }

  private func lines(_ snapshot: Snapshot) -> [String] {
    SnapshotText.lines(snapshot).map(\.text)
  }

  @Test("what is missing for one reason stands in one line, in the order in which reasons came")
  func groups() {
    let lines = SnapshotText.grouped([
      field("target.exe", "not permitted"), field("caches", "the target is not linked"),
      field("memory.pss_bytes", "not permitted"), field("gauges", "the target is not linked"),
    ])
    #expect(
      lines == [
        "not permitted: target.exe, memory.pss_bytes", "the target is not linked: caches, gauges",
      ])
  }

  @Test("a program whose first thread has ended is no zombie")
  func leaderEnded() {
    var snapshot = Robot(ticks: 10).snapshot
    snapshot.sample.target = snapshot.sample.target.map { target in
      var target = target
      target.root.state = "Z"
      target.root.leaderEnded = true
      return target
    }
    #expect(lines(snapshot)[1].contains("running without its first thread"))
    #expect(!lines(snapshot)[1].contains("state Z"))
  }

  @Test("an alert that is only kept firing is called clearing")
  func clearing() {
    var snapshot = Robot(isTroubled: true, ticks: 10).snapshot
    snapshot.alerts.active[0].clearingSince = snapshot.sample.moment
    #expect(lines(snapshot).contains { $0.contains("EMERGENCY clearing: under-voltage") })
  }

  @Test("one file is not called files")
  func oneFile() {
    var snapshot = Robot(ticks: 10).snapshot
    snapshot.storage.formats[0].files = 1
    #expect(lines(snapshot).contains { $0.contains(", 1 file, ") })
    snapshot.storage.formats[0].files = 2
    #expect(lines(snapshot).contains { $0.contains(", 2 files, ") })
  }

  @Test("nothing missing makes no line, and a reason that is no text still leaves the name")
  func edges() {
    #expect(SnapshotText.grouped([]) == [])
    #expect(SnapshotText.grouped([.init("score", .null)]) == ["no reason is given: score"])
  }

  @Test("every missing value of the document is named once, after the readings")
  func complete() {
    let snapshot = Robot(ticks: 10).snapshot
    guard case .object(let reasons)? = snapshot.document["unavailable"] else {
      Issue.record("the document says of nothing that it is missing")
      return
    }
    let text = lines(snapshot)
    let begin = text.firstIndex(of: "not available:") ?? text.endIndex
    let names = text[begin...].dropFirst().flatMap { line in
      line.split(separator: ": ").last.map { $0.split(separator: ", ") } ?? []
    }
    // Of what goes nowhere and runs out never nothing is lacking; the judgement has lines of its own.
    let lacking = reasons.map(\.name).filter {
      !$0.hasPrefix("trends.") && !$0.hasPrefix("forecasts.")
    }
    #expect(Set(names.map(String.init)) == Set(lacking))
    #expect(names.count == lacking.count)
    #expect(text[begin...].dropFirst().allSatisfy { $0.hasPrefix("  ") })
  }

  @Test("each of the six has a line with its severity and headline")
  func words() {
    let snapshot = Robot(isTroubled: true, ticks: 10).snapshot
    let text = lines(snapshot)
    for (word, reading) in zip(Word.allCases, snapshot.readings) {
      let line = text.first { $0.hasPrefix(word.title + " ") }
      #expect(line?.contains(reading.severity.label.text) == true)
      #expect(line?.hasSuffix(reading.headline.text) == true)
    }
  }

  @Test(
    "what is thought of it all has its lines: score, what helps, what runs out, where values go")
  func judgement() {
    var snapshot = Robot(ticks: 10).snapshot
    snapshot.judgement = .troubled
    let text = lines(snapshot)
    let place = text.firstIndex { $0.hasPrefix("Judgement 41/100    storage holds it back") } ?? 0
    #expect(place > 0)
    #expect(
      text[place...].contains("          disk /data full in 1 h 10 min (55 min to 1 h 40 min)"))
    #expect(text[place...].contains("          written: falling 1.2 MB/s/h"))
    #expect(text[place...].contains("          -17 storage holds it back"))
  }

  @Test("where no process is watched the line of the target says where watching stands")
  func noTarget() {
    var snapshot = Robot(ticks: 10).snapshot
    snapshot.watching = .machineOnly
    #expect(lines(snapshot).contains("watching: the machine only"))
    snapshot.watching = .ended("lane_follower", .exited(7))
    #expect(lines(snapshot).contains("watching: ended: lane_follower exited with 7"))
  }
}
