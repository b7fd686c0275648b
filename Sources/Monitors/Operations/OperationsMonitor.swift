/// Keeps the last minute of each operation that a linked target tells of.
public struct OperationsMonitor: Sendable {
  private var windows: [Printable: OperationWindow] = [:]
  private var generation: Int?

  /// Starts without a history.
  public init() {}

  /// Takes one sample in.
  public mutating func judge(_ sample: Sample) -> OperationsReading {
    if let now = sample.target.value?.generation, now != generation {
      windows = [:]
      generation = now
    }
    var reading = OperationsReading()
    guard let link = sample.link.value else {
      reading.absence = sample.link.absence ?? .notYet
      return reading
    }
    reading.absence = nil
    reading.overflow = link.overflow
    reading.rows.reserveCapacity(link.operations.count)
    for operation in link.operations {
      var window = windows.removeValue(forKey: operation.name) ?? OperationWindow()
      reading.rows.append(window.update(operation, at: sample.moment))
      windows[operation.name] = window
    }
    return reading
  }
}
