/// What bottlenecks are told by, smoothed; what could not be read is `nil`, and tells of none.
struct BottleneckSigns: Sendable {
  /// Processors that the target takes.
  private(set) var taken = Smoothed()
  /// Share of one processor that its busiest thread takes.
  private(set) var thread = Smoothed()
  /// Share of the time in which it is kept waiting for a processor: the same figure as in the strip.
  private(set) var waits = Smoothed()
  /// Share of all processors that is busy.
  private(set) var busy = Smoothed()
  /// Stalls on the machine, as shares of time.
  private(set) var cpuStalls = Smoothed()
  private(set) var memoryStalls = Smoothed()
  private(set) var ioStalls = Smoothed()
  /// Share of the time in which it waits for storage in a way no signal ends.
  private(set) var blocked = Smoothed()
  private(set) var throttled = Smoothed()
  private(set) var faults = Smoothed()
  /// Share of its time spent collecting garbage.
  private(set) var collecting = Smoothed()
  /// Bytes a write call.
  private(set) var callSize = Smoothed()

  private var collected: (seconds: Double, at: Double)?
  private var calls: (count: UInt64, bytes: UInt64)?

  /// Takes one tick.
  mutating func update(_ input: Readings, over elapsed: Double) {
    let (vitals, target) = (input.vitals, input.target)
    let running = vitals.targetCPU.fresh?.value
    taken.update(running, over: elapsed)
    thread.update(BottleneckSigns.busiest(target, running), over: elapsed)
    waits.update(vitals.runDelay.fresh?.value, over: elapsed)
    busy.update(vitals.cpu.fresh?.value, over: elapsed)
    let system = input.sample.system
    cpuStalls.update(system.cpuPressure.fresh.map { $0.some10 / 100 }, over: elapsed)
    ioStalls.update(system.ioPressure.fresh.map { $0.some10 / 100 }, over: elapsed)
    let memory = target?.cgroup.fresh?.memoryPressure.fresh ?? system.memoryPressure.fresh
    memoryStalls.update(memory.map { $0.full10 / 100 }, over: elapsed)
    blocked.update(target.map { $0.isBlocked ? 1 : 0 }, over: elapsed)
    throttled.update(input.thermal.throttledNow.map { $0 ? 1 : 0 }, over: elapsed)
    faults.update(target == nil ? nil : input.memory.majorFaults, over: elapsed)
    takeCollections(input, over: elapsed)
    takeCalls(target, over: elapsed)
  }

  private static func busiest(_ target: TargetSample?, _ running: Double?) -> Double? {
    guard let target else { return nil }
    var most = target.root.busiestThread
    for child in target.children {
      if let share = child.busiestThread { most = max(most ?? 0, share) }
    }
    // Of a single thread it is the whole that counts.
    let isSingle = target.children.isEmpty && target.root.threads == 1
    return most ?? (isSingle ? running : nil)
  }

  private mutating func takeCollections(_ input: Readings, over elapsed: Double) {
    let now = input.sample.moment.seconds
    guard let seconds = input.memory.heap.fresh?.collectionSeconds.fresh else {
      collected = nil
      return collecting.update(nil, over: elapsed)
    }
    defer { collected = (seconds, now) }
    guard let before = collected, now > before.at, seconds >= before.seconds else { return }
    collecting.update((seconds - before.seconds) / (now - before.at), over: elapsed)
  }

  private mutating func takeCalls(_ target: TargetSample?, over elapsed: Double) {
    guard let io = target?.root.io.fresh else {
      calls = nil
      return
    }
    defer { calls = (io.writeCalls, io.writtenCharacters) }
    guard let before = calls, io.writeCalls > before.count, io.writtenCharacters >= before.bytes
    else { return }
    callSize.update(
      Double(io.writtenCharacters - before.bytes) / Double(io.writeCalls - before.count),
      over: elapsed)
  }
}

extension TargetSample {
  /// Whether one of its processes waits in a way no signal ends, as for a disk.
  var isBlocked: Bool { root.state == "D" || children.contains { $0.state == "D" } }
}
