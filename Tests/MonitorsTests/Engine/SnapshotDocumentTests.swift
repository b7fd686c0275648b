import TestSupport
import Testing

@testable import Monitors

@Suite("The snapshot as a document")
struct SnapshotDocumentTests {
  /// Every key that is promised; those after a dot lie in the object before it, those in brackets in each of a list.
  static let promised = [
    "schema", "time", "sequence", "host.name", "self.cpu_percent", "self.rss_bytes",
    "self.probe_seconds", "target.pid", "target.name", "target.command", "target.state",
    "target.started", "target.generation", "target.children", "target.linked", "target.runtime",
    "system.cpu_percent", "system.memory_total_bytes", "system.memory_available_bytes",
    "system.pressure.cpu", "system.pressure.memory", "system.pressure.io", "system.disks",
    "system.gpus", "memory.rss_bytes", "memory.pss_bytes", "memory.swap_bytes",
    "memory.limit_bytes", "memory.growth_bytes_per_s", "memory.leak.verdict",
    "memory.leak.slope_bytes_per_s", "memory.leak.confidence", "memory.leak.since",
    "memory.exhaustion.in_s", "memory.exhaustion.low_s", "memory.exhaustion.high_s",
    "memory.growing", "memory.heap.used_bytes", "memory.heap.objects", "memory.heap.collections",
    "memory.status", "storage.read_bytes_per_s", "storage.write_bytes_per_s", "storage.formats",
    "storage.files", "storage.full", "storage.status", "batching.current_size",
    "batching.suggested_size", "batching.reason", "batching.throughput_items_per_s",
    "batching.success_rate", "batching.status", "quality.level", "quality.mode",
    "quality.suggested", "quality.pressure.value", "quality.pressure.terms", "quality.settings",
    "quality.status", "thermal.celsius", "thermal.sensors", "thermal.throttled.now",
    "thermal.throttled.since_boot", "thermal.throttled.while_watched", "thermal.throttled.causes",
    "thermal.status", "alerts.active", "operations", "components", "caches", "gauges", "receipts",
    "trends", "forecasts", "regressions", "pressure.machine", "pressure.target", "bottlenecks",
    "score", "unavailable",
  ]

  private static func snapshot(_ host: Host, _ pid: Int32?, time: FakeTime? = nil, ticks: Int = 2)
    throws -> Snapshot?
  {
    let targets = try pid.map {
      [WatchedTarget(.pid($0), first: try TargetFinder(host: host).attach($0, scratch: Scratch()))]
    }
    let sampler = Sampler(host: host, config: Config(), targets: targets ?? [], inlineWorkers: true)
    var engine = Engine(source: sampler, host: host, config: Config())
    var last: Snapshot?
    for _ in 0..<ticks {
      time?.advance(by: 1)
      last = engine.tick(at: host.time.now(), late: 0).first
    }
    return last
  }

  private static func all() throws -> [(name: String, snapshot: Snapshot?)] {
    let machine = FakeMachine()
    let empty = Host.fake(files: FakeFiles())
    var all = [
      ("machine only", try snapshot(machine.host, nil, time: machine.time)),
      ("watched", try snapshot(machine.host, 42, time: machine.time)),
      ("watched for long", try snapshot(machine.host, 42, time: machine.time, ticks: 30)),
      ("nothing to read", try snapshot(empty, nil)),
    ]
    for tree in HostTree.allCases { all.append((tree.rawValue, try snapshot(tree.host, 4242))) }
    return all
  }

  private func lacks(_ key: String, _ document: JSONValue) -> Bool {
    var value = document
    for name in key.split(separator: ".") {
      // What is null as a whole has its reason as a whole.
      if value == .null { return false }
      guard let inner = value[String(name)] else { return true }
      value = inner
    }
    return false
  }

  @Test("every promised key is there, whatever is watched")
  func keys() throws {
    for (name, snapshot) in try Self.all() {
      let document = try #require(snapshot).document
      #expect(Self.promised.filter { lacks($0, document) } == [], "\(name)")
    }
  }

