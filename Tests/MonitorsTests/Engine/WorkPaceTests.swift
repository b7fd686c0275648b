import Testing

@testable import Monitors

@Suite("The pace of a linked program")
struct WorkPaceTests {
  private func sample(_ second: Int, finished: UInt64?) -> Sample {
    var sample = Sample(moment: Moment(nanoseconds: Int64(second) * 1_000_000_000))
    guard let finished else { return sample }
    var link = LinkSample()
    var operation = OperationSample(name: "step")
    operation.count = finished
    link.operations = [operation]
    sample.link = .fresh(link)
    return sample
  }

  @Test("it is what was finished in the last ten seconds, or since a moment")
  func rate() {
    var pace = WorkPace()
    for second in 0..<20 { pace.take(sample(second, finished: UInt64(second * 5))) }
    for second in 20..<30 { pace.take(sample(second, finished: UInt64(second * 20 - 300))) }
    #expect(pace.rate() == 18.5)
    #expect(pace.rate(since: Moment(nanoseconds: 22_000_000_000)) == 20)
    #expect(pace.rate(since: Moment(nanoseconds: 28_000_000_000)) == nil, "too short a time")
  }

  @Test("without a link, or with another process behind it, there is none at first")
  func none() {
    var pace = WorkPace()
    #expect(pace.rate() == nil)
    for second in 0..<10 { pace.take(sample(second, finished: UInt64(1000 + second))) }
    #expect(pace.rate() == 1)
    pace.take(sample(10, finished: 3))
    #expect(pace.rate() == nil)
    pace.take(sample(11, finished: nil))
    #expect(pace.rate() == nil)
  }

  @Test("an action's receipt has the pace before it, and the pace after it once that is known")
  func receipts() {
    var monitors = MonitorSet(Config())
    var snapshot = monitors.judge(
      Observation(sample: sample(0, finished: 0), watching: .watching), health: Health())
    let act = { (second: Int, step: UInt64) in
      snapshot = monitors.judge(
        Observation(sample: sample(second, finished: UInt64(second) * step), watching: .watching),
        health: Health())
    }
    for second in 1...10 { act(second, 5) }
    var receipt = Receipt(at: snapshot.sample.moment, who: "pi", outcome: "collected: it (link)")
    receipt.order = 1
    receipt.before = Footprint()
    receipt.after = Footprint()
    monitors.note(receipt, in: &snapshot)
    #expect(snapshot.receipts.last?.before?.operationsPerSecond == 5)
    for second in 11...20 { act(second, 5) }
    monitors.note(receipt, in: &snapshot)
    #expect(snapshot.receipts.count == 1)
    #expect(snapshot.receipts.last?.before?.operationsPerSecond == 5)
    #expect(snapshot.receipts.last?.after?.operationsPerSecond == 5)
  }
}
