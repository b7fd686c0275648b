/// What a person can set about alerts.
public struct AlertsConfig: Sendable, Equatable {
  /// How many seconds of trouble it takes until it is told, by severity.
  public struct Patience: Sendable, Equatable {
    /// A note.
    public var info = AlertRule.durations(.info).holds
    /// A warning.
    public var warning = AlertRule.durations(.warning).holds
    /// Something critical.
    public var critical = AlertRule.durations(.critical).holds
    /// An emergency.
    public var emergency = AlertRule.durations(.emergency).holds

    /// The seconds of a severity.
    public func seconds(_ severity: Severity) -> Double {
      switch severity {
      case .emergency: emergency
      case .critical: critical
      case .warning: warning
      case .ok, .info, .stale: info
      }
    }
  }

  /// Rules that do not watch, by their names.
  public var disabled: [String] = []
  /// Rules of a person's own, and changes to those that there are.
  public var rules: [RuleSettings] = []
  /// How long it takes until an alert fires.
  public var patience = Patience()
  /// No alert waits longer than this, in seconds, however patient it is.
  public var longestPatience = Double.infinity
  /// For how many days what is over is kept.
  public var historyDays = 30.0
  /// A warning that nobody accepts becomes critical after so many minutes.
  public var escalateMinutes = 15.0
  /// An acceptance holds so many minutes while the trouble stays.
  public var acknowledgedMinutes = 30.0
  /// Processor use worth a warning, in percent.
  public var cpuWarningPercent = 80.0
  /// Machine memory use worth a warning, in percent.
  public var memoryWarningPercent = 85.0
  /// Free disk space worth a warning, in gigabytes.
  public var diskFreeWarning = 5.0
  /// The memory section, whose thresholds arm rules.
  public var memory = MemoryConfig()
  /// The storage section, whose thresholds arm rules.
  public var storage = StorageConfig()
  /// The batching section, whose thresholds arm rules.
  public var batching = BatchingConfig()
  /// The section of operations, whose thresholds arm rules.
  public var operations = OperationsConfig()
  /// The thermal section, whose thresholds arm rules.
  public var thermal = ThermalConfig()
  /// The defaults.
  public init() {}
}
