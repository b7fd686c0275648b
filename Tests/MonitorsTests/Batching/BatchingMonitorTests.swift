import Monitors
import Testing

@Suite("Batching") struct BatchingMonitorTests {
  static func reading(runtime: Printable?) -> BatchingReading {
    var monitor = BatchingMonitor(BatchingConfig())
    var sample = Sample(moment: Moment(nanoseconds: 0))
    if let runtime {
      var target = TargetSample(pid: 42, root: ProcessSample(pid: 42))
      target.runtime = runtime
      sample.target = .fresh(target)
    }
    return monitor.judge(sample)
  }

  @Test(
    "says what it lacks and where to read how to get it", arguments: ["python", "native", "jvm"])
  func saysWhatIsLacking(_ runtime: String) {
    let reading = Self.reading(runtime: Printable(runtime))
    #expect(
      reading.lacks?.text
        == "no batches reported: the target is not linked, see perftop(1) LINKING")
    #expect(reading.headline == reading.lacks)
    #expect(reading.severity == .stale)
    #expect(reading.advice.count >= 2)
  }

  @Test("D2: who is linked and says nothing is not told how to link itself in")
  func silent() {
    var monitor = BatchingMonitor(BatchingConfig())
    var sample = Sample(moment: Moment(nanoseconds: 1), place: 0)
    sample.target = .fresh(TargetSample(pid: 1, root: ProcessSample(pid: 1)))
    sample.link = .missing(.because("linked, but it does not answer (12 s)"))
    let reading = monitor.judge(sample)
    #expect(reading.headline == "no batches reported: linked, but it does not answer (12 s)")
    #expect(reading.advice.isEmpty)
  }

  @Test("advice speaks the target's own language")
  func adviceFitsTheRuntime() {
    #expect(Self.reading(runtime: "python").advice.contains { $0.text.contains("perftop_link") })
    #expect(!Self.reading(runtime: "native").advice.contains { $0.text.contains("perftop_link") })
  }

  @Test("a target that changes its runtime gets other advice")
  func followsTheTarget() {
    var monitor = BatchingMonitor(BatchingConfig())
    var sample = Sample(moment: Moment(nanoseconds: 0))
    #expect(monitor.judge(sample).lacks?.text.contains("no process") == true)
    var target = TargetSample(pid: 42, root: ProcessSample(pid: 42))
    target.runtime = "python"
    sample.target = .fresh(target)
    #expect(monitor.judge(sample).advice.contains { $0.text.contains("Python") })
  }

  @Test("the document has every key, null with its reason")
  func document() {
    var document = Document(path: "batching")
    Self.reading(runtime: "native").describe(into: &document)
    let names = [
      "current_size", "suggested_size", "reason", "throughput_items_per_s", "success_rate",
    ]
    for name in names {
      #expect(JSONValue.object(document.fields)[name] == .null)
      #expect(document.unavailable.contains { $0.name == "batching.\(name)" })
    }
    #expect(JSONValue.object(document.fields)["status"] == .text("stale"))
  }

  @Test("a link that is not there for another reason says which")
  func otherReason() {
    var monitor = BatchingMonitor(BatchingConfig())
    var sample = Sample(moment: Moment(nanoseconds: 0))
    sample.target = .fresh(TargetSample(pid: 42, root: ProcessSample(pid: 42)))
    sample.link = .missing(.because("its socket belongs to another user"))
    let words = "no batches reported: its socket belongs to another user, see perftop(1) LINKING"
    #expect(monitor.judge(sample).lacks?.text == words)
  }
}
