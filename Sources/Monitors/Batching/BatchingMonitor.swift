/// Says what is known of the target's batches: only the target itself can tell, once it is linked.
public struct BatchingMonitor: Monitor {
  /// Its word.
  public static var word: Word { .batching }

  private var history = Series()
  private var runtime: Printable?
  private var last = BatchingReading()

  /// Starts without a history.
  public init(_ settings: BatchingConfig) {}

  /// Nothing depends on them while no program tells of its batches.
  public mutating func configure(_ settings: BatchingConfig) {}

  /// Takes one sample in.
  public mutating func judge(_ sample: Sample) -> BatchingReading {
    history.append(nil)
    let present = sample.target.value?.runtime ?? ""
    if present != runtime {
      runtime = present
      last = BatchingMonitor.unlinked(runtime: present, isThere: sample.target.value != nil)
    }
    last.history = history
    return last
  }

  private static func unlinked(runtime: Printable, isThere: Bool) -> BatchingReading {
    var reading = BatchingReading()
    reading.severity = .stale
    guard isThere else {
      reading.lacks = "no batches reported: no process is watched"
      reading.headline = "no batches reported: no process is watched"
      return reading
    }
    let lacks: Printable =
      "no batches reported: the target is not linked, see perftop(1) LINKING"
    reading.lacks = lacks
    reading.headline = lacks
    reading.advice = advice(runtime: runtime)
    return reading
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
