/// Reads everything that is warm, slows down or draws power; looks for it once, and again when something came or went.
struct HeatProbe: Sendable {
  private static let noSensor = Absence.because("no temperature sensor on this machine")
  private static let quickest = 5.0
  private static let slowest = 60.0
  private static let listed = [
    ThermalZoneProbe.directory, HwmonDevice.directory, "/sys/devices/system/cpu/cpufreq",
    "/sys/class/power_supply", "/sys/class/drm", "/sys/class/devfreq", "/sys/devices/system/cpu",
  ]

  private var zones = ThermalZoneProbe()
  private var chips = HwmonProbe()
  private var cooling = CoolingProbe()
  private var frequencies = FrequencyProbe()
  private var throttles: ThrottleProbe
  private var power = PowerProbe()
  private var gpus: GPUProbe

  private var lookPeriod = Period(seconds: 60)
  private var lossPeriod = Period(seconds: quickest)
  private var seen: [[String]]?
  private var somethingWent = false

  /// Makes one that has found nothing yet.
  init(inlineWorkers: Bool) {
    throttles = ThrottleProbe(inlineWorkers: inlineWorkers)
    gpus = GPUProbe(inlineWorkers: inlineWorkers)
  }

  /// Fills in the thermal part and answers the graphics processors.
  mutating func read(
    into thermal: inout ThermalSample, on host: Host, at moment: Moment, _ scratch: Scratch
  ) -> Measured<[GPUSample]> {
    look(on: host, at: moment, scratch)
    var sensors: [SensorSample] = []
    var areAllThere = zones.read(into: &sensors, on: host, at: moment, scratch)
    cooling.read(into: &thermal.cooling, on: host, at: moment, scratch)
    areAllThere =
      chips.read(into: &sensors, cooling: &thermal.cooling, on: host, at: moment, scratch)
      && areAllThere
    thermal.sensors = sensors.isEmpty ? .missing(Self.noSensor) : .fresh(sensors)
    areAllThere =
      frequencies.read(into: &thermal.frequencies, on: host, at: moment, scratch) && areAllThere
    areAllThere =
      throttles.read(into: &thermal.throttles, on: host, at: moment, scratch) && areAllThere
    thermal.power = power.read(on: host, at: moment, scratch)
    if areAllThere { lossPeriod.seconds = Self.quickest } else { somethingWent = true }
    return gpus.read(on: host, at: moment, scratch)
  }

  /// Lists a few directories a minute, and searches them only when their names have changed or a file has gone.
  private mutating func look(on host: Host, at moment: Moment, _ scratch: Scratch) {
    let isLoss = somethingWent && lossPeriod.isDue(at: moment)
    guard lookPeriod.isDue(at: moment) || isLoss else { return }
    var names = Self.listed.map { (try? host.files.list($0, in: nil)) ?? [] }
    // A processor that is unplugged keeps its directory.
    let online = ValueFile.text("/sys/devices/system/cpu/online", on: host, scratch)
    names.append([online?.text ?? ""])
    guard names != seen || isLoss else { return }
    // What stays lost is looked for less and less often.
    if isLoss { lossPeriod.seconds = min(Self.slowest, lossPeriod.seconds * 2) }
    seen = names
    somethingWent = false
    let devices = HwmonDevice.all(on: host, scratch)
    zones.discover(on: host, scratch)
    chips.discover(devices, zones: zones.types, on: host, scratch)
    cooling.discover(on: host, scratch)
    frequencies.discover(on: host, scratch)
    throttles.discover(devices, on: host, scratch)
    power.discover(devices, on: host, scratch)
    gpus.discover(on: host, scratch)
  }
}
