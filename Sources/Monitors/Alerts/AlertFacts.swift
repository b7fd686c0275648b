/// What rules need to know of the past, kept once for all of them.
public struct AlertFacts: Sendable, Equatable {
  /// Whether the target's memory floor rises.
  public private(set) var isTargetRising = false
  /// Whether the machine's memory floor rises.
  public private(set) var isMachineRising = false
  /// How fast the target writes while it writes; `nil` while idle.
  public private(set) var pace: Double?
  /// How fast it writes parquet while it does; `nil` while idle.
  public private(set) var parquetPace: Double?
  /// Kills for want of memory in the target's group in the last minute.
  public private(set) var groupKills = 0.0
  /// Kills for want of memory on the machine in the last minute.
  public private(set) var machineKills = 0.0
  /// How many ticks in a row something of the machine was not measured that had been before.
  public internal(set) var missingTicks = 0
  /// The same of the target.
  public internal(set) var missingTargetTicks = 0

  /// Whether the target told of itself and does so no more, or has not got that far: what it told says nothing of now.
  public private(set) var isLinkLost = false
  private var wasLinked = false

  /// The least rise of a floor that counts, as a share of what there is.
  private static let leastRise = 0.005

  private var targetFloor = RisingFloor()
  private var machineFloor = RisingFloor()
  private var writing = WritingPace()
  private var parquet = WritingPace()
  private var parquetWritten: Int64?
  private var group = RecentCount()
  private var machine = RecentCount()

  /// Knows nothing yet.
  public init() {}

  mutating func update(_ input: AlertsInput, elapsed: Double) {
    let now = input.readings.sample.moment
    lose(input)
    rise(input, at: now)
    write(input.readings.storage, elapsed: elapsed, at: now)
    groupKills = group.update(input.readings.memory.oomKills, at: now)
    machineKills = machine.update(input.readings.sample.system.oomKills.value, at: now)
  }

  private mutating func lose(_ input: AlertsInput) {
    let link = input.readings.sample.link
    guard link.current == nil else {
      wasLinked = true
      isLinkLost = false
      return
    }
    let isTroubled = link.absence == .notYet || input.readings.quality.linkTrouble != nil
    isLinkLost = wasLinked || isTroubled
  }

  /// The target is another one, or gone.
  mutating func forgetTarget() {
    wasLinked = false
    isLinkLost = false
    targetFloor.forget()
    isTargetRising = false
    forgetWriting()
    group = RecentCount()
    groupKills = 0
  }

  /// What was written in a gap came at an unknown pace, and floors belong to continuous time.
  mutating func forgetGap() {
    targetFloor.forget()
    machineFloor.forget()
    isTargetRising = false
    isMachineRising = false
    forgetWriting()
  }

  private mutating func forgetWriting() {
    writing.forget()
    parquet.forget()
    parquetWritten = nil
    pace = nil
    parquetPace = nil
  }

  private mutating func rise(_ input: AlertsInput, at now: Moment) {
    if case .fresh(let owned) = input.readings.memory.owned {
      targetFloor.update(Double(owned.count), at: now)
    }
    if case .fresh(let used) = input.readings.vitals.memory {
      machineFloor.update(used.value, at: now)
    }
    let limit = Double(input.readings.memory.limit?.bytes.count ?? .max)
    isTargetRising = targetFloor.isRising(by: AlertFacts.leastRise * limit)
    isMachineRising = machineFloor.isRising(by: AlertFacts.leastRise)
  }

  private mutating func write(_ storage: StorageReading, elapsed: Double, at now: Moment) {
    if case .fresh(let rate) = storage.writeRate {
      // The graph has what this tick wrote; the rate is spread over the pauses, in which there is no pace.
      let tick = storage.writeHistory.last ?? rate.value
      writing.update(bytes: tick * elapsed, elapsed: elapsed, at: now)
    }
    pace = writing.bytesPerSecond
    guard let format = storage.formats.first(where: { $0.format.text == "parquet" }) else {
      parquetPace = nil
      return
    }
    let before = parquetWritten ?? format.written.count
    let bytes = Double(format.written.count) - Double(before)
    parquet.update(bytes: bytes, elapsed: elapsed, at: now)
    parquetWritten = format.written.count
    parquetPace = parquet.bytesPerSecond
  }
}

/// How much a counter grew lately; the first reading is where counting begins.
struct RecentCount: Sendable, Equatable {
  private static let memory = 60.0
  private var last: UInt64?
  private var grown = 0.0
  private var grewAt: Moment?

  /// Takes a reading and says what it grew by until a minute after it last did.
  mutating func update(_ value: UInt64?, at now: Moment) -> Double {
    if let grewAt, now.seconds(since: grewAt) > RecentCount.memory {
      grown = 0
      self.grewAt = nil
    }
    guard let value else { return grown }
    if let last, value > last {
      grown += Double(value - last)
      grewAt = now
    }
    last = value
    return grown
  }
}
