/// One sign of being slowed down, whichever part of the sample it was read from.
struct ThrottleSign: Sendable, Equatable {
  /// What tells it from the others: cause and source.
  struct Key: Hashable, Sendable {
    var words: Printable
    var source: Printable
  }

  /// Cause in words and source.
  var key: Key
  /// The kind of cause.
  var cause: ThrottleSample.Cause
  /// Whether it holds at this moment; `nil` where the source only counts.
  var now: Bool?
  /// Whether it has happened since boot; `nil` where the source can't say.
  var sinceBoot: Bool?
  /// A counter that grows with each event.
  var count: UInt64?
  /// The source with what it says; empty where the source's name says it all.
  var detail: Printable = ""
  /// Whether it may be somebody's choice rather than an emergency: a cap on the frequency.
  var mayBeChosen = false

  /// The source as it is shown.
  var origin: Printable { detail.isEmpty ? key.source : detail }

  /// Every sign in a sample, those of the machine's own reporting first.
  static func all(in sample: Sample) -> [ThrottleSign] {
    let thermal = sample.thermal
    var signs = thermal.throttles.map {
      ThrottleSign(
        key: Key(words: $0.cause.words, source: $0.source), cause: $0.cause, now: $0.now,
        sinceBoot: $0.sinceBoot, count: $0.count)
    }
    for sensor in thermal.sensors.value ?? [] { signs.append(contentsOf: passive(sensor)) }
    for device in thermal.cooling where !device.isFan {
      signs.append(
        ThrottleSign(
          key: Key(words: "slowed down to cool", source: device.name), cause: .temperature,
          now: device.state > 0))
    }
    signs.append(contentsOf: caps(thermal.frequencies))
    for gpu in sample.system.gpus.value ?? [] { signs.append(contentsOf: graphics(gpu)) }
    return signs
  }

  /// A sensor that has reached the temperature from which the kernel slows down.
  private static func passive(_ sensor: SensorSample) -> [ThrottleSign] {
    guard let limit = sensor.passiveLimit, case .fresh(let celsius) = sensor.celsius else {
      return []
    }
    return [
      ThrottleSign(
        key: Key(words: "passive temperature limit", source: sensor.name), cause: .temperature,
        now: celsius >= limit)
    ]
  }

  /// One sign for all policies that are capped, so that a machine with many processors does not fill the screen.
  private static func caps(_ frequencies: [FrequencySample]) -> [ThrottleSign] {
    var comparable = 0
    var capped: [FrequencySample] = []
    for policy in frequencies {
      guard let allowed = policy.allowed.value, let hardware = policy.hardware.value, hardware > 0
      else { continue }
      comparable += 1
      if allowed < hardware { capped.append(policy) }
    }
    guard comparable > 0 else { return [] }
    var detail: Printable = ""
    if let first = capped.first, let allowed = first.allowed.value,
      let hardware = first.hardware.value
    {
      let others = capped.count > 1 ? " and \(capped.count - 1) more" : ""
      detail = "\(first.name)\(others): \(gigahertz(allowed)) of \(gigahertz(hardware)) GHz"
    }
    return [
      ThrottleSign(
        key: Key(words: ThrottleSample.Cause.frequencyCap.words, source: "cpufreq"),
        cause: .frequencyCap, now: !capped.isEmpty, detail: detail, mayBeChosen: true)
    ]
  }

  private static func gigahertz(_ kilohertz: UInt64) -> String {
    Units.fixed(Double(kilohertz) / 1e6, digits: 2)
  }

  private static func graphics(_ gpu: GPUSample) -> [ThrottleSign] {
    gpu.throttleReasons.map { reason in
      let isPower = reason.text.contains("power")
      return ThrottleSign(
        key: Key(words: reason, source: gpu.name), cause: isPower ? .power : .temperature,
        now: true)
    }
  }
}
