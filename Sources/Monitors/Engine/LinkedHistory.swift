/// What was done to a linked target by others than this perftop, as receipts: what it tells itself, and changes of its
/// level that nobody told of, which are its own.
struct LinkedHistory: Sendable {
  private struct Change {
    var from: Printable
    var to: Printable
    var isManual: Bool
    var at: Moment
  }

  /// For so long it may take until it is told who has changed the level.
  private static let telling = 3.0

  private var process: ProcessKey?
  private var level: Printable?
  private var change: Change?
  private var explainedAt: Moment?
  private var next = Order.firstTold

  /// Takes one sample in; `ownChange` is when this perftop itself changed the level last.
  mutating func receipts(_ sample: Sample, ownChange: Moment?) -> [Receipt] {
    guard let link = sample.link.value else { return [] }
    let now = sample.moment
    let key = sample.target.value.map {
      ProcessKey(pid: $0.root.pid, startTicks: $0.root.startTicks)
    }
    if key != process {
      process = key
      (level, change, explainedAt) = (nil, nil, nil)
    }
    if link.events.contains(where: { $0.action.text == "quality" }) { explainedAt = now }
    if let ownChange { explainedAt = max(ownChange, explainedAt ?? ownChange) }
    let told = link.events.filter { !$0.isOwn }.map { receipt($0, now) }
    follow(link.quality, at: now)
    return told + [ownDoing(now)].compactMap(\.self)
  }

  private mutating func number() -> UInt64 {
    defer { next = next == Order.firstAutomatic - 1 ? Order.firstTold : next + 1 }
    return next
  }

  /// The program's clock may be another one: nothing was done after it was told.
  private mutating func receipt(_ event: LinkEventSample, _ now: Moment) -> Receipt {
    let wall = Double(now.wall) / 1e9
    let age = event.at.isFinite ? min(max(0, wall - event.at), 1e9) : 0
    let nanoseconds = Int64(age * 1e9)
    let at = Moment(
      nanoseconds: now.nanoseconds - nanoseconds, wall: now.wall - nanoseconds,
      sequence: now.sequence)
    let words = event.outcome.isEmpty ? "done, it says" : event.outcome
    var receipt = Receipt(at: at, who: event.who, outcome: words)
    receipt.order = number()
    receipt.action = event.action
    receipt.road = "link"
    return receipt
  }

  private mutating func follow(_ quality: LinkedQualitySample?, at now: Moment) {
    guard let quality else { return level = nil }
    if let before = level, before != quality.level {
      change = Change(
        from: change?.from ?? before, to: quality.level, isManual: quality.isManual, at: now)
    }
    level = quality.level
  }

  /// A change that nobody has told of in all that time.
  private mutating func ownDoing(_ now: Moment) -> Receipt? {
    guard let change else { return nil }
    let explained = explainedAt.map { abs($0.seconds(since: change.at)) <= LinkedHistory.telling }
    if explained == true || change.from == change.to {
      self.change = nil
      return nil
    }
    guard now.seconds(since: change.at) > LinkedHistory.telling else { return nil }
    self.change = nil
    var receipt = Receipt(
      at: change.at, who: "the program",
      outcome: "quality \(change.from) → \(change.to), by the program itself")
    receipt.order = number()
    receipt.action = "quality=\(change.to)"
    receipt.road = "link"
    return receipt
  }
}
