/// Reads every signal of being slowed down, each from its own kernel source.
struct ThrottleProbe: Sendable {
  private var raspberryPi: RaspberryPiThrottleProbe
  private var jetson = JetsonThrottleProbe()
  private var intel = IntelThrottleProbe()

  /// Makes one that has found nothing yet.
  init(inlineWorkers: Bool) {
    raspberryPi = RaspberryPiThrottleProbe(inlineWorkers: inlineWorkers)
  }

  /// Finds the sources this machine has.
  mutating func discover(_ devices: [HwmonDevice], on host: Host, _ scratch: Scratch) {
    raspberryPi.discover(devices, on: host, scratch)
    jetson.discover(devices, on: host, scratch)
    intel.discover(on: host, scratch)
  }

  /// Adds what each says; answers false where one has gone.
  mutating func read(
    into throttles: inout [ThrottleSample], on host: Host, at moment: Moment, _ scratch: Scratch
  ) -> Bool {
    raspberryPi.read(into: &throttles, on: host, at: moment, scratch)
    jetson.read(into: &throttles, on: host, at: moment, scratch)
    return intel.read(into: &throttles, on: host, at: moment, scratch)
  }
}
