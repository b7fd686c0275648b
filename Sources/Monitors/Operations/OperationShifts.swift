/// Watches how long one operation takes, and how many get done in a second while it is under way.
struct OperationShifts: Sendable {
  private struct Totals {
    var count: UInt64
    var seconds: Double
    var items: Double

    init(_ sample: OperationSample) {
      (count, seconds, items) = (sample.count, sample.seconds, sample.items)
    }
  }

  private var latency = ShiftWatch()
  private var throughput = ShiftWatch()
  /// As of the last value that was made.
  private var base: Totals?
  private var newest: UInt64 = 0
  private var last: Moment?
  /// Seconds since the last value in which something was under way.
  private var busy = 0.0
  /// Seconds of which it is not known yet whether they are a pause.
  private var open = 0.0
  private var countsItems = false

  /// A value is made of a second at least, however often one looks.
  private static let shortest = 0.9
  /// Nothing for as long is a pause, which counts for nothing.
  private static let pause = 3.0
  private static let longestGap = 30.0

  /// Takes one sample in.
  mutating func update(_ sample: OperationSample, at moment: Moment) {
    let now = Totals(sample)
    guard let base, let last, now.count >= newest, now.seconds >= base.seconds else {
      self = OperationShifts()
      begin(now, at: moment)
      return
    }
    let elapsed = moment.seconds(since: last)
    guard elapsed >= 0, elapsed <= OperationShifts.longestGap else { return begin(now, at: moment) }
    pass(elapsed, isBusy: sample.active > 0 || now.count > newest)
    newest = now.count
    self.last = moment
    guard now.count > base.count, busy >= OperationShifts.shortest else { return }
    add(now, since: base, at: moment.seconds)
    begin(now, at: moment)
  }

  private mutating func begin(_ now: Totals, at moment: Moment) {
    base = now
    newest = now.count
    last = moment
    (busy, open) = (0, 0)
  }

  /// What is short of a pause belongs to the work, as news may come a little late.
  private mutating func pass(_ elapsed: Double, isBusy: Bool) {
    open += elapsed
    if isBusy {
      busy += open
      open = 0
    } else if open > OperationShifts.pause {
      open = 0
    }
  }

  private mutating func add(_ now: Totals, since base: Totals, at seconds: Double) {
    let ended = Double(now.count - base.count)
    let items = now.items - base.items
    if items > 0, !countsItems {
      countsItems = true
      throughput.forget()
    }
    latency.update((now.seconds - base.seconds) / ended, at: seconds)
    throughput.update((countsItems ? max(0, items) : ended) / busy, at: seconds)
  }

  /// What has changed and stands.
  func regressions(of operation: Printable, at now: Moment) -> [OperationRegression] {
    [(OperationRegression.Aspect.latency, latency), (.throughput, throughput)].compactMap {
      aspect, watch in
      watch.standing.map { standing in
        OperationRegression(
          operation: operation, aspect: aspect, since: now.earlier(at: standing.since),
          told: now.earlier(at: standing.told), change: standing, countsItems: countsItems)
      }
    }
  }
}
