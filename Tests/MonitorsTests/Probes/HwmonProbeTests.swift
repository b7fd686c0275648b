import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Monitoring chips")
struct HwmonProbeTests {
  private static let chips = "/sys/class/hwmon"
  private let files = FakeFiles([
    "\(chips)/hwmon0/name": "coretemp\n", "\(chips)/hwmon0/temp1_label": "Package id 0\n",
    "\(chips)/hwmon0/temp1_input": "45000\n", "\(chips)/hwmon0/temp1_crit": "100000\n",
    "\(chips)/hwmon0/temp2_label": "Core 0\n", "\(chips)/hwmon0/temp2_input": "43000\n",
    "\(chips)/hwmon1/name": "nct6775\n", "\(chips)/hwmon1/fan1_input": "1180\n",
    "\(chips)/hwmon1/pwm1": "96\n", "\(chips)/hwmon1/fan2_input": "0\n",
    "\(chips)/hwmon2/name": "cpu_thermal\n", "\(chips)/hwmon2/temp1_input": "46000\n",
  ])
  private let time = FakeTime()
  private let scratch = Scratch()
  private var host: Host { .fake(files: files, time: time) }

  private func discovered(zones: [Printable] = []) -> HwmonProbe {
    var probe = HwmonProbe()
    probe.discover(HwmonDevice.all(on: host, scratch), zones: zones, on: host, scratch)
    return probe
  }

  private func read(_ probe: inout HwmonProbe) -> ([SensorSample], [CoolingSample]) {
    var sensors: [SensorSample] = []
    var cooling: [CoolingSample] = []
    _ = probe.read(into: &sensors, cooling: &cooling, on: host, at: time.now(), scratch)
    return (sensors, cooling)
  }

  @Test("a chip's sensors carry their labels, or the chip's name where there is no label")
  func labels() {
    var probe = discovered()
    let (sensors, _) = read(&probe)
    #expect(sensors.map(\.name) == ["Package id 0", "Core 0", "cpu_thermal"])
    #expect(sensors.first?.criticalLimit == Celsius(100))
    #expect(sensors.first?.source == "coretemp hwmon0")
  }

  @Test("a chip that only repeats a thermal zone is not shown twice")
  func repeated() {
    var probe = discovered(zones: ["cpu-thermal"])
    let (sensors, _) = read(&probe)
    #expect(sensors.map(\.name) == ["Package id 0", "Core 0"])
  }

  @Test("a fan says how fast it turns and how hard it is driven")
  func fans() {
    var probe = discovered()
    let (_, cooling) = read(&probe)
    #expect(cooling.map(\.rpm) == [1180, 0])
    #expect(cooling.map(\.state) == [96, 0])
    #expect(cooling.map(\.maximum) == [255, 1])
    #expect(cooling.allSatisfy { $0.isFan })
  }

  @Test("a fan that does not answer is left out")
  func silentFan() {
    files.fail("\(Self.chips)/hwmon1/fan1_input", with: EIO)
    var probe = discovered()
    let (_, cooling) = read(&probe)
    #expect(cooling.map(\.rpm) == [0])
  }

  @Test("disks and radios, which reading may wake up, are asked every 5 seconds")
  func slow() {
    files.write("\(Self.chips)/hwmon3/name", "nvme\n")
    files.write("\(Self.chips)/hwmon3/temp1_input", "35850\n")
    files.write("\(Self.chips)/hwmon3/temp1_label", "Composite\n")
    var probe = discovered()
    for _ in 0..<5 {
      _ = read(&probe)
      time.advance(by: 1)
    }
    #expect(read(&probe).0.map(\.name).contains("nvme Composite"))
    // Opening it counts as one.
    #expect(files.reads(of: "\(Self.chips)/hwmon3/temp1_input") == 3)
    #expect(files.reads(of: "\(Self.chips)/hwmon0/temp1_input") == 7)
  }

  @Test("a limit that no machine can have is no limit")
  func absurdLimit() {
    files.write("\(Self.chips)/hwmon0/temp1_crit", "65261850\n")
    var probe = discovered()
    #expect(read(&probe).0.first?.criticalLimit == nil)
  }
}
