import Testing

@testable import Monitors

@Suite("The target object of a snapshot")
struct TargetSampleDocumentTests {
  @Test("every promised key is there")
  func keys() {
    var root = ProcessSample(pid: 42)
    root.state = "S"
    var target = TargetSample(pid: 42, root: root)
    target.children = [ProcessSample(pid: 43)]
    var document = Document(path: "target")
    target.describe(into: &document)
    let value = JSONValue.object(document.fields)
    for key in [
      "pid", "name", "command", "state", "started", "generation", "children", "linked", "runtime",
      "uptime", "threads", "fds",
    ] { #expect(value[key] != nil, "\(key)") }
    #expect(value["state"] == .text("sleeping"))
    #expect(value["linked"] == .bool(false))
    #expect(document.unavailable.contains { $0.name == "target.fds" })
  }

  @Test("C6: a program whose first thread has ended is running")
  func leaderEnded() {
    var root = ProcessSample(pid: 42)
    root.state = "Z"
    root.leaderEnded = true
    #expect(root.stateWord == "running without its first thread")
  }
}
