extension ThermalReading {
  /// Writes every fact into the document.
  public func describe(into document: inout Document) {
    let celsius: Measured<Celsius> =
      switch hottest {
      case .fresh(let sensor), .stale(let sensor, _): sensor.celsius
      case .missing(let absence): .missing(absence)
      }
    document.set("celsius", celsius) { .measure($0.degrees) }
    document.list("sensors", sensors, named: \.name.text) { sensor, item in
      item.set("name", .printable(sensor.name))
      item.set("source", .printable(sensor.source))
      item.set("celsius", sensor.celsius) { .measure($0.degrees) }
      let limit = sensor.passiveLimit ?? sensor.criticalLimit
      item.set("limit", limit.map { .measure($0.degrees) } ?? .null)
    }
    describeThrottling(into: &document)
    describeMachinery(into: &document)
    document.set("simulated", .bool(isSimulated))
    document.set("headline", .printable(headline))
    document.set("advice", advice.isEmpty ? nil : advice, else: .because("nothing to advise")) {
      .printable($0)
    }
    document.set("status", .text(severity.rawValue))
  }

  private func describeMachinery(into document: inout Document) {
    document.list("frequencies", frequencies, named: \.name.text) { policy, item in
      item.set("name", .printable(policy.name))
      item.set("current_hz", policy.current, Self.hertz)
      item.set("allowed_hz", policy.allowed, Self.hertz)
      item.set("hardware_hz", policy.hardware, Self.hertz)
    }
    document.list("cooling", cooling, named: \.name.text) { device, item in
      item.set("name", .printable(device.name))
      item.set("fan", .bool(device.isFan))
      item.set("state", .count(device.state))
      item.set("maximum", .count(device.maximum))
      item.set("rpm", device.rpm.map { .count($0) } ?? .null)
    }
    document.list("power", power, named: \.name.text) { rail, item in
      item.set("name", .printable(rail.name))
      item.set("watts", rail.watts) { .measure($0) }
      item.set("charge_percent", rail.charge.map { .measure($0.percent) } ?? .null)
      item.set("state", rail.status.isEmpty ? .null : .printable(rail.status))
    }
  }

  private static func hertz(_ kilohertz: UInt64) -> JSONValue {
    let (hertz, isTooLarge) = Int64(clamping: kilohertz).multipliedReportingOverflow(by: 1000)
    return isTooLarge ? .null : .integer(hertz)
  }

  private func describeThrottling(into document: inout Document) {
    document.nest("throttled") { inner in
      let unknown = Absence.because("no source on this machine can say")
      inner.set("now", throttledNow, else: unknown) { .bool($0) }
      inner.set("since_boot", throttledSinceBoot, else: unknown) { .bool($0) }
      inner.set("while_watched", watchedThrottling, else: unknown) { .bool($0) }
      inner.set("seconds", watchedThrottling.map { _ in throttledSeconds }, else: unknown) {
        .measure($0)
      }
      inner.set("causes", .list(causes.map { .printable($0) }))
    }
  }
}