  /// Paths of nulls outside of lists, where each item says for itself.
  private func nulls(_ value: JSONValue, _ path: String = "") -> [String] {
    switch value {
    case .null: [path]
    case .object(let fields):
      fields.flatMap { nulls($0.value, path.isEmpty ? $0.name : "\(path).\($0.name)") }
    default: []
    }
  }

  @Test("every null has its reason, and every reason its null")
  func reasons() throws {
    for (name, snapshot) in try Self.all() {
      let document = try #require(snapshot).document
      guard case .object(let fields)? = document["unavailable"] else {
        Issue.record("unavailable is no object")
        continue
      }
      let reasons = Set(fields.map(\.name))
      let nulls = nulls(document)
      #expect(nulls.filter { !reasons.contains($0) } == [], "\(name)")
      #expect(fields.allSatisfy { $0.value != .text("") }, "\(name)")
      let lists = ["thermal.", "system.gpus.", "forecasts."]
      let stray = reasons.filter { reason in
        !nulls.contains(reason) && !lists.contains { reason.hasPrefix($0) }
      }
      #expect(stray == [], "\(name)")
    }
  }

  @Test("values are in the units that are promised")
  func units() throws {
    let machine = FakeMachine()
    let document = try #require(
      try Self.snapshot(machine.host, 42, time: machine.time, ticks: 15)
    ).document
    #expect(document["schema"] == .integer(1))
    #expect(document["sequence"] == .integer(14))
    #expect(document["target"]?["pid"] == .integer(42))
    #expect(document["target"]?["linked"] == .bool(false))
    #expect(document["memory"]?["rss_bytes"] == .integer(20_480_000))
    #expect(document["memory"]?["limit_bytes"] == .integer(8_000_000_000))
    #expect(document["memory"]?["growth_bytes_per_s"] == .number(0))
    #expect(document["system"]?["memory_total_bytes"] == .integer(16_384_000_000))
    #expect(document["thermal"]?["celsius"] == .number(52))
    #expect(document["quality"]?["level"] == .null)
    guard case .text(let time)? = document["time"] else {
      Issue.record("time is no text")
      return
    }
    #expect(time.count == 20 && time.hasSuffix("Z") && time.contains("T"))
  }

  @Test("what is thought of it all comes with the kernel's own count of stalls, and without")
  func judgement() throws {
    let machine = FakeMachine()
    let path = "/proc/pressure/memory"
    let line = "avg10=22.00 avg60=20.00 avg300=1.00 total=9\n"
    machine.files.write(path, "some \(line)full \(line)")
    let pressed = try #require(try Self.snapshot(machine.host, 42, time: machine.time, ticks: 20))
    #expect(pressed.document["pressure"]?["machine"] == .text("high"))
    #expect(pressed.document["pressure"]?["machine_cause"] == .text("memory stalls"))
    guard case .list(let bottlenecks)? = pressed.document["bottlenecks"] else {
      Issue.record("bottlenecks are no list")
      return
    }
    #expect(bottlenecks.first?["kind"] == .text("memory"))
    for name in ["cpu", "memory", "io"] { machine.files.remove("/proc/pressure/\(name)") }
    let plain = try #require(try Self.snapshot(machine.host, 42, time: machine.time, ticks: 20))
    #expect(plain.document["pressure"]?["machine"] == .text("none"))
    guard case .integer(let score)? = plain.document["score"] else {
      Issue.record("there is no score")
      return
    }
    #expect(score > 80)
  }

  @Test("what stands in the text is one line, and a name with a NUL is no end of it")
  func text() {
    let value = JSONValue.object([
      .init("a", .text("x\u{0}y\n\"")), .init("b", .number(.nan)), .init("c", .list([.null])),
      .init("d", .number(0.1)), .init("e", .integer(.min)),
    ])
    #expect(
      value.text(indented: false)
        == #"{"a":"x\u0000y\n\"","b":null,"c":[null],"d":0.1,"e":-9223372036854775808}"#)
    #expect(JSONValue.text("").text(indented: false) == "\"\"")
  }
}
