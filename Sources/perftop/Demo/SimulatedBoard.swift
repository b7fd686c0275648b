import Monitors

/// A directory that looks like the `/sys` of a Raspberry Pi 5, whose sensors follow the demo's script.
struct SimulatedBoard {
  private let tree: DemoTree
  private var last: [String: String] = [:]

  private enum Place {
    static let zone = "class/thermal/thermal_zone0"
    static let fan = "class/thermal/cooling_device0"
    static let cpuHwmon = "class/hwmon/hwmon0"
    static let fanHwmon = "class/hwmon/hwmon1"
    static let voltHwmon = "class/hwmon/hwmon2"
    static let firmware = "devices/platform/soc@107c000000/soc@107c000000:firmware"
    static let firmwareLink =
      "bus/platform/drivers/raspberrypi-firmware/soc@107c000000:firmware"
    static let frequency = "devices/system/cpu/cpufreq/policy0"
    static let model = "firmware/devicetree/base/model"
  }

  /// Temperatures at which the fan turns faster.
  private static let fanSteps = [50.0, 60, 67.5, 75]
  private static let fullSpeed = 2_400_000
  private static let cappedSpeed = 1_500_000

  init(directory: String) { tree = DemoTree(directory) }

  /// Writes what never changes, and the sensors as they are at the start.
  mutating func lay() {
    tree.write("Raspberry Pi 5 Model B Rev 1.0\0", to: Place.model)
    facts(Place.zone, ["type": "cpu-thermal", "mode": "enabled"])
    facts(Place.zone, ["trip_point_0_type": "critical", "trip_point_0_temp": "110000"])
    for (step, celsius) in SimulatedBoard.fanSteps.enumerated() {
      let trip = "trip_point_\(step + 1)"
      facts(
        Place.zone, ["\(trip)_type": "active", "\(trip)_temp": String(Int(celsius * 1000))])
    }
    facts(Place.fan, ["type": "pwm-fan", "max_state": String(SimulatedBoard.fanSteps.count)])
    facts(Place.cpuHwmon, ["name": "cpu_thermal"])
    facts(Place.fanHwmon, ["name": "pwmfan"])
    facts(Place.voltHwmon, ["name": "rpi_volt"])
    facts(
      Place.frequency,
      [
        "cpuinfo_max_freq": String(SimulatedBoard.fullSpeed),
        "cpuinfo_min_freq": String(SimulatedBoard.cappedSpeed), "related_cpus": "0 1 2 3",
        "scaling_governor": "ondemand",
      ])
    tree.write("", to: "\(Place.firmware)/uevent")
    tree.link(Place.firmwareLink, to: "../../../../\(Place.firmware)")
    update(DemoScene(elapsed: 0))
  }

  /// Moves every sensor to where it is in this scene.
  mutating func update(_ scene: DemoScene) {
    let celsius = scene.celsius
    let heat = String(Int(celsius * 1000))
    set(heat, at: "\(Place.zone)/temp")
    set(heat, at: "\(Place.cpuHwmon)/temp1_input")
    let step = SimulatedBoard.fanSteps.count { celsius >= $0 }
    set(String(step), at: "\(Place.fan)/cur_state")
    set(String(step * 2000), at: "\(Place.fanHwmon)/fan1_input")
    set(scene.isUnderVoltage ? "1" : "0", at: "\(Place.voltHwmon)/in0_lcrit_alarm")
    set(String(SimulatedBoard.throttled(scene), radix: 16), at: "\(Place.firmware)/get_throttled")
    let isCapped = scene.isTooHot || scene.isUnderVoltage
    let allowed = isCapped ? SimulatedBoard.cappedSpeed : SimulatedBoard.fullSpeed
    set(String(allowed), at: "\(Place.frequency)/scaling_max_freq")
    set(
      String(scene.isBusy ? allowed : SimulatedBoard.cappedSpeed),
      at: "\(Place.frequency)/scaling_cur_freq")
  }

  /// The firmware's word: under-voltage, frequency capped and soft limit now, and each of them since boot.
  static func throttled(_ scene: DemoScene) -> UInt32 {
    let underVoltage: UInt32 = 1
    let capped: UInt32 = 2
    let softLimit: UInt32 = 8
    let sinceBoot: UInt32 = 16
    let now =
      (scene.isUnderVoltage ? underVoltage | capped : 0)
      | (scene.isTooHot ? softLimit | capped : 0)
    let ever =
      (scene.hasBeenUnderVoltage ? underVoltage | capped : 0)
      | (scene.hasBeenTooHot ? softLimit | capped : 0)
    return now | (now | ever) << sinceBoot
  }

  private func facts(_ place: String, _ facts: [String: String]) {
    for (name, value) in facts { tree.write("\(value)\n", to: "\(place)/\(name)") }
  }

  private mutating func set(_ value: String, at place: String) {
    guard last[place] != value else { return }
    last[place] = value
    tree.write("\(value)\n", to: place)
  }
}
