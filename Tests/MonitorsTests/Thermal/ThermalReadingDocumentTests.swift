import TestSupport
import Testing

@testable import Monitors

@Suite("Heat as a document")
struct ThermalReadingDocumentTests {
  private func document(_ reading: ThermalReading) -> (JSONValue, [JSONValue.Field]) {
    var document = Document(path: "thermal")
    reading.describe(into: &document)
    return (.object(document.fields), document.unavailable)
  }

  @Test("every promised key is there, with null and a reason for what could not be read")
  func empty() {
    var reading = ThermalReading()
    reading.hottest = .missing(.because("no temperature sensor on this machine"))
    let (object, unavailable) = document(reading)
    for key in ["celsius", "sensors", "throttled", "status"] { #expect(object[key] != nil) }
    for key in ["now", "since_boot", "while_watched", "causes"] {
      #expect(object["throttled"]?[key] != nil)
    }
    #expect(object["celsius"] == .null)
    #expect(object["throttled"]?["now"] == .null)
    #expect(
      unavailable.first
        == .init("thermal.celsius", .text("no temperature sensor on this machine")))
  }

  @Test("throttling that no source can tell of is not known, and not absent")
  func unknownThrottling() {
    var reading = ThermalReading()
    let (empty, reasons) = document(reading)
    #expect(empty["throttled"]?["while_watched"] == .null)
    #expect(empty["throttled"]?["seconds"] == .null)
    #expect(reasons.contains { $0.name == "thermal.throttled.while_watched" })
    reading.throttledNow = false
    #expect(document(reading).0["throttled"]?["while_watched"] == .bool(false))
    reading.throttledNow = nil
    reading.throttledWhileWatched = true
    #expect(document(reading).0["throttled"]?["while_watched"] == .bool(true))
  }

  @Test("a sensor has name, temperature and the limit that comes first; one offline has a reason")
  func sensors() {
    var reading = ThermalReading()
    var warm = SensorSample(name: "cpu-thermal", source: "z0", celsius: .fresh(Celsius(61.2)))
    warm.criticalLimit = Celsius(110)
    let off = SensorSample(
      name: "cv0-thermal", source: "z1", celsius: .missing(.because("offline")))
    reading.sensors = [warm, off]
    reading.hottest = .fresh(warm)
    let (object, unavailable) = document(reading)
    guard case .list(let sensors)? = object["sensors"] else {
      Issue.record("sensors is no list")
      return
    }
    #expect(sensors.map { $0["name"] } == [.text("cpu-thermal"), .text("cv0-thermal")])
    #expect(sensors.map { $0["celsius"] } == [.number(61.2), .null])
    #expect(sensors.map { $0["limit"] } == [.number(110), .null])
    #expect(unavailable.contains(.init("thermal.sensors.cv0-thermal.celsius", .text("offline"))))
  }

  @Test("frequencies are in hertz")
  func frequencies() {
    var reading = ThermalReading()
    reading.frequencies = [
      FrequencySample(
        name: "policy0", current: .fresh(1_500_000), allowed: .fresh(.max),
        hardware: .missing(.notSupported))
    ]
    guard case .list(let policies)? = document(reading).0["frequencies"] else {
      Issue.record("frequencies is no list")
      return
    }
    #expect(policies.first?["current_hz"] == .integer(1_500_000_000))
    #expect(policies.first?["allowed_hz"] == .null)
    #expect(policies.first?["hardware_hz"] == .null)
  }
}
