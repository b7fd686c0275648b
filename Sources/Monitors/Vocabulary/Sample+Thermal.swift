/// Sensors, frequency caps and throttling.
public struct ThermalSample: Sendable, Equatable {
  /// Temperatures, or why there are none.
  public var sensors: Measured<[SensorSample]> = .missing(.notYet)
  /// Every signal of being slowed down that this machine offers.
  public var throttles: [ThrottleSample] = []
  /// Processor frequency, one entry a policy.
  public var frequencies: [FrequencySample] = []
  /// Devices that cool by slowing down or by blowing.
  public var cooling: [CoolingSample] = []
  /// Power rails and batteries.
  public var power: [PowerSample] = []
  /// Knows nothing yet.
  public init() {}
}

/// One temperature.
public struct SensorSample: Sendable, Equatable {
  /// `cpu-thermal`, `Package id 0`, `edge`.
  public var name: Printable
  /// `thermal_zone0`, `hwmon2 coretemp`.
  public var source: Printable
  /// The temperature, or why there is none.
  public var celsius: Measured<Celsius>
  /// Where the kernel begins to slow the machine down.
  public var passiveLimit: Celsius?
  /// Where the machine stops itself.
  public var criticalLimit: Celsius?

  /// Makes one without limits.
  public init(name: Printable, source: Printable, celsius: Measured<Celsius>) {
    self.name = name
    self.source = source
    self.celsius = celsius
  }
}

/// One cause of being slowed down, as one source reports it.
public struct ThrottleSample: Sendable, Equatable {
  /// What slows the machine.
  public enum Cause: String, Sendable, CaseIterable {
    case underVoltage, overCurrent, temperature, softTemperature, frequencyCap, power, throttled

    /// The cause in words.
    public var words: Printable {
      switch self {
      case .underVoltage: "under-voltage"
      case .overCurrent: "over-current"
      case .temperature: "temperature"
      case .softTemperature: "soft temperature limit"
      case .frequencyCap: "frequency capped"
      case .power: "power limit"
      case .throttled: "throttled"
      }
    }
  }

  /// The cause.
  public var cause: Cause
  /// Which source says so: `raspberrypi firmware`, `soctherm oc3`, `cpu0 core counter`.
  public var source: Printable
  /// Whether it holds at this moment; `nil` where the source only counts.
  public var now: Bool?
  /// Whether it has happened since boot; `nil` where the source can't say.
  public var sinceBoot: Bool?
  /// A counter that grows with each event, where the source has one.
  public var count: UInt64?

  /// Makes one.
  public init(
    _ cause: Cause, source: Printable, now: Bool? = nil, sinceBoot: Bool? = nil,
    count: UInt64? = nil
  ) {
    self.cause = cause
    self.source = source
    self.now = now
    self.sinceBoot = sinceBoot
    self.count = count
  }
}

/// The frequency of the processors of one policy, in kHz.
public struct FrequencySample: Sendable, Equatable {
  /// `policy0`.
  public var name: Printable
  /// What they run at, as far as the kernel knows.
  public var current: Measured<UInt64>
  /// What they are allowed now.
  public var allowed: Measured<UInt64>
  /// What they were made for.
  public var hardware: Measured<UInt64>

  /// Makes one.
  public init(
    name: Printable, current: Measured<UInt64>, allowed: Measured<UInt64>,
    hardware: Measured<UInt64>
  ) {
    self.name = name
    self.current = current
    self.allowed = allowed
    self.hardware = hardware
  }
}

/// A device that cools.
public struct CoolingSample: Sendable, Equatable {
  /// `pwm-fan`, `cpufreq-cpu0`.
  public var name: Printable
  /// Whether it moves air; if not, it cools by slowing the machine down.
  public var isFan: Bool
  /// Its step now.
  public var state: Int
  /// Its highest step.
  public var maximum: Int
  /// Turns a minute, for a fan that counts them.
  public var rpm: Int?

  /// Makes one.
  public init(name: Printable, isFan: Bool, state: Int, maximum: Int) {
    self.name = name
    self.isFan = isFan
    self.state = state
    self.maximum = maximum
  }
}

/// A power rail or battery.
public struct PowerSample: Sendable, Equatable {
  /// `VDD_IN`, `BAT0`.
  public var name: Printable
  /// Power in watts.
  public var watts: Measured<Double>
  /// Charge, for a battery.
  public var charge: Ratio?
  /// Extra words: `Discharging`.
  public var status: Printable

  /// Makes one.
  public init(
    name: Printable, watts: Measured<Double>, charge: Ratio? = nil, status: Printable = ""
  ) {
    self.name = name
    self.watts = watts
    self.charge = charge
    self.status = status
  }
}
