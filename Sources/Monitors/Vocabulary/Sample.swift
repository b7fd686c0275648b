/// Everything that was measured in one tick, before anyone judges it.
public struct Sample: Sendable, Equatable {
  /// When it was taken.
  public var moment: Moment
  /// The place of this tick in every `Series`, from 0.
  public var place: Int
  /// The machine's name and kind.
  public var host: HostSample
  /// CPU, memory, pressure and GPUs of the machine.
  public var system: SystemSample
  /// The watched process and its children; missing where none is watched, or none is running now.
  public var target: Measured<TargetSample>
  /// What the target reads and writes, and where.
  public var files: FilesSample
  /// Sensors and throttling.
  public var thermal: ThermalSample
  /// What the target's linked processes tell; missing where none of them is linked.
  @Boxed public var link: Measured<LinkSample>

  /// An empty sample: everything in it is still missing.
  public init(moment: Moment, place: Int = 0) {
    self.moment = moment
    self.place = place
    host = HostSample()
    system = SystemSample()
    target = .missing(.notYet)
    files = FilesSample()
    thermal = ThermalSample()
    link = .missing(.because("the target is not linked"))
  }
}

/// Which machine this is.
public struct HostSample: Sendable, Equatable {
  /// Its network name.
  public var name: Printable = ""
  /// The kernel's release.
  public var kernel: Printable = ""
  /// The board, where the device tree or the firmware names it: `Raspberry Pi 5 Model B Rev 1.0`.
  public var model: Printable = ""
  /// Whether temperatures are made up by the demo.
  public var isSimulated = false
  /// Names nothing yet.
  public init() {}
}

/// The machine as a whole.
public struct SystemSample: Sendable, Equatable {
  /// Time all processors were busy since boot, in clock ticks.
  public var cpuBusyTicks: Measured<UInt64> = .missing(.notYet)
  /// Time of all kinds since boot, in clock ticks.
  public var cpuTotalTicks: Measured<UInt64> = .missing(.notYet)
  /// Online processors.
  public var processors = 1
  /// One-minute load average.
  public var load: Measured<Double> = .missing(.notYet)
  /// All memory.
  public var memoryTotal: Measured<Bytes> = .missing(.notYet)
  /// What could be had without swapping.
  public var memoryAvailable: Measured<Bytes> = .missing(.notYet)
  /// All swap.
  public var swapTotal: Measured<Bytes> = .missing(.notYet)
  /// Unused swap.
  public var swapFree: Measured<Bytes> = .missing(.notYet)
  /// Kills for want of memory since boot, machine-wide.
  public var oomKills: Measured<UInt64> = .missing(.notYet)
  /// Stall information for processors.
  public var cpuPressure: Measured<PressureSample> = .missing(.notYet)
  /// Stall information for memory.
  public var memoryPressure: Measured<PressureSample> = .missing(.notYet)
  /// Stall information for storage.
  public var ioPressure: Measured<PressureSample> = .missing(.notYet)
  /// Graphics processors, or why none can be read.
  public var gpus: Measured<[GPUSample]> = .missing(.notYet)
  /// Knows nothing yet.
  public init() {}
}

/// One of the kernel's pressure files: shares of time in which tasks waited.
public struct PressureSample: Sendable, Equatable {
  /// Some task waited, in percent of the last 10 s.
  public var some10: Double
  /// Some task waited, in percent of the last 60 s.
  public var some60: Double
  /// All tasks waited, in percent of the last 10 s; 0 where the kernel does not say.
  public var full10: Double
  /// Some task waited: microseconds since boot.
  public var someTotal: UInt64

  /// Makes one from its four numbers.
  public init(some10: Double, some60: Double, full10: Double, someTotal: UInt64) {
    self.some10 = some10
    self.some60 = some60
    self.full10 = full10
    self.someTotal = someTotal
  }
}

/// One graphics processor; what its driver does not offer is missing.
public struct GPUSample: Sendable, Equatable {
  /// The product's name.
  public var name: Printable
  /// The source: `nvml`, `amdgpu`, `i915`, `xe`, `devfreq`.
  public var source: Printable
  /// Share of time busy.
  public var utilization: Measured<Ratio> = .missing(.notSupported)
  /// Memory in use.
  public var memoryUsed: Measured<Bytes> = .missing(.notSupported)
  /// Memory in all.
  public var memoryTotal: Measured<Bytes> = .missing(.notSupported)
  /// Core temperature.
  public var temperature: Measured<Celsius> = .missing(.notSupported)
  /// Power drawn, in watts.
  public var watts: Measured<Double> = .missing(.notSupported)
  /// Clock, in MHz.
  public var megahertz: Measured<Double> = .missing(.notSupported)
  /// Why it runs slower than it could, in words; empty when it does not.
  public var throttleReasons: [Printable] = []

  /// Names a processor of which nothing is known yet.
  public init(name: Printable, source: Printable) {
    self.name = name
    self.source = source
  }
}
