extension Snapshot {
  /// The object that `snapshot --json`, the recording and every later consumer carry.
  public var document: JSONValue {
    var root = Document(path: "")
    root.set("schema", .integer(1))
    root.set("time", .text(Units.timestamp(wall: sample.moment.wall)))
    root.set("sequence", .integer(Int64(clamping: sample.moment.sequence)))
    root.nest("host") { describeHost(into: &$0) }
    root.nest("self") { describeSelf(into: &$0) }
    describeTarget(into: &root)
    root.nest("system") { describeSystem(into: &$0) }
    root.nest("memory") { memory.describe(into: &$0) }
    root.nest("storage") {
      storage.describe(into: &$0)
      judgement.describeFull(into: &$0)
    }
    root.nest("batching") { batching.describe(into: &$0) }
    root.nest("quality") { quality.describe(into: &$0) }
    root.nest("thermal") { thermal.describe(into: &$0) }
    root.nest("alerts") { alerts.describe(into: &$0) }
    describeLinked(into: &root)
    describeJudgement(into: &root)
    root.set("watching", .text(watching.words.text))
    root.set("unavailable", .object(root.unavailable))
    return .object(root.fields)
  }

  private func describeHost(into document: inout Document) {
    document.set("name", .printable(sample.host.name))
    document.set("kernel", .printable(sample.host.kernel))
    document.set(
      "model", sample.host.model.isEmpty ? nil : sample.host.model, else: .notSupported
    ) { .printable($0) }
    document.set("simulated", .bool(sample.host.isSimulated))
  }

  private func describeSelf(into document: inout Document) {
    document.set("cpu_percent", health.cpu, else: .notYet) { .measure($0.percent) }
    document.set("rss_bytes", .bytes(health.resident))
    document.set("probe_seconds", .measure(health.probeSeconds))
    document.set("late_ticks", .count(health.lateTicks))
    document.set("interval_s", .measure(health.interval))
  }

  private func describeTarget(into root: inout Document) {
    guard let target = sample.target.value else {
      root.set("target", missing: sample.target.absence ?? .notYet)
      return
    }
    root.nest("target") { target.describe(into: &$0, isLinked: sample.link.value != nil) }
  }

  private func describeSystem(into document: inout Document) {
    sample.system.describe(into: &document, cpu: vitals.cpu)
    document.set("disks", .list(storage.filesystems.map(\.json)))
  }

  private func describeLinked(into root: inout Document) {
    operations.describe(into: &root)
    sample.link.describe(into: &root, judgement: judgement)
    root.list("receipts", receipts, named: \.action.text) { $0.describe(into: &$1) }
  }

  private func describeJudgement(into root: inout Document) {
    operations.describeRegressions(into: &root)
    judgement.describe(into: &root)
  }
}

extension FilesystemSample {
  /// Room as an object; null where the filesystem does not answer.
  var json: JSONValue {
    var document = Document(path: "")
    document.set("mount", .printable(mount))
    document.set("kind", .printable(kind))
    document.set("total_bytes", space) { .bytes($0.total) }
    document.set("available_bytes", space) { .bytes($0.available) }
    document.set("inodes", space) { .integer(Int64(clamping: $0.inodes)) }
    document.set("inodes_free", space) { .integer(Int64(clamping: $0.inodesFree)) }
    if let absence = space.absence { document.set("reason", .printable(absence.sentence)) }
    return .object(document.fields)
  }
}

extension Receipt {
  /// The receipt with the keys of the contract; one that is about no order has an outcome alone.
  func describe(into document: inout Document) {
    let noOrder = Absence.because("nothing was asked of the target")
    document.set("time", .text(Units.timestamp(wall: at.wall)))
    document.set("who", .printable(who))
    document.set("action", order == 0 ? nil : action, else: noOrder) { .printable($0) }
    document.set("road", road, else: .because("no road was taken")) { .printable($0) }
    document.set("outcome", .printable(outcome))
    document.set("seconds", seconds, else: .because("nothing was done")) { .measure($0) }
    for (name, footprint) in [("before", before), ("after", after)] {
      guard let footprint else {
        document.set(name, missing: .because("nothing was done"))
        continue
      }
      document.nest(name) { inner in
        inner.set("rss_bytes", footprint.resident, else: .gone) { .bytes($0) }
        inner.set("heap_bytes", footprint.heap, else: .because("its runtime does not tell")) {
          .bytes($0)
        }
        inner.set("operations_per_s", footprint.operationsPerSecond, else: .notYet) {
          .measure($0)
        }
      }
    }
  }
}

extension WatchState {
  /// Where watching stands, in words.
  public var words: Printable {
    switch self {
    case .machineOnly: "the machine only"
    case .watching: "the target"
    case .waiting(let what): "waiting for \(what)"
    case .ended(let name, let end, _): "ended: \(name) \(end.words)"
    }
  }
}
