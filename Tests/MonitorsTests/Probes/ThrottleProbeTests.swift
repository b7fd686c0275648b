import Glibc
import TestSupport
import Testing

@testable import Monitors

/// Firmware that answers what a test says.
private struct FakeFirmware: Firmware {
  var answer: Result<UInt32, SystemError>
  func throttleFlags() throws(SystemError) -> UInt32 { try answer.get() }
}

@Suite("What slows the machine down")
struct ThrottleProbeTests {
  private let files = FakeFiles()
  private let time = FakeTime()
  private let scratch = Scratch()

  private func read(_ probe: inout ThrottleProbe, on host: Host) -> [ThrottleSample] {
    var found: [ThrottleSample] = []
    _ = probe.read(into: &found, on: host, at: time.now(), scratch)
    return found
  }

  private func discovered(on host: Host) -> ThrottleProbe {
    var probe = ThrottleProbe(inlineWorkers: true)
    probe.discover(HwmonDevice.all(on: host, scratch), on: host, scratch)
    return probe
  }

  private func becomeRaspberryPi(flags: String?) {
    files.write("/proc/device-tree/model", "Raspberry Pi 5 Model B Rev 1.0\0")
    let driver = "/sys/bus/platform/drivers/raspberrypi-firmware/soc:firmware"
    if let flags { files.write("\(driver)/get_throttled", flags) }
  }

  @Test(
    "each flag of the firmware has its cause, now and since boot",
    arguments: [
      (0x1, ThrottleSample.Cause.underVoltage, true, false), (0x2, .frequencyCap, true, false),
      (0x4, .throttled, true, false), (0x8, .softTemperature, true, false),
      (0x10000, .underVoltage, false, true), (0x80008, .softTemperature, true, true),
    ])
  func flags(_ bits: Int, _ cause: ThrottleSample.Cause, _ now: Bool, _ boot: Bool) {
    becomeRaspberryPi(flags: String(bits, radix: 16) + "\n")
    let host = Host.fake(files: files)
    var probe = discovered(on: host)
    let found = read(&probe, on: host)
    #expect(found.count == 4)
    for sample in found {
      #expect(sample.now == (now && sample.cause == cause))
      #expect(sample.sinceBoot == (boot && sample.cause == cause))
    }
  }

  @Test("the firmware's mailbox is believed before the file, whose sticky half others clear")
  func mailbox() {
    becomeRaspberryPi(flags: "0\n")
    var host = Host.fake(files: files)
    host.firmware = FakeFirmware(answer: .success(0x50000))
    var probe = discovered(on: host)
    let voltage = read(&probe, on: host).first { $0.cause == .underVoltage }
    #expect(voltage?.now == false)
    #expect(voltage?.sinceBoot == true)
    #expect(RaspberryPiThrottleProbe.examine(host, target: nil) == nil)
  }

