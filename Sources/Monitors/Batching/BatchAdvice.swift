/// Which size is suggested and why, in words.
struct BatchAdvice: Sendable, Equatable {
  /// The current size where that is as good as any that is known.
  var suggested: Int
  var isTrial = false
  var reason: Printable = ""
  var gain: Ratio?
  var cost: Printable = ""

  /// What is left of memory beside batches, and of how much.
  struct Room: Sendable, Equatable {
    var limit: Double
    var others: Double
  }

  private let search: UniLog
  private let current: Int
  private let room: Room?

  static func == (a: BatchAdvice, b: BatchAdvice) -> Bool {
    a.suggested == b.suggested && a.reason == b.reason && a.gain == b.gain && a.cost == b.cost
  }

  /// Judges the search as it stands, for a program that runs `current`.
  init(_ search: UniLog, current: Int, room: Room?) {
    self.search = search
    self.current = current
    self.room = room
    suggested = search.isStarting ? search.next : search.suggestion
    let nearest = search.arms.nearest(Double(current))
    if search.arms.nearest(Double(suggested)) == nearest, search.bounds.contains(current),
      Double(current) <= search.cap
    {
      suggested = current
    }
    isTrial =
      suggested != current && search.arms.count(search.arms.nearest(Double(suggested))) < 1
    gain = expectedGain
    reason = words
    cost = costWords
  }

  private func known(_ size: Int) -> Double? {
    search.arms.mean(search.arms.nearest(Double(size))).map { $0.exponential }
  }

  /// What was measured; where a size was never run, a base cost and a cost for each item through the two sizes next to it.
  private var expectedGain: Ratio? {
    guard suggested != current, let now = known(current), now > 0 else { return nil }
    if let then = known(suggested) { return Ratio(then / now - 1) }
    let sizes = search.arms.seen.filter { $0 != search.arms.cap }
      .map { BatchGrid.sizes[$0] }
      .sorted { abs($0 - suggested) < abs($1 - suggested) }
    guard sizes.count >= 2, let near = known(sizes[0]), let far = known(sizes[1]) else {
      return nil
    }
    let (a, b) = (Double(sizes[0]), Double(sizes[1]))
    let each = (a / near - b / far) / (a - b)
    let base = a / near - each * a
    guard each > 0, base > 0 else { return nil }
    let wanted = Double(suggested)
    return Ratio(wanted / (base + each * wanted) / now - 1)
  }

  private var words: Printable {
    if Double(current) > search.cap, suggested < current, let words = memoryWords(current) {
      return "\(words): \(suggested) is safe"
    }
    if let failing = failingWords, suggested < current { return failing }
    if current > search.bounds.upperBound {
      return "larger than the \(search.bounds.upperBound) that batching.max_size allows"
    }
    if suggested == current { return settledWords }
    let change = gain.map { BatchAdvice.signed($0) }
    if isTrial { return trialWords(change) }
    let why: Printable =
      suggested > current ? "throughput rises with size" : "smaller batches get as much done"
    guard let gain, let change else { return "\(current) → \(suggested): \(why)" }
    if gain.value < 0.005, suggested < current {
      return "\(current) → \(suggested): as fast within 3 %, and needs less"
    }
    let slower: Printable = suggested < current ? "throughput falls with size" : why
    return "\(slower): \(current) → \(suggested) gives \(change)"
  }

  private func trialWords(_ change: Printable?) -> Printable {
    if let change, suggested > current {
      return "throughput still rises with size: \(current) → \(suggested) may give \(change)"
    }
    let direction: Printable = suggested > current ? "larger" : "smaller"
    return "not tried yet: \(suggested) shows whether \(direction) batches get more done"
  }

  /// What keeps the best size from being a larger one.
  private var settledWords: Printable {
    let next = Int(min(Double(current) * 2, 1e9))
    if search.isCapped, Double(next) > search.cap, let words = memoryWords(next) { return words }
    if let failingWords { return failingWords }
    if current >= search.bounds.upperBound {
      return "the largest size that batching.max_size allows"
    }
    let others = search.arms.seen.filter { BatchAdvice.isOther($0, than: current, search) }
    guard let now = known(current), !others.isEmpty else { return "no other size was run lately" }
    let best = others.compactMap { search.arms.mean($0) }.max().map { $0.exponential } ?? now
    let words = BatchAdvice.signed(Ratio(best / now - 1))
    return "best of \(others.count + 1) sizes: the next best gives \(words)"
  }

  private static func isOther(_ arm: Int, than size: Int, _ search: UniLog) -> Bool {
    arm != search.arms.nearest(Double(size)) && search.arms.count(arm) > 0.3
  }

  private var failingWords: Printable? {
    guard let ceiling = search.successes.ceiling,
      let share = search.successes.failing(from: ceiling)
    else { return nil }
    return "\(Ratio(share).text) of batches fail from \(BatchGrid.sizes[ceiling]) on"
  }

  private func memoryWords(_ size: Int) -> Printable? {
    guard let room, search.memory.isKnown else { return nil }
    let need = search.memory.need(Double(size)) + room.others
    guard need.isFinite, need < 1e18 else { return nil }
    return
      "memory: \(size) would need \(Bytes(Int64(need)).text) of \(Bytes(Int64(min(room.limit, 1e18))).text)"
  }

  private var costWords: Printable {
    guard suggested != current else { return "" }
    var parts: [String] = []
    if search.memory.isKnown {
      let (now, then) = (search.memory.need(Double(current)), search.memory.need(Double(suggested)))
      if then < 1e18, now < 1e18 {
        parts.append("\(Bytes(Int64(now)).text) → \(Bytes(Int64(then)).text) a batch")
      }
    }
    if let gain, gain.value > -0.9 {
      let longer = Double(suggested) / Double(max(1, current)) / (1 + gain.value)
      parts.append("each takes \(Units.fixed(longer, digits: 1)) times as long")
    }
    return Printable(parts.joined(separator: ", "))
  }

  /// What was a logarithm.
  static func power(_ exponent: Double) -> Double { exponent.exponential }

  /// `+18 %`
  static func signed(_ change: Ratio) -> Printable {
    let percent = Units.fixed(change.percent, digits: 0)
    return Printable((percent.hasPrefix("-") || percent == "0" ? "" : "+") + percent + " %")
  }
}
