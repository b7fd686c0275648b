/// How warm the machine is and what slows it down.
public struct ThermalReading: Reading {
  /// How bad it is.
  public var severity: Severity = .ok
  /// One sentence that says what is wrong in words.
  public var headline: Printable = ""
  /// The temperature that matters most.
  public var hottest: Measured<SensorSample> = .missing(.notYet)
  /// All sensors, warmest first.
  public var sensors: [SensorSample] = []
  /// Being slowed down at this moment; `nil` where nothing can say.
  public var throttledNow: Bool?
  /// Has been slowed down since boot; `nil` where nothing can say.
  public var throttledSinceBoot: Bool?
  /// Has been slowed down while watched.
  public var throttledWhileWatched = false
  /// The same, as far as it is known: `nil` where nothing can say and nothing was seen.
  public var watchedThrottling: Bool? {
    if throttledWhileWatched { return true }
    return throttledNow == nil && throttledSinceBoot != false ? nil : false
  }
  /// Seconds of the time watched in which it was slowed down.
  public var throttledSeconds = 0.0
  /// Causes in words, those that hold now first: `under-voltage now (raspberrypi firmware)`.
  public var causes: [Printable] = []
  /// What slows it down now and from where, for a sentence; empty when nothing does.
  public var slowedBy: Printable = ""
  /// What a person can do about it; empty when nothing is wrong.
  public var advice: Printable = ""
  /// Processor frequencies.
  public var frequencies: [FrequencySample] = []
  /// Fans and other coolers.
  public var cooling: [CoolingSample] = []
  /// Power rails and batteries.
  public var power: [PowerSample] = []
  /// Graphics processors, or why none can be read.
  public var gpus: Measured<[GPUSample]> = .missing(.notYet)
  /// Whether the temperatures are made up by the demo.
  public var isSimulated = false
  /// The hottest temperature over time, in °C.
  public var history = Series()

  /// Knows nothing yet.
  public init() {}
}
