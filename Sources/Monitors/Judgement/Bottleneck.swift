/// What holds the target back, or would first.
public struct Bottleneck: Sendable, Equatable {
  /// What of.
  public enum Kind: String, Sendable, CaseIterable {
    case cpu, memory, latency, throughput, queue, storage, thermal, system

    /// `CPU`, `memory`, …
    public var title: Printable {
      switch self {
      case .cpu: "CPU"
      case .queue: "queue depth"
      default: Printable(rawValue)
      }
    }
  }

  /// What shows it.
  public enum Evidence: Sendable, Equatable {
    /// One thread takes so much of one processor.
    case thread(Double, processors: Int)
    /// All of it take so much of the limit of its group.
    case quota(Double)
    /// It takes so much of all processors.
    case processors(Double)
    /// Some task waits for this, a share of the time.
    case stalls(of: Printable, Double)
    /// So much of its limit is used.
    case room(Double)
    /// Pages are read back from disk, so many a second.
    case faults(Double)
    /// It spends this share of its time collecting garbage.
    case collecting(Double)
    /// It waits for storage, a share of the time.
    case waiting(Double)
    /// Nothing has moved for so many seconds.
    case stalled(Double)
    /// The machine is slowed down, a share of the time.
    case throttled(Double, by: Printable)
    /// Operations take this share longer than at the beginning of the window.
    case slower(Double)
    /// Batches get this share less done.
    case fallen(Double)
    /// A part makes this share of its frames.
    case frames(Double)
    /// So much waits, and so much did.
    case queue(Double, before: Double)
    /// Others take so many processors, and it is kept waiting for one this share of the time.
    case others(Double, waits: Double?)
  }

  /// What of.
  public var kind: Kind
  /// Which part of the program; empty for all of it, or for the machine.
  public var component: Printable
  /// How much it holds it back, 0 to 100.
  public var score: Double
  /// How sure that is, 0 to 1: it grows with time, and with the distance to the next.
  public var confidence = 0.0
  /// Whether it is the one that matters: well before all others.
  public var isMain = false
  /// What shows it.
  public var evidence: Evidence
  /// What to do about it, what helps soonest first.
  public var advice: [Advice] = []

  /// Makes one of which nobody is sure yet.
  public init(_ kind: Kind, _ score: Double, _ evidence: Evidence, component: Printable = "") {
    self.kind = kind
    self.score = min(100, max(0, score))
    self.evidence = evidence
    self.component = component
  }

  private static let grave = 75.0

  /// It is no fault to work as hard as one can: worth a warning only where hardly anything gets done.
  public var severity: Severity { score >= Bottleneck.grave ? .warning : .info }
}

extension Bottleneck.Evidence {
  /// One line.
  public var words: Printable {
    switch self {
    case .thread(let share, let processors):
      "one thread takes \(percent(share)) of a processor, of \(processors)"
    case .quota(let share): "it takes \(percent(share)) of the processors its group may use"
    case .processors(let share): "it takes \(percent(share)) of all processors"
    case .stalls(let what, let share): "tasks wait for \(what) \(percent(share)) of the time"
    case .room(let share): "\(percent(share)) of its memory limit is used"
    case .faults(let perSecond):
      "\(Units.fixed(perSecond, digits: 0)) pages a second are read back from disk"
    case .collecting(let share): "it spends \(percent(share)) of its time collecting garbage"
    case .waiting(let share): "it waits for storage \(percent(share)) of the time"
    case .stalled(let seconds): "nothing has moved for \(Units.span(seconds: seconds))"
    case .throttled(let share, let cause):
      "the machine is slowed down \(percent(share)) of the time\(cause.isEmpty ? "" : ": \(cause)")"
    case .slower(let share): "operations take \(percent(share)) longer than before (p95)"
    case .fallen(let share): "batches get \(percent(share)) less done at the same size"
    case .frames(let share): "it makes \(percent(share)) of the frames it made at best"
    case .queue(let now, let before):
      "\(Units.fixed(now, digits: 0)) wait, \(Units.fixed(before, digits: 0)) did before"
    case .others(let processors, let waits):
      others(processors, waits)
    }
  }

  private func others(_ processors: Double, _ waits: Double?) -> Printable {
    let taken = Units.fixed(processors, digits: 1)
    guard let waits, waits >= 0.01 else { return "other programs take \(taken) processors" }
    return
      "other programs take \(taken) processors, and it is kept waiting for a processor \(percent(waits)) of its time"
  }

  private func percent(_ share: Double) -> String { Units.fixed(share * 100, digits: 0) + " %" }
}
