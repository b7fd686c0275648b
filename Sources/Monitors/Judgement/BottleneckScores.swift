/// How much each resource holds the target back, 0 to 100, each by what shows it best. A worse sign never scores less.
struct BottleneckScores: Sendable {
  let input: Readings
  let signs: BottleneckSigns
  let trends: [Trend]
  let pile: QueueWatch.Pile?

  /// The strongest of each kind; those of which nothing can be read are left out.
  var all: [Bottleneck] {
    [cpu, memory, storage, thermal, latency, throughput, queue, system].compactMap { signs in
      signs.max { $0.score < $1.score }
    }
  }

  private var processors: Double { Double(max(1, input.sample.system.processors)) }

  /// The target's part of what all processors do.
  private var portion: Double? {
    guard let taken = signs.taken.value, let busy = signs.busy.value, busy > 0 else { return nil }
    return min(1, taken / max(taken, busy * processors))
  }

  private var cpu: [Bottleneck] {
    var found: [Bottleneck] = []
    if let share = signs.thread.value {
      let evidence = Bottleneck.Evidence.thread(share, processors: Int(processors))
      found.append(Bottleneck(.cpu, 80 * share.ramp(0.75, 0.97), evidence))
    }
    if let taken = signs.taken.value {
      let share = taken / processors
      found.append(Bottleneck(.cpu, 90 * share.ramp(0.7, 0.95), .processors(share)))
      if let limit = input.target?.cgroup.fresh?.cpuLimit, limit > 0 {
        found.append(Bottleneck(.cpu, 90 * (taken / limit).ramp(0.8, 0.98), .quota(taken / limit)))
      }
    }
    if let stalls = signs.cpuStalls.value, let portion {
      let score = 100 * min(1, stalls / 0.4) * portion.ramp(0.2, 0.8)
      found.append(Bottleneck(.cpu, score, .stalls(of: "a processor", stalls)))
    }
    return found
  }

  private var memory: [Bottleneck] {
    var found: [Bottleneck] = []
    if let stalls = signs.memoryStalls.value {
      found.append(
        Bottleneck(.memory, 100 * min(1, stalls / 0.15), .stalls(of: "memory", stalls)))
    }
    if let used = input.memory.used?.value, input.target != nil {
      found.append(Bottleneck(.memory, 70 * used.ramp(0.85, 1), .room(used)))
    }
    if let faults = signs.faults.value {
      found.append(Bottleneck(.memory, 80 * faults.ramp(20, 500), .faults(faults)))
    }
    if let share = signs.collecting.value {
      found.append(Bottleneck(.memory, 90 * share.ramp(0.05, 0.4), .collecting(share)))
    }
    return found
  }

  /// What the machine's tasks wait for counts where the target reads or writes.
  private var storage: [Bottleneck] {
    var found: [Bottleneck] = []
    if let share = signs.blocked.value {
      found.append(Bottleneck(.storage, 100 * share.ramp(0, 0.5), .waiting(share)))
    }
    if let stall = input.storage.stall {
      found.append(Bottleneck(.storage, 95 * stall.seconds.ramp(0, 5), .stalled(stall.seconds)))
    }
    if let stalls = signs.ioStalls.value, let moved {
      let score = 100 * min(1, stalls / 0.4) * moved.ramp(50_000, 1e6)
      found.append(Bottleneck(.storage, score, .stalls(of: "storage", stalls)))
    }
    return found
  }

  private var moved: Double? {
    guard let written = input.storage.writeRate.fresh, let read = input.storage.readRate.fresh
    else { return nil }
    return written.value + read.value
  }

  private var thermal: [Bottleneck] {
    guard let share = signs.throttled.value else { return [] }
    let cause = input.thermal.slowedBy
    return [Bottleneck(.thermal, 85 * share, .throttled(share, by: cause))]
  }

  private func trend(_ value: TrendedValue) -> Trend? { trends.first { $0.value == value } }

  private var latency: [Bottleneck] {
    guard let trend = trend(.latency), trend.direction != .unknown else { return [] }
    let growth = trend.direction == .rising ? trend.share ?? 0 : 0
    return [Bottleneck(.latency, 90 * growth.ramp(0.05, 0.6), .slower(growth))]
  }

  private var throughput: [Bottleneck] {
    var found: [Bottleneck] = []
    if input.batching.throughput != nil {
      let fallen = input.batching.fallen?.value ?? 0
      found.append(Bottleneck(.throughput, 90 * fallen.ramp(0.05, 0.5), .fallen(fallen)))
    }
    for part in input.quality.components {
      guard let share = part.efficiency?.value else { continue }
      found.append(
        Bottleneck(
          .throughput, 90 * (1 - share).ramp(0.1, 0.6), .frames(share), component: part.name))
    }
    return found
  }

  private var queue: [Bottleneck] {
    guard let components = input.sample.link.fresh?.components,
      components.contains(where: { $0.queue != nil })
    else { return [] }
    guard let pile else { return [Bottleneck(.queue, 0, .queue(0, before: 0))] }
    return [
      Bottleneck(
        .queue, 100 * pile.growth.ramp(0.05, 0.5), .queue(pile.now, before: pile.before),
        component: pile.name)
    ]
  }

  private static let leastUse = 0.05
  /// What waits as long wants a processor, however little it gets of one.
  private static let longWait = 0.5

  /// What others do to it: however busy they are, only what it is kept waiting itself holds it back.
  private var system: [Bottleneck] {
    guard let busy = signs.busy.value, let taken = signs.taken.value, let waits = signs.waits.value,
      let portion
    else { return [] }
    let others = max(0, busy * processors * (1 - portion))
    let evidence = Bottleneck.Evidence.others(others, waits: waits)
    let isAtWork = taken >= BottleneckScores.leastUse || waits >= BottleneckScores.longWait
    let score = 90 * waits.ramp(0.15, 0.6) * (1 - portion).ramp(0.2, 0.8)
    return [Bottleneck(.system, isAtWork ? score : 0, evidence)]
  }
}