  @Test("without the right to ask the mailbox the file is read, and doctor names the group")
  func refused() {
    becomeRaspberryPi(flags: "1\n")
    var host = Host.fake(files: files)
    host.firmware = FakeFirmware(answer: .failure(.notAllowed))
    var probe = discovered(on: host)
    #expect(read(&probe, on: host).first?.now == true)
    #expect(
      RaspberryPiThrottleProbe.examine(host, target: nil)?.sentence.text.contains("group video")
        == true)
    #expect(RaspberryPiThrottleProbe.provenance.grant == "sudo usermod -aG video $USER")
  }

  @Test("one bad answer of the mailbox is forgiven, three are not")
  func forgiven() {
    becomeRaspberryPi(flags: "1\n")
    var host = Host.fake(files: files)
    host.firmware = FakeFirmware(answer: .failure(SystemError(EIO)))
    var probe = discovered(on: host)
    #expect(read(&probe, on: host).isEmpty)
    host.firmware = FakeFirmware(answer: .success(0x4))
    time.advance(by: 2)
    #expect(read(&probe, on: host).filter { $0.now == true }.map(\.cause) == [.throttled])
    host.firmware = FakeFirmware(answer: .failure(SystemError(EIO)))
    for _ in 0..<3 {
      time.advance(by: 2)
      _ = read(&probe, on: host)
    }
    #expect(read(&probe, on: host).filter { $0.now == true }.map(\.cause) == [.underVoltage])
  }

  @Test("C14: flags that are no number are no flags", arguments: ["", "xyz", "100000000", "-1"])
  func garbage(_ text: String) {
    becomeRaspberryPi(flags: text)
    let host = Host.fake(files: files)
    var probe = discovered(on: host)
    #expect(read(&probe, on: host).isEmpty)
  }

  @Test("the power chip's alarm is a source of its own")
  func alarm() {
    becomeRaspberryPi(flags: nil)
    files.write("/sys/class/hwmon/hwmon1/name", "rpi_volt\n")
    files.write("/sys/class/hwmon/hwmon1/in0_lcrit_alarm", "1\n")
    let host = Host.fake(files: files)
    var probe = discovered(on: host)
    #expect(
      read(&probe, on: host)
        == [ThrottleSample(.underVoltage, source: "rpi_volt alarm", now: true)])
  }

  @Test("a Jetson's events at boot are since boot; those whose throttling is off do not count")
  func jetson() {
    let chip = "/sys/class/hwmon/hwmon0"
    for (file, text) in [
      ("name", "soctherm_oc"), ("oc1_event_cnt", "2"), ("oc1_throt_en", "0"),
      ("oc3_event_cnt", "1"), ("oc3_throt_en", "1"),
    ] { files.write("\(chip)/\(file)", text) }
    let host = Host.fake(files: files)
    var probe = discovered(on: host)
    #expect(
      read(&probe, on: host)
        == [ThrottleSample(.overCurrent, source: "soctherm oc3", sinceBoot: true, count: 1)])
  }

  @Test("C11: a counter that vanishes is left out and comes back with what it says then")
  func vanishing() {
    let chip = "/sys/class/hwmon/hwmon0"
    files.write("\(chip)/name", "soctherm_oc")
    files.write("\(chip)/oc1_event_cnt", "7")
    let host = Host.fake(files: files)
    var probe = discovered(on: host)
    #expect(read(&probe, on: host).first?.count == 7)
    files.fail("\(chip)/oc1_event_cnt", with: EAGAIN, times: 1)
    time.advance(by: 1)
    #expect(read(&probe, on: host).isEmpty)
    time.advance(by: 1)
    #expect(read(&probe, on: host).first?.count == 7)
  }

  private func plug(_ number: Int, core: Int, package: Int, in socket: Int = 0) {
    let path = "/sys/devices/system/cpu/cpu\(number)"
    files.write("\(path)/thermal_throttle/core_throttle_count", "\(core)\n")
    files.write("\(path)/thermal_throttle/package_throttle_count", "\(package)\n")
    files.write("\(path)/topology/physical_package_id", "\(socket)\n")
  }

  @Test("a package's own count, which every processor repeats, counts once")
  func packages() {
    plug(0, core: 3, package: 9)
    plug(1, core: 4, package: 9)
    plug(2, core: 0, package: 0, in: 1)
    let host = Host.fake(files: files)
    var probe = discovered(on: host)
    let found = read(&probe, on: host)
    #expect(
      found.map(\.source) == ["package 0 cores", "package 0", "package 1 cores", "package 1"])
    #expect(found.map(\.count) == [7, 9, 0, 0])
    #expect(found.map(\.sinceBoot) == [true, true, false, false])
  }

  @Test("C13: unplugging a processor and plugging it in again is no throttling")
  func hotplug() {
    plug(0, core: 3, package: 0)
    plug(1, core: 100, package: 0)
    let host = Host.fake(files: files)
    var probe = discovered(on: host)
    let counts: () -> UInt64? = { read(&probe, on: host).first?.count }
    #expect(counts() == 103)
    files.remove("/sys/devices/system/cpu/cpu1")
    time.advance(by: 1)
    #expect(counts() == 103)
    probe.discover([], on: host, scratch)
    plug(1, core: 100, package: 0)
    plug(2, core: 55, package: 0)
    probe.discover([], on: host, scratch)
    time.advance(by: 1)
    #expect(counts() == 103)
    plug(1, core: 101, package: 0)
    time.advance(by: 1)
    #expect(counts() == 104)
  }

  @Test("C13: a processor that is plugged in again is found by the list of those online")
  func replugged() {
    plug(0, core: 1, package: 0)
    plug(1, core: 2, package: 0)
    files.write("/sys/devices/system/cpu/online", "0\n")
    files.remove("/sys/devices/system/cpu/cpu1/thermal_throttle")
    let host = Host.fake(files: files, time: time)
    var probe = MachineProbe(host: host, inlineWorkers: true)
    let count: () -> UInt64? = {
      var sample = Sample(moment: time.now())
      probe.read(into: &sample, at: time.now(), scratch: scratch)
      return sample.thermal.throttles.first?.count
    }
    #expect(count() == 1)
    plug(1, core: 2, package: 0)
    files.write("/sys/devices/system/cpu/online", "0-1\n")
    time.advance(by: 61)
    #expect(count() == 1)
    plug(1, core: 5, package: 0)
    time.advance(by: 1)
    #expect(count() == 4)
  }

  @Test("each source says what it lacks on another kind of machine")
  func examined() {
    let host = Host.fake(files: files)
    #expect(RaspberryPiThrottleProbe.examine(host, target: nil) == .because("not a Raspberry Pi"))
    #expect(JetsonThrottleProbe.examine(host, target: nil) != nil)
    #expect(IntelThrottleProbe.examine(host, target: nil) != nil)
  }
}
