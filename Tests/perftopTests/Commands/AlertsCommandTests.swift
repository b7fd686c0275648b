import TestSupport
import Testing

@testable import Monitors
@testable import perftop

@Suite("perftop alerts") struct AlertsCommandTests {
  private let folder: TemporaryDirectory
  private let place: JournalPlace
  private let time = FakeTime()
  private let host: Host

  init() throws {
    folder = try TemporaryDirectory()
    place = JournalPlace(folder.path, owner: "pi", isLocal: true)
    let files = FakeFiles()
    files.write("/proc/sys/kernel/random/boot_id", "this-boot\n")
    host = Host.fake(files: files, time: time, variables: ["USER": "anna"])
  }

  private func answer(_ words: String...) throws -> AlertsCommand.Answer {
    guard case .alerts(let request) = try Arguments.parse(["alerts"] + words).task else {
      throw UsageError("alerts", "not understood", advice: "")
    }
    return AlertsCommand(host: host, place: place).answer(request)
  }

  private func fire(_ rule: String, _ severity: Severity = .warning) throws {
    let journal = try #require(
      try AlertJournal(place, boot: BootIdentity(host), writer: "screen"))
    var alert = Alert(
      id: "\(rule)-1", rule: rule, severity: severity, category: .resource, state: .firing,
      since: time.now(), value: 83, threshold: 80, message: "\(Printable(rule)) 83 %")
    alert.firedAt = time.now()
    let fired = AlertTransition(.fired, at: time.now(), alert: alert)
    try journal.record([fired]) { _ in [] }
  }

  @Test("a note of any length and any characters is a line that can be read")
  func longNote() throws {
    try fire("a")
    let text = String(repeating: "x\u{1b}[31m\n", count: 2000)
    let line = try answer("note", "a-1", text).lines.first?.text ?? ""
    #expect(line.hasPrefix("noted: a-1: x") && line.count < 600)
    #expect(!line.contains { $0.isNewline || $0 == "\u{1b}" })
    #expect(try answer("note", "a-1", "").lines == ["noted: a-1: nothing any more (by anna)"])
    #expect(try answer().lines.contains { $0.text.contains("note") } == false)
    #expect(try answer("history").lines.first?.text.hasSuffix("nothing any more (by anna)") == true)
  }

  @Test("where nothing was ever kept it says so, and that is no failure")
  func nothing() throws {
    let answer = try answer()
    #expect(answer.status == 0)
    #expect(answer.lines == ["no alert was ever kept in \(Printable(folder.path))"])
    #expect(try self.answer("ack", "a-1").status == 1)
    #expect(folder.names() == [])
  }

  @Test("what is open stands worst first, with what people did, in 80 columns")
  func list() throws {
    try fire("memory-high")
    time.advance(by: 60)
    try fire("disk-full", .critical)
    time.advance(by: 60)
    #expect(
      try answer("ack", "memory-high-1").lines == ["acknowledged: memory-high-1 (by anna)"])
    #expect(
      try answer("note", "memory-high-1", "the", "new", "camera").lines == [
        "noted: memory-high-1: the new camera (by anna)"
      ])
    let list = try answer("list")
    #expect(
      list.lines == [
        "CRITICAL  firing       disk-full-1    1 min 0 s",
        "          disk-full 83 %",
        "WARNING   acknowledged memory-high-1  2 min 0 s",
        "          memory-high 83 %",
        "          acknowledged by anna, 0 s ago",
        "          note: the new camera",
        "private to pi: \(Printable(folder.path))/alerts.db",
      ])
  }

  @Test("JSON has a line for each, with all that a snapshot says of it and what people did")
  func json() throws {
    try fire("memory-high")
    _ = try answer("shelve", "memory-high-1", "--for", "30m")
    let lines = try answer("--json").lines
    #expect(lines.count == 1)
    let object = try JSONReader.object(lines[0].text)
    #expect(object["id"]?.string == "memory-high-1")
    #expect(object["state"]?.string == "shelved")
    #expect(object["shelved_by"]?.string == "anna")
    #expect(object["shelved_until"]?.string != nil)
    let history = try answer("history", "--json").lines.map { try JSONReader.object($0.text) }
    #expect(history.map { $0["kind"]?.string } == ["shelved", "fired"])
    #expect(history.first?["alert"]?["id"]?.string == "memory-high-1")
  }

  @Test("a shelf whose time is over is one no more, even where no screen has noticed")
  func shelf() throws {
    try fire("memory-high")
    #expect(
      try answer("shelve", "memory-high-1", "--for", "90s").lines == [
        "shelved: memory-high-1 for 1 min 30 s (by anna)"
      ])
    #expect(try answer().lines.first?.text.contains("shelved") == true)
    time.advance(by: 90)
    #expect(try answer().lines.first?.text.contains("firing") == true)
    let object = try JSONReader.object(try #require(try answer("--json").lines.first).text)
    #expect(object["state"]?.string == "firing")
    #expect(
      try answer("undo", "memory-high-1").lines == [
        "undone: memory-high-1 is firing again (by anna)"
      ])
  }

  @Test("what was clearing when somebody wrote to it is said to be nothing but firing")
  func stale() throws {
    let journal = try #require(
      try AlertJournal(place, boot: BootIdentity(host), writer: "screen"))
    var alert = Alert(
      id: "a-1", rule: "a", severity: .warning, category: .resource, state: .firing,
      since: time.now(), value: 1, threshold: 2, message: "x")
    alert.firedAt = time.now()
    alert.clearingSince = time.now()
    alert.clearsIn = 60
    try journal.record([AlertTransition(.fired, at: time.now(), alert: alert)]) { _ in [] }
    #expect(try answer().lines.first?.text.contains("firing") == true)
    let object = try JSONReader.object(try #require(try answer("--json").lines.first).text)
    #expect(object["state"]?.string == "firing")
    #expect(object["clearing_since"]?.string == nil)
  }

  @Test("entries that are damaged are left out, and said to be, with what becomes of them")
  func damaged() throws {
    try fire("a")
    try fire("b")
    try Database("\(folder.path)/alerts.db").run(
      "UPDATE alerts SET body = replace(body, '83', '84') WHERE id = 'a-1'")
    let list = try answer()
    #expect(list.status == 1)
    #expect(list.lines.contains { $0.text.contains("b-1") })
    #expect(list.errors.first?.text.contains("left out") == true)
    #expect(list.errors.last?.text.contains("saves what can be read") == true)
    #expect(try answer("ack", "a-1").errors.contains { $0.text.contains("left out") })
  }

  @Test("all that fires is accepted at once, and nothing else")
  func all() throws {
    try fire("a")
    try fire("b")
    try fire("c")
    _ = try answer("shelve", "c-1", "--for", "1h")
    #expect(
      try answer("ack-all").lines == ["acknowledged: a-1 (by anna)", "acknowledged: b-1 (by anna)"])
    #expect(try answer("ack-all").lines == ["nothing to acknowledge"])
  }

  @Test("history is newest first, by words and up to a limit")
  func history() throws {
    try fire("a")
    _ = try answer("ack", "a-1")
    #expect(
      try answer("history").lines.map { $0.text.dropFirst(22).split(separator: " ").first } == [
        "acknowledged", "fired",
      ])
    #expect(try answer("history", "--search", "ANNA acknow").lines.count == 1)
    #expect(try answer("history", "--limit", "1").lines.count == 1)
    #expect(try answer("history", "--search", "nobody").lines == ["nothing found"])
  }

  @Test("an alert that is not there ends with 1 and the one that was probably meant")
  func unknown() throws {
    try fire("memory-high")
    let answer = try answer("ack", "memory-hihg-1")
    #expect(answer.status == 1)
    #expect(
      answer.errors == [
        "perftop: memory-hihg-1: no such alert", "did you mean memory-high-1?",
      ])
    _ = try self.answer("ack", "memory-high-1")
    #expect(
      try self.answer("ack", "memory-high-1").errors == [
        "perftop: memory-high-1: already acknowledged by anna"
      ])
  }

  @Test("figures hold what came in a day against what people bear, and say how channels do")
  func figures() throws {
    try fire("memory-high")
    time.advance(by: 7200)
    try fire("disk-full")
    guard case .alerts(let request) = try Arguments.parse(["alerts", "--stats"]).task else {
      throw UsageError("alerts", "not understood", advice: "")
    }
    let channel = ChannelSettings(name: "lamp", means: .command(["/bin/true"]))
    let lines = AlertsCommand(host: host, place: place, channels: [channel])
      .answer(request).lines.map(\.text)
    #expect(lines.first == "2 alerts in 2 h, 1 an hour, 1 in the last 10 min")
    #expect(
      lines.contains("unacknowledged: 2, the oldest for 2 h 0 min, half of them for 0 s or more"))
    #expect(lines.filter { $0.hasPrefix("kept: ") }.count == 5)
    #expect(lines.suffix(2) == ["lamp: 0 sent", "private to pi: \(folder.path)/alerts.db"])
  }

  @Test("figures as JSON are one object, of an empty list too")
  func figuresAsJSON() throws {
    let none = try answer("--stats", "--json")
    #expect(none.errors == ["no alert was ever kept in \(Printable(folder.path))"])
    #expect(try JSONReader.object(none.lines[0].text)["alerts"]?.whole == 0)
    #expect(folder.names() == [])
    try fire("memory-high")
    _ = try answer("ack", "memory-high-1")
    try fire("late")
    time.advance(by: 90_000)
    try fire("disk-full")
    let lines = try answer("list", "--stats", "--json").lines
    #expect(lines.count == 1)
    let object = try JSONReader.object(lines[0].text)
    #expect(object["alerts"]?.whole == 1)
    #expect(object["span_s"]?.real == 86400)
    #expect(object["standing"]?.elements?.compactMap(\.string) == ["late-1", "memory-high-1"])
    #expect(object["bearable"]?.truth == true)
    #expect(object["limits"]?.elements?.count == 5)
    #expect(object["channels"]?.elements?.isEmpty == true)
  }

  static let mistakes = [
    ["ack"], ["shelve", "a-1"], ["shelve", "a-1", "--for", "30"], ["shelve", "a-1", "--for", "9h"],
    ["shelve", "--for", "5m"], ["note", "a-1"], ["lsit"], ["ack", "a-1", "b-1"],
    ["list", "--search", "x"], ["ack", "a-1", "--for", "5m"], ["history", "--limit", "0"],
    ["stats"], ["ack", "a-1", "--stats"], ["history", "--stats"], ["--stats", "a"],
    ["test", "a", "b"], ["list", "--config", "c.yaml"], ["tset"],
  ]

  @Test("a line that makes no sense is a sentence", arguments: mistakes)
  func mistake(_ words: [String]) throws {
    let error = thrown(UsageError.self) { _ = try Arguments.parse(["alerts"] + words) }
    #expect(error?.lines.hasPrefix("perftop: ") == true)
    #expect(error?.lines.split(separator: "\n").count == 2)
  }
}
