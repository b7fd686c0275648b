/// Says how the target's batches fare and which size would get more done: only a linked target can tell.
public struct BatchingMonitor: Monitor {
  /// Its word.
  public static var word: Word { .batching }

  private var settings: BatchingConfig
  private var history = Series()
  private var sizeHistory = Series()
  private var last = BatchingReading()
  private var search: UniLog?
  private var window = BatchWindow()
  private var slowing = BatchSlowing()
  private var owned: Double?
  private var others: Double?
  private var current: Int?
  private var ranSizes: [Int: Int] = [:]
  private var lastBatch: Moment?
  private var process: ProcessKey?
  private var why = Why.unknown

  /// Which of the sentences stands, so that it is made only when that changes.
  private enum Why: Equatable {
    case unknown, reported, silent
    case unlinked(Absence?, Printable, isThere: Bool)
    case lost(Absence?)
  }

  /// Starts without a history.
  public init(_ settings: BatchingConfig) { self.settings = settings }

  /// Goes by other settings from now on; what was learned about sizes stays.
  public mutating func configure(_ settings: BatchingConfig) {
    self.settings = settings
    search?.keep(within: settings.bounds)
    search?.successes.least = settings.successRateWarning
    why = .unknown
    if current != nil { advise(limit: last.memoryLimit) }
  }

  /// Takes one sample in.
  public mutating func judge(_ sample: Sample) -> BatchingReading {
    follow(sample.target)
    window.advance(to: sample.moment)
    if let link = sample.link.value, link.batchCount > 0 || !link.batches.isEmpty {
      take(link, sample)
      conclude(sample.moment)
    } else {
      explain(sample)
    }
    last.throughput = window.throughput
    history.append(sample.link.value == nil ? nil : last.throughput)
    sizeHistory.append(sample.link.value == nil ? nil : current.map(Double.init))
    last.history = history
    last.sizeHistory = sizeHistory
    return last
  }

  /// Another process is another program: nothing of what was learned need hold for it.
  private mutating func follow(_ target: Measured<TargetSample>) {
    guard let root = target.value?.root else { return }
    let present = ProcessKey(pid: root.pid, startTicks: root.startTicks)
    defer { process = present }
    guard process != nil, process != present else { return }
    forget()
  }

  private mutating func forget() {
    search = nil
    window.forget()
    slowing.forget()
    owned = nil
    others = nil
    current = nil
    ranSizes = [:]
    lastBatch = nil
    why = .unknown
    last = BatchingReading()
  }

  private mutating func take(_ link: LinkSample, _ sample: Sample) {
    last.batches = max(link.batchCount, UInt64(link.batches.count))
    last.asked = link.batchSize
    why = .reported
    guard !link.batches.isEmpty else { return }
    let limit = bound(link, sample)
    for (index, batch) in link.batches.enumerated() {
      take(batch, limit: limit, at: sample.moment, isLast: index == link.batches.count - 1)
    }
    lastBatch = sample.moment
    last.memoryLimit = limit.map { Bytes(Int64(min($0, 9e18))) }
    advise(limit: last.memoryLimit)
  }

  private mutating func take(
    _ batch: BatchSample, limit: Double?, at moment: Moment, isLast: Bool
  ) {
    guard batch.size.isFinite, batch.size >= 1, batch.size < 1e9 else { return }
    let size = Int(batch.size.rounded())
    if search == nil {
      var new = UniLog(size: size, within: settings.bounds)
      new.successes.least = settings.successRateWarning
      search = new
    }
    window.add(batch, at: moment)
    current = size
    let arm = BatchGrid.nearest(batch.size)
    ranSizes[arm] = size
    let isWorth = batch.isDone && batch.seconds > 0 && batch.items > 0
    let throughput = isWorth ? batch.items / batch.seconds : nil
    if let throughput { slowing.add(throughput, arm: arm) }
    let used = batch.memory.map { Double($0.count) }
    if let used, let owned {
      let rest = max(0, owned - used)
      others = (others ?? rest) * 0.9 + rest * 0.1
    }
    // A batch without items says nothing about throughput, but is no failure.
    search?.record(
      size: batch.size, throughput: batch.isDone ? throughput ?? 0 : nil, memory: used,
      limit: limit.map { max($0 * 0.05, $0 - (others ?? 0)) },
      isOutOfMemory: batch.isOutOfMemory, isLast: isLast)
  }

