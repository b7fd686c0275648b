import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Thermal zones")
struct ThermalZoneProbeTests {
  private static let zone = "/sys/class/thermal/thermal_zone"
  private let files = FakeFiles([
    "\(zone)0/type": "cpu-thermal\n", "\(zone)0/temp": "48686\n",
    "\(zone)0/trip_point_0_type": "passive\n", "\(zone)0/trip_point_0_temp": "80000\n",
    "\(zone)0/trip_point_1_type": "critical\n", "\(zone)0/trip_point_1_temp": "110000\n",
    "\(zone)1/type": "gpu-thermal\n", "\(zone)1/temp": "47000\n",
  ])
  private let time = FakeTime()
  private let scratch = Scratch()

  private func discovered() -> ThermalZoneProbe {
    var probe = ThermalZoneProbe()
    probe.discover(on: .fake(files: files), scratch)
    return probe
  }

  private func read(_ probe: inout ThermalZoneProbe) -> (sensors: [SensorSample], isWhole: Bool) {
    var sensors: [SensorSample] = []
    let isWhole = probe.read(into: &sensors, on: .fake(files: files), at: time.now(), scratch)
    return (sensors, isWhole)
  }

  @Test("a zone has its temperature and the limits at which the kernel acts")
  func limits() {
    var probe = discovered()
    let sensors = read(&probe).sensors
    #expect(sensors.map(\.name) == ["cpu-thermal", "gpu-thermal"])
    #expect(sensors.first?.celsius == .fresh(Celsius(48.686)))
    #expect(sensors.first?.passiveLimit == Celsius(80))
    #expect(sensors.first?.criticalLimit == Celsius(110))
    #expect(sensors.last?.passiveLimit == nil)
  }

  @Test("the temperature is read again each time, the limits are not")
  func follows() {
    var probe = discovered()
    _ = read(&probe)
    files.write("\(Self.zone)0/temp", "90000\n")
    #expect(read(&probe).sensors.first?.celsius == .fresh(Celsius(90)))
    #expect(files.reads(of: "\(Self.zone)0/trip_point_0_temp") == 1)
  }

  @Test(
    "a sensor whose part is switched off is offline and not at 0 degrees, and the others go on",
    arguments: [EAGAIN, EIO, ENODATA, EINVAL])
  func offline(_ code: Int32) {
    var probe = discovered()
    files.fail("\(Self.zone)0/temp", with: code)
    let (sensors, isWhole) = read(&probe)
    #expect(sensors.first?.celsius == .missing(.because("offline")))
    #expect(sensors.last?.celsius == .fresh(Celsius(47)))
    #expect(isWhole)
  }

  @Test("a sensor that was unplugged is gone, and it is time to look again")
  func unplugged() {
    var probe = discovered()
    files.fail("\(Self.zone)1/temp", with: ENODEV)
    let (sensors, isWhole) = read(&probe)
    #expect(sensors.last?.celsius == .missing(.gone))
    #expect(!isWhole)
  }

  @Test("the power chip that always says 100 degrees is left out")
  func powerChip() {
    files.write("\(Self.zone)2/type", "PMIC-Die\n")
    files.write("\(Self.zone)2/temp", "100000\n")
    var probe = discovered()
    #expect(read(&probe).sensors.count == 2)
  }

  @Test(
    "C14: what can be no temperature is unreadable",
    arguments: ["", "hot", "-273200", "9999999999"])
  func garbage(_ text: String) {
    files.write("\(Self.zone)0/temp", text)
    var probe = discovered()
    #expect(read(&probe).sensors.first?.celsius == .missing(.malformed))
  }

  @Test("frost is a temperature")
  func frost() {
    files.write("\(Self.zone)0/temp", "-12500\n")
    var probe = discovered()
    #expect(read(&probe).sensors.first?.celsius == .fresh(Celsius(-12.5)))
  }

  @Test("firmware that answers slowly is asked every 5 seconds")
  func slow() {
    files.write("\(Self.zone)0/type", "acpitz\n")
    var probe = discovered()
    _ = read(&probe)
    files.write("\(Self.zone)0/temp", "50000\n")
    time.advance(by: 1)
    #expect(read(&probe).sensors.first?.celsius == .fresh(Celsius(48.686)))
    time.advance(by: 4)
    #expect(read(&probe).sensors.first?.celsius == .fresh(Celsius(50)))
  }

  @Test("a machine without zones says so")
  func examined() {
    #expect(ThermalZoneProbe.examine(.fake(files: files), target: nil) == nil)
    #expect(
      ThermalZoneProbe.examine(.fake(files: FakeFiles()), target: nil)?.sentence
        == "no thermal zone on this machine")
  }
}
