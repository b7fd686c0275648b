/// Temperatures that are read again and again, those that take milliseconds to answer less often.
struct SensorList {
  struct Sensor {
    var file: ValueFile
    var isSlow: Bool
    var sample: SensorSample
  }

  private(set) var sensors: [Sensor] = []
  private var slowPeriod = Period(seconds: 5)

  /// Takes what was found; all of it is read next time.
  mutating func replace(with found: [Sensor]) {
    sensors = found
    slowPeriod.hasten()
  }

  /// Adds every temperature; answers false where one has gone, so that it is time to look again.
  mutating func read(
    into samples: inout [SensorSample], on host: Host, at moment: Moment, _ scratch: Scratch
  ) -> Bool {
    let readsSlow = slowPeriod.isDue(at: moment)
    var areAllThere = true
    for place in sensors.indices {
      if !sensors[place].isSlow || readsSlow {
        let value = sensors[place].file.number(host.files, scratch)
        sensors[place].sample.celsius = Temperature.measured(value)
        if value.absence == .gone { areAllThere = false }
      }
      samples.append(sensors[place].sample)
    }
    return areAllThere
  }
}