  /// The least of what limits the target's memory, where suggestions go by it.
  private mutating func bound(_ link: LinkSample, _ sample: Sample) -> Double? {
    guard settings.obeysMemory else { return nil }
    owned = sample.target.value.flatMap { BatchingMonitor.owned(by: $0) }
    let limits = [
      settings.maximumMemory, link.memoryLimit, sample.target.value?.cgroup.value?.memoryLimit,
      sample.system.memoryTotal.value,
    ]
    return limits.compactMap { $0 }.filter { $0 > .zero }.min().map { Double($0.count) }
  }

  /// What the target's processes have to themselves, and what they share once.
  private static func owned(by target: TargetSample) -> Double? {
    guard target.root.anonymous.value != nil else { return nil }
    var (own, shared) = (0.0, 0.0)
    for process in target.all {
      own += Double(process.anonymous.value?.count ?? 0)
      own += Double(process.swapped.value?.count ?? 0)
      shared = max(shared, Double(process.shared.value?.count ?? 0))
    }
    return own + shared
  }

  private mutating func advise(limit: Bytes?) {
    guard let search, let current else { return }
    last.current = current
    last.lacks = nil
    last.advice = []
    let room = limit.map { BatchAdvice.Room(limit: Double($0.count), others: others ?? 0) }
    let takes = search.memory.mean(search.arms.nearest(Double(current)))
    last.memory = takes.map { Bytes(Int64(min($0, 9e18))) }
    last.memoryShare =
      takes.flatMap { takes in room.map { Ratio((takes + $0.others) / max(1, $0.limit)) } }
    last.sizes = sizes(search)
    guard settings.isAdaptive else {
      last.suggested = nil
      last.gain = nil
      last.cost = ""
      last.isTrial = false
      last.reason = "none is suggested: batching.adaptive is off"
      return
    }
    let advice = BatchAdvice(search, current: current, room: room)
    last.suggested = advice.suggested
    last.isTrial = advice.isTrial
    last.reason = advice.reason
    last.gain = advice.gain
    last.cost = advice.cost
  }

  private func sizes(_ search: UniLog) -> [BatchSizeReading] {
    search.table.map { row in
      BatchSizeReading(
        size: ranSizes[BatchGrid.nearest(Double(row.size))] ?? row.size,
        throughput: row.throughput, count: row.count,
        memory: row.memory.map { Bytes(Int64(min($0, 9e18))) })
    }
  }
}

extension BatchingMonitor {
  private mutating func conclude(_ now: Moment) {
    let (all, failed) = window.outcomes
    last.recent = all
    last.successRate = all > 0 ? Ratio(Double(all - failed) / Double(all)) : nil
    last.successAtMost = all > 0 ? Ratio(Wilson.most(all - failed, of: all)) : nil
    last.fallen = slowing.fallen.map { Ratio($0) }
    last.lacks = nil
    guard let current else {
      last.headline = "\(last.batches) batches, none of them told by itself"
      return
    }
    let silence = lastBatch.map { now.seconds(since: $0) } ?? 0
    last.severity = .ok
    if let success = last.successAtMost, success.value < settings.successRateWarning {
      last.severity = .warning
      last.headline = "\(failed) of the last \(all) batches failed"
    } else if silence > BatchWindow.throughputSpan {
      last.headline =
        "no batch for \(Printable(Units.span(seconds: (silence / 60).rounded(.down) * 60)))"
    } else if let fallen = last.fallen {
      last.severity = .info
      last.headline = "throughput fell by \(fallen.text) at the same size"
    } else if let suggested = last.suggested, suggested != current {
      last.headline =
        last.isTrial
        ? "size \(current): try \(suggested)" : "size \(current): \(suggested) is better"
    } else {
      last.headline =
        last.suggested == nil ? "size \(current)" : "size \(current) is the best known"
    }
  }

