/// Says how hard machine and target are pressed, from the kernel's own count of stalls where it keeps one.
///
/// A level has to hold for some seconds before it is told, and longer before it is taken back.
struct PressureWatch: Sendable {
  private var machineState = Settled()
  private var targetState = Settled()

  /// How hard the machine is pressed; `nil` where nothing could be read.
  var machine: Pressure? { machineState.pressure }
  /// How hard the target is pressed.
  var target: Pressure? { targetState.pressure }

  /// Takes one tick and says whether a level has changed.
  mutating func update(_ input: Readings) -> Bool {
    let seconds = input.sample.moment.seconds
    let before = (machine, target)
    machineState.update(PressureWatch.machine(input), at: seconds)
    targetState.update(PressureWatch.target(input), at: seconds)
    return before.0 != machine || before.1 != target
  }

  /// The target is another one, or gone.
  mutating func forgetTarget() { targetState = Settled() }

  /// One thing that presses: a place in the order of levels.
  struct Sign: Sendable {
    var step: Int
    var cause: Printable
  }

  /// A level that does not flap.
  private struct Settled: Sendable {
    private static let rises = 5.0
    private static let falls = 20.0
    private(set) var pressure: Pressure?
    private var waiting: (Pressure, since: Double)?
    private var last: Double?

    mutating func update(_ sign: Sign?, at seconds: Double) {
      guard let sign else { return }
      let found = Pressure(PressureLevel(rank: sign.step), cause: sign.step > 0 ? sign.cause : "")
      defer { last = seconds }
      // Nobody knows what was in a gap.
      let isGap = last.map { seconds < $0 || seconds - $0 > 60 } ?? true
      guard let now = pressure, !isGap else {
        pressure = found
        waiting = nil
        return
      }
      guard found.level != now.level else {
        waiting = nil
        return
      }
      let isRising = found.level > now.level
      // On the way up the least of what was seen counts, on the way down the most.
      var next = waiting ?? (found, seconds)
      let isSameWay = (next.0.level > now.level) == isRising
      if !isSameWay {
        next = (found, seconds)
      } else if isRising ? found.level < next.0.level : found.level > next.0.level {
        next.0 = found
      }
      waiting = next
      if seconds - next.since >= (isRising ? Settled.rises : Settled.falls) {
        pressure = next.0
        waiting = nil
      }
    }
  }
}

/// What is looked at. One who waits for a disk waits all the time, and is no trouble by itself: storage alone is never
/// more than moderate; processors that are all busy are never critical.
extension PressureWatch {
  private static let memoryStalls = [1.0, 5, 15, 40]
  private static let memoryStandstill = [0.5, 2, 10, 30]
  private static let processorStalls = [25.0, 50, 80]
  private static let storageStalls = [20.0, 60]
  private static let busy = [0.75, 0.9, 0.98]
  private static let used = [0.8, 0.9, 0.95, 0.98]
  private static let waits = [0.2, 0.4, 0.6]
  private static let stalled = [3.0, 10]
  private static let leastWork = 0.2

  static func machine(_ input: Readings) -> Sign? {
    let system = input.sample.system
    let memory =
      system.memoryPressure.fresh.map(memorySign)
      ?? input.vitals.memory.fresh.map { sign($0.value, used, "memory") }
    let processors =
      system.cpuPressure.fresh.map { sign($0.some10, processorStalls, "processor stalls") }
      ?? input.vitals.cpu.fresh.map { sign($0.value, busy, "processors") }
    let storage =
      system.ioPressure.fresh.map { sign($0.some10, storageStalls, "storage stalls") }
      ?? waiting(input)
    return worst([memory, processors, storage])
  }

  static func target(_ input: Readings) -> Sign? {
    guard let target = input.target else { return nil }
    let memory =
      target.cgroup.fresh?.memoryPressure.fresh.map(memorySign)
      ?? input.memory.used.map { sign($0.value, used, "memory") }
    return worst([memory, processors(input), waiting(input)])
  }

  private static func memorySign(_ pressure: PressureSample) -> Sign {
    let some = sign(pressure.some10, memoryStalls, "memory stalls")
    let full = sign(pressure.full10, memoryStandstill, "memory stalls")
    return some.step >= full.step ? some : full
  }

  /// What it waits for a processor, as a share of the time in which it wants one.
  private static func processors(_ input: Readings) -> Sign? {
    guard let running = input.vitals.targetCPU.fresh?.value,
      let waiting = input.vitals.runDelay.fresh?.value
    else { return nil }
    let wanted = running + waiting
    guard wanted >= leastWork else { return Sign(step: 0, cause: "") }
    return sign(waiting / wanted, waits, "waiting for processors")
  }

  private static func waiting(_ input: Readings) -> Sign? {
    guard input.target != nil, input.storage.unseen == nil else { return nil }
    return sign(input.storage.stall?.seconds ?? 0, stalled, "waiting for storage")
  }

  private static func sign(_ value: Double, _ steps: [Double], _ cause: Printable) -> Sign {
    Sign(step: PressureLevel.step(value, steps), cause: cause)
  }

  private static func worst(_ signs: [Sign?]) -> Sign? {
    signs.compactMap(\.self).max { $0.step < $1.step }
  }
}
