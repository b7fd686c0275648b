/// What presses on the machine and on the target, each as a share of what there is: 1 is all of it.
///
/// 0.85 means the same everywhere: the point from which a controller gives way.
struct PressureTerms: Sendable {
  /// Stalls above this share of time count as all: a processor queue is normal long before memory
  /// stalls are, and a single writer that waits for its disk alone is no trouble at all.
  private static let cpuStalls = 60.0
  private static let memoryStalls = 20.0
  private static let ioStalls = 100.0
  private static let most = 2.0
  private static let ambient = 25.0

  private var machine = ProcessorShare()
  private var target: ProcessorUse
  /// The limit where a sensor names none itself, in °C.
  var warningCelsius: Double

  init(warningCelsius: Double, ticksPerSecond: Double) {
    self.warningCelsius = warningCelsius
    target = ProcessorUse(ticksPerSecond: ticksPerSecond)
  }

  /// All seven, greatest first, those that can't be read last.
  mutating func update(_ sample: Sample) -> [PressureTerm] {
    let system = sample.system
    let running = target.update(sample.target, at: sample.moment).running
    var terms = [
      PressureTerm(
        name: "cpu", value: machine.update(system, at: sample.moment).map { $0.value }),
      PressureTerm(name: "memory", value: memory(sample)),
      PressureTerm(name: "temperature", value: temperature(sample.thermal)),
      PressureTerm(
        name: "cpu stalls", value: stalls(system.cpuPressure, PressureTerms.cpuStalls)),
      PressureTerm(
        name: "memory stalls", value: stalls(system.memoryPressure, PressureTerms.memoryStalls)),
      PressureTerm(name: "io stalls", value: stalls(system.ioPressure, PressureTerms.ioStalls)),
      PressureTerm(name: "target cpu", value: limited(running, sample.target)),
    ]
    for index in terms.indices { terms[index].value = bounded(terms[index].value) }
    terms.sort { ($0.value.value ?? -1) > ($1.value.value ?? -1) }
    return terms
  }

  /// The tighter of the target's control group and the machine.
  private func memory(_ sample: Sample) -> Measured<Double> {
    let machine = sample.system.memoryUsed.map { $0.value }
    guard let group = sample.target.value?.cgroup.value, let limit = group.memoryLimit,
      limit > .zero, let used = group.workingSet.value ?? group.memoryUsed.value
    else { return machine }
    let share = Double(used.count) / Double(limit.count)
    return share > (machine.value ?? 0) ? .fresh(share) : machine
  }

  /// How much of the way from a cool room to the limit is gone: 0.85 at the limit.
  private func temperature(_ sample: ThermalSample) -> Measured<Double> {
    guard let sensors = sample.sensors.value else {
      return .missing(sample.sensors.absence ?? .notYet)
    }
    var worst: Double?
    for sensor in sensors {
      guard case .fresh(let celsius) = sensor.celsius else { continue }
      let limit = sensor.passiveLimit?.degrees ?? warningCelsius
      guard limit > PressureTerms.ambient + 10 else { continue }
      let way = (celsius.degrees - PressureTerms.ambient) / (limit - PressureTerms.ambient)
      worst = max(worst ?? 0, 0.85 * way)
    }
    return worst.map(Measured.fresh) ?? .missing(.notSupported)
  }

  private func stalls(_ pressure: Measured<PressureSample>, _ all: Double) -> Measured<Double> {
    pressure.map { $0.some10 / all }
  }

  /// The target against its own processor limit.
  private func limited(
    _ running: Measured<Ratio>, _ target: Measured<TargetSample>
  ) -> Measured<Double> {
    guard let target = target.value else { return .missing(target.absence ?? .notYet) }
    guard let group = target.cgroup.value else {
      return .missing(target.cgroup.absence ?? .notYet)
    }
    guard let limit = group.cpuLimit, limit > 0 else {
      return .missing(.because("no processor limit is set"))
    }
    return running.map { $0.value / limit }
  }

  private func bounded(_ value: Measured<Double>) -> Measured<Double> {
    guard let number = value.value else { return value }
    guard number.isFinite else { return .missing(.malformed) }
    return value.map { min(PressureTerms.most, max(0, $0)) }
  }
}