  /// Says why there is nothing to tell.
  private mutating func explain(_ sample: Sample) {
    let present: Why
    if let link = sample.link.value {
      present = .silent
      last.asked = link.batchSize
    } else if current != nil {
      present = .lost(sample.link.absence)
    } else {
      present = .unlinked(
        sample.link.absence, sample.target.value?.runtime ?? "",
        isThere: sample.target.value != nil)
    }
    guard present != why else { return }
    why = present
    switch present {
    case .silent: saySilent(runtime: sample.target.value?.runtime ?? "")
    case .lost(let absence): sayLost(absence)
    case .unlinked(let absence, let runtime, let isThere):
      sayUnlinked(absence, runtime: runtime, isThere: isThere)
    case .unknown, .reported: return
    }
  }

  /// It is linked, but runs no batches, or does not tell of them.
  private mutating func saySilent(runtime: Printable) {
    last = BatchingReading()
    last.severity = .stale
    last.lacks = "no batches reported: the target is linked, but has told of none yet"
    last.headline = last.lacks ?? ""
    last.advice = BatchingMonitor.advice(runtime: runtime)
    guard settings.isAdaptive else { return }
    last.suggested = settings.defaultSize
    last.reason = "nothing is known yet: batching.default_size to begin with"
  }

  private mutating func sayLost(_ absence: Absence?) {
    last.severity = .stale
    last.headline = "no batches any more: \(absence?.sentence ?? "the target is not linked")"
    last.suggested = nil
    last.gain = nil
    last.cost = ""
    last.reason = last.headline
    last.recent = 0
    last.successRate = nil
    last.successAtMost = nil
    last.fallen = nil
    last.memoryShare = nil
  }

  private mutating func sayUnlinked(_ absence: Absence?, runtime: Printable, isThere: Bool) {
    last = BatchingReading()
    last.severity = .stale
    guard isThere else {
      last.lacks = "no batches reported: no process is watched"
      last.headline = "no batches reported: no process is watched"
      return
    }
    let reason = absence?.sentence ?? "the target is not linked"
    // Who is linked already need not be told how that is done.
    let isLinked = reason.text.hasPrefix("linked")
    let advice: Printable = isLinked ? "" : ", see perftop(1) LINKING"
    last.lacks = "no batches reported: \(reason)\(advice)"
    last.headline = last.lacks ?? ""
    last.advice = isLinked ? [] : BatchingMonitor.advice(runtime: runtime)
  }

  /// Batches exist only inside the program, so every road to them begins with the program's own words.
  private static func advice(runtime: Printable) -> [Printable] {
    let common: Printable =
      "a linked program reports each batch: size, items, seconds, memory, success"
    switch runtime.text {
    case "python":
      return [
        common,
        "Python: link = perftop_link.start(\"name\") once,",
        "then link.batch(size=, items=, seconds=, memory_mb=, ok=) after each",
      ]
    case "jvm", "node", "ros":
      return [common, "\(runtime): one JSON object a line on the target's own socket"]
    default:
      return [common, "Swift: import Monitors; others: one JSON object a line on a socket"]
    }
  }
}

extension UniLog {
  /// What is known of sizes, in their order.
  fileprivate var table: [(size: Int, throughput: Double, count: Double, memory: Double?)] {
    arms.seen.compactMap { arm in
      guard let mean = arms.mean(arm), arms.count(arm) > 0.3 else { return nil }
      let size = arm == arms.cap ? Int(min(cap, 1e9)) : BatchGrid.sizes[arm]
      return (size, BatchAdvice.power(mean), arms.count(arm), memory.mean(arm))
    }.sorted { $0.size < $1.size }
  }
}
