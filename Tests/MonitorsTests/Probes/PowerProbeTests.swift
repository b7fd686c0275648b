import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Power")
struct PowerProbeTests {
  private let files = FakeFiles()
  private let time = FakeTime()
  private let scratch = Scratch()
  private var host: Host { .fake(files: files) }

  private func put(_ directory: String, _ values: [String: String]) {
    for (name, text) in values { files.write("\(directory)/\(name)", text) }
  }

  private func discovered() -> PowerProbe {
    var probe = PowerProbe()
    probe.discover(HwmonDevice.all(on: host, scratch), on: host, scratch)
    return probe
  }

  @Test("a rail's power is voltage times current, and unconnected rails are left out")
  func rails() {
    put(
      "/sys/class/hwmon/hwmon0",
      [
        "name": "ina3221", "in1_label": "VDD_IN", "in1_input": "5000", "curr1_input": "2000",
        "in2_label": "NC", "in2_input": "0", "curr2_input": "0", "curr7_input": "9999",
        "in7_input": "1",
      ])
    var probe = discovered()
    #expect(
      probe.read(on: host, at: time.now(), scratch)
        == [PowerSample(name: "VDD_IN", watts: .fresh(10))])
  }

  @Test("the rails of older Jetsons are in thousandths of a watt")
  func olderRails() {
    put(
      "/sys/bus/i2c/drivers/ina3221x/6-0040/iio:device0",
      ["rail_name_0": "POM_5V_IN\n", "in_power0_input": "4943\n", "rail_name_1": "NC"])
    var probe = discovered()
    #expect(
      probe.read(on: host, at: time.now(), scratch)
        == [PowerSample(name: "POM_5V_IN", watts: .fresh(4.943))])
  }

  @Test("a chip's power is in millionths of a watt, the average before the instant")
  func direct() {
    put(
      "/sys/class/hwmon/hwmon0",
      ["name": "zenpower", "power1_average": "15250000", "power1_input": "1"])
    var probe = discovered()
    let power = probe.read(on: host, at: time.now(), scratch)
    #expect(power == [PowerSample(name: "zenpower power1", watts: .fresh(15.25))])
  }

  @Test("energy becomes power from the second reading on, also across its wrap")
  func energy() {
    let path = "/sys/class/powercap/intel-rapl:0"
    put(path, ["name": "package-0", "energy_uj": "90000000", "max_energy_range_uj": "100000000"])
    put("\(path):0", ["name": "core", "energy_uj": "1"])
    var probe = discovered()
    let watts: () -> [Measured<Double>] = {
      probe.read(on: host, at: time.now(), scratch).map(\.watts)
    }
    #expect(watts() == [.missing(.notYet)])
    time.advance(by: 2)
    files.write("\(path)/energy_uj", "10000000")
    #expect(watts() == [.fresh(10)])
    time.advance(by: 2)
    files.fail("\(path)/energy_uj", with: EIO, times: 1)
    #expect(watts() == [.missing(.because("offline"))])
    time.advance(by: 2)
    #expect(watts() == [.missing(.notYet)])
  }

  @Test("C12: a clock that stands still gives no power")
  func frozenClock() {
    let path = "/sys/class/powercap/intel-rapl:0"
    put(path, ["name": "package-0", "energy_uj": "1", "max_energy_range_uj": "100"])
    var probe = EnergyProbe()
    probe.discover(on: host, scratch)
    for _ in 0..<2 {
      var power: [PowerSample] = []
      probe.read(into: &power, on: host, at: time.now(), scratch)
      #expect(power.map(\.watts) == [.missing(.notYet)])
    }
  }

  @Test("energy that only root may read names root, and doctor the command")
  func privileged() {
    let path = "/sys/class/powercap/intel-rapl:0"
    put(path, ["name": "package-0", "energy_uj": "1"])
    files.fail("\(path)/energy_uj", with: EACCES)
    #expect(EnergyProbe.examine(host, target: nil) == .notPermitted(needs: "root"))
    #expect(EnergyProbe.provenance.grant.text.contains("energy_uj"))
    var probe = discovered()
    #expect(
      probe.read(on: host, at: time.now(), scratch).map(\.watts)
        == [.missing(.notPermitted(needs: "root"))])
  }

  @Test("a battery's current counts without its sign; a mouse's battery is not the machine's")
  func batteries() {
    put(
      "/sys/class/power_supply/BAT0",
      [
        "type": "Battery\n", "status": "Discharging\n", "capacity": "73\n",
        "current_now": "-1500000\n", "voltage_now": "12000000\n",
      ])
    put("/sys/class/power_supply/hid-mouse", ["type": "Battery", "scope": "Device"])
    put("/sys/class/power_supply/AC", ["type": "Mains", "online": "1"])
    var probe = discovered()
    #expect(
      probe.read(on: host, at: time.now(), scratch)
        == [
          PowerSample(
            name: "BAT0", watts: .fresh(18), charge: Ratio(0.73), status: "Discharging")
        ])
  }
}
