/// Everything a person can set: a section for each of the six, and the general.
public struct Config: Sendable, Equatable {
  /// Section `memory:`.
  public var memory = MemoryConfig()
  /// Section `storage:`.
  public var storage = StorageConfig()
  /// Section `batching:`.
  public var batching = BatchingConfig()
  /// Section `quality:`.
  public var quality = QualityConfig()
  /// Section `thermal:`.
  public var thermal = ThermalConfig()
  /// Section `alerts:`, with what the others arm.
  public var alerts = AlertsConfig()
  /// Section `operations:`.
  public var operations = OperationsConfig()
  /// Section `recording:`.
  public var recording = RecordingConfig()
  /// Section `targets:`: programs that are not linked, and what reaches them.
  public var targets: [TargetSettings] = []
  /// The part of section `alerts:` that is about who hears of them.
  public var delivery = DeliverySettings()
  /// Section `keys:`: the keys of actions, by the action's name.
  public var keys: [String: [String]] = [:]
  /// A theme's name or file; `auto` leaves it to the terminal.
  public var theme = Config.automatic
  /// The kind of machine whose thresholds are the defaults.
  public var profile = Profile.auto
  /// Seconds between samples.
  public var interval = 1.0
  /// Whether children of the target count.
  public var includesChildren = true
  /// How many colours are used: `auto`, or one of the palettes.
  public var palette = Config.automatic
  /// Whether only ASCII characters are drawn.
  public var isASCII = false
  /// Whether no action reaches a target.
  public var isReadOnly = false
  /// The defaults.
  public init() {}

  /// What leaves a choice to perftop.
  public static let automatic = "auto"
  /// The palettes there are.
  public static let palettes = ["truecolor", "256", "16", "8", "off"]

  /// What judgement of the whole goes by, out of the sections.
  public var judgement: JudgementConfig {
    var judgement = JudgementConfig()
    judgement.warningCelsius = thermal.warningCelsius
    judgement.criticalCelsius = thermal.criticalCelsius
    judgement.compressionLevel = storage.compressionLevel
    judgement.collectThreshold = memory.collectThreshold
    return judgement
  }

  /// The same, with what sections need of others copied to them.
  public var joined: Config {
    var config = self
    config.quality.warningCelsius = thermal.warningCelsius
    config.quality.isReadOnly = isReadOnly
    config.batching.maximumMemory = memory.maximum
    config.alerts.memory = memory
    config.alerts.batching = config.batching
    config.alerts.storage = storage
    config.alerts.thermal = thermal
    config.alerts.operations = operations
    return config
  }
}

/// What a person can set about recordings.
public struct RecordingConfig: Sendable, Equatable {
  /// Hours that a recording is kept.
  public var retentionHours = 168.0
  /// The defaults.
  public init() {}
}
