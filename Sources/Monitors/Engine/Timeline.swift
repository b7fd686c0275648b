/// Turns what happens into marks on the time axis of the graphs; keeps the newest.
struct Timeline: Sendable {
  private(set) var marks: [Mark] = []
  private(set) var times = SampleTimes()
  private var known: (generation: Int, pid: Int32, startTicks: UInt64)?
  private var level: QualityLevel?
  /// The newest orders that have their mark; what is said of them later needs no second one.
  private var marked: [UInt64] = []
  private var isLevelLinked = false
  private var last: (at: Moment, interval: Double)?
  /// Seconds between the last two samples.
  var interval: Double { last?.interval ?? 1 }
  private static let kept = 64
  private static let clockJump = 2.0

  mutating func note(_ observation: Observation, quality: QualityReading, interval: Double) {
    let sample = observation.sample
    noteTime(sample, interval: interval)
    times.note(sample.place, at: sample.moment, interval: interval)
    if let target = sample.target.value {
      if let known, known.generation != target.generation {
        let isTakenOver = (known.pid, known.startTicks) == (target.pid, target.root.startTicks)
        let end = target.previousEnd.map { ": the last one \($0)" } ?? ""
        add(.restart, sample, isTakenOver ? "became \(target.name) by exec" : "restarted\(end)")
      }
      known = (target.generation, target.pid, target.root.startTicks)
    }
    noteQuality(quality, sample)
  }

  /// Of a target that obeys what it did, of another what it should do.
  private mutating func noteQuality(_ quality: QualityReading, _ sample: Sample) {
    let isLinked = quality.level != nil
    let present = quality.level ?? quality.suggested
    if let before = level, let present, before != present, isLinked == isLevelLinked {
      let end = isLinked ? "" : " called for"
      add(.quality, sample, "quality: \(before.title) → \(present.title)\(end)")
    }
    if present != nil { isLevelLinked = isLinked }
    level = present ?? level
  }

  private mutating func noteTime(_ sample: Sample, interval: Double) {
    defer { last = (sample.moment, interval) }
    guard let last else { return }
    let elapsed = sample.moment.seconds(since: last.at)
    let labelled = (Double(sample.moment.wall) - Double(last.at.wall)) / 1e9
    // After a change of pace the wait that was begun is still one of the old kind.
    if elapsed > 5 * max(interval, last.interval) + 1 {
      add(.gap, sample, "no samples for \(Units.span(seconds: elapsed))")
    } else if abs(labelled - elapsed) > Timeline.clockJump {
      add(.clock, sample, "the clock was set by \(Units.fixed(labelled - elapsed, digits: 0)) s")
    }
  }

  mutating func note(_ transition: AlertTransition, at sample: Sample) {
    switch transition.kind {
    case .fired, .reopened, .escalated: add(.alert, sample, transition.alert.message)
    case .acknowledged, .shelved, .undone, .noted: add(.action, sample, transition.line)
    case .repeated, .resolved, .ended: return
    }
  }

  /// What reached the target is marked once; a refusal changed nothing.
  mutating func note(_ receipt: Receipt, at sample: Sample) -> Bool {
    // What pressure changes is the level, and that has its mark.
    guard receipt.order != 0, receipt.order < Order.firstAutomatic, receipt.road != nil,
      !marked.contains(receipt.order)
    else { return false }
    marked.append(receipt.order)
    if marked.count > Timeline.kept { marked.removeFirst() }
    add(.action, sample, receipt.outcome)
    return true
  }

  /// What somebody else did to the target; changes of the level have their mark already.
  mutating func noteOther(_ receipt: Receipt, at sample: Sample) {
    guard !receipt.action.text.hasPrefix("quality") else { return }
    let end: Printable = receipt.who.isEmpty ? "" : ", by \(receipt.who)"
    add(.action, sample, "\(receipt.outcome)\(end)")
  }

  private mutating func add(_ kind: Mark.Kind, _ sample: Sample, _ label: Printable) {
    marks.append(Mark(kind, place: sample.place, at: sample.moment, label: label))
    if marks.count > Timeline.kept { marks.removeFirst() }
  }
}
