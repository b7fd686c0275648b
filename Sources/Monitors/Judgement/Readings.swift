/// What was measured in one tick, and what each monitor made of it.
public struct Readings: Sendable {
  /// What was measured.
  public var sample: Sample
  /// Seconds between samples, as they are meant to come.
  public var interval: Double
  /// The strip.
  public var vitals: Vitals
  /// The reading of that word.
  public var memory: MemoryReading
  /// The reading of that word.
  public var storage: StorageReading
  /// The reading of that word.
  public var batching: BatchingReading
  /// The reading of that word.
  public var quality: QualityReading
  /// The reading of that word.
  public var thermal: ThermalReading
  /// What the target's operations cost, where it is linked.
  public var operations: OperationsReading

  /// Brings them together; what is left out knows nothing.
  public init(
    sample: Sample, interval: Double, vitals: Vitals = Vitals(),
    memory: MemoryReading = MemoryReading(), storage: StorageReading = StorageReading(),
    batching: BatchingReading = BatchingReading(), quality: QualityReading = QualityReading(),
    thermal: ThermalReading = ThermalReading(), operations: OperationsReading = OperationsReading()
  ) {
    self.sample = sample
    self.interval = interval
    self.vitals = vitals
    self.memory = memory
    self.storage = storage
    self.batching = batching
    self.quality = quality
    self.thermal = thermal
    self.operations = operations
  }
}

extension Readings {
  /// What one of the watched values is now; `nil` where it is not measured.
  func value(_ value: TrendedValue) -> Double? {
    switch value {
    case .resident: bytes(memory.resident)
    case .owned: bytes(memory.owned)
    case .swapped: bytes(memory.swapped)
    case .machineCPU: vitals.cpu.fresh?.percent
    case .machineMemory: vitals.memory.fresh?.percent
    case .targetCPU: vitals.targetCPU.fresh?.percent
    case .threads: target.map { Double($0.root.threads) }
    case .descriptors:
      storage.filesAbsence == nil && target != nil ? Double(storage.descriptors) : nil
    case .written: storage.writeRate.fresh?.value
    case .read: storage.readRate.fresh?.value
    case .batches: batching.throughput
    case .pressure: quality.pressure
    case .celsius: thermal.hottest.fresh?.celsius.fresh?.degrees
    case .frames: sum(\.framesPerSecond)
    case .queue: sum(\.queue)
    case .operations: operations.total
    case .latency: operations.latency
    }
  }

  private func bytes(_ value: Measured<Bytes>) -> Double? { value.fresh.map { Double($0.count) } }

  /// The target, where it was seen in this tick.
  var target: TargetSample? { sample.target.fresh }

  private func sum(_ part: (ComponentSample) -> Double?) -> Double? {
    guard let components = sample.link.fresh?.components, !components.isEmpty else { return nil }
    var sum: Double?
    for component in components {
      if let value = part(component) { sum = (sum ?? 0) + value }
    }
    return sum
  }
}

extension Measured {
  /// The value where it is from this tick; an old one proves nothing about now.
  var fresh: Value? {
    if case .fresh(let value) = self { value } else { nil }
  }
}

extension OperationsReading {
  /// Operations that end in a second.
  var total: Double? {
    guard absence == nil, !rows.isEmpty else { return nil }
    return rows.reduce(0) { $0 + ($1.perSecond ?? 0) }
  }

  /// The p95 of each, weighed by how often it ends.
  var latency: Double? {
    guard absence == nil else { return nil }
    var (sum, weight) = (0.0, 0.0)
    for row in rows {
      guard let p95 = row.p95, let perSecond = row.perSecond, perSecond > 0 else { continue }
      sum += p95 * perSecond
      weight += perSecond
    }
    return weight > 0 ? sum / weight : nil
  }
}
