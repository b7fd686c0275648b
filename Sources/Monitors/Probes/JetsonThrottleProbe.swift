/// Reads the over-current events of a Jetson and the alarms of its current monitors.
struct JetsonThrottleProbe: Probe {
  static let provenance = Provenance(
    name: "Jetson throttling",
    reads: "/sys/class/hwmon/hwmon*/{oc*_event_cnt,oc*_throt_en} and ina3221 curr*_crit_alarm",
    microseconds: 20)

  static func examine(_ host: Host, target: TargetHandle?) -> Absence? {
    let scratch = Scratch(size: 4096)
    var probe = JetsonThrottleProbe()
    probe.discover(HwmonDevice.all(on: host, scratch), on: host, scratch)
    return probe.events.isEmpty && probe.alarms.isEmpty
      ? .because("no over-current events and no current alarms on this machine") : nil
  }

  private struct Signal {
    var file: ValueFile
    var cause: ThrottleSample.Cause
    var source: Printable
  }

  private var events: [Signal] = []
  private var alarms: [Signal] = []
  private var known: [ThrottleSample] = []
  // Each counter is a call to another processor.
  private var period = Period(seconds: 1)

  /// Finds the counters that throttle, and the alarms.
  mutating func discover(_ devices: [HwmonDevice], on host: Host, _ scratch: Scratch) {
    events = []
    alarms = []
    for device in devices {
      for channel in device.channels("oc", "_event_cnt") {
        guard device.number("oc\(channel)_throt_en", on: host, scratch) != 0,
          let file = device.value("oc\(channel)_event_cnt", on: host)
        else { continue }
        events.append(
          Signal(
            file: file, cause: channel == 1 ? .underVoltage : .overCurrent,
            source: "soctherm oc\(channel)"))
      }
      guard device.name.text.hasPrefix("ina3221") else { continue }
      for channel in device.channels("curr", "_crit_alarm") {
        guard let file = device.value("curr\(channel)_crit_alarm", on: host) else { continue }
        let rail = device.text("in\(channel)_label", on: host, scratch) ?? "rail \(channel)"
        alarms.append(Signal(file: file, cause: .overCurrent, source: "\(rail) alarm"))
      }
    }
    period.hasten()
  }

  /// Adds what each says now; one that does not answer is left out.
  mutating func read(
    into throttles: inout [ThrottleSample], on host: Host, at moment: Moment, _ scratch: Scratch
  ) {
    if period.isDue(at: moment) {
      known = events.compactMap { signal in
        signal.file.number(host.files, scratch).value.map {
          ThrottleSample(
            signal.cause, source: signal.source, sinceBoot: $0 > 0, count: UInt64(clamping: $0))
        }
      }
      known += alarms.compactMap { signal in
        signal.file.number(host.files, scratch).value.map {
          ThrottleSample(signal.cause, source: signal.source, now: $0 != 0)
        }
      }
    }
    throttles += known
  }
}
