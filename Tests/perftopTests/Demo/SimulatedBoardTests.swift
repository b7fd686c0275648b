import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("The simulated board")
struct SimulatedBoardTests {
  let directory: TemporaryDirectory
  let host: Host

  init() throws {
    directory = try TemporaryDirectory()
    host = Host.live(simulatedSys: directory.path)
  }

  private func text(_ path: String) -> String { directory.text(path) }

  @Test("it has what a Raspberry Pi 5 shows of its heat")
  func isRaspberry() {
    var board = SimulatedBoard(directory: directory.path)
    board.lay()
    #expect(host.isSimulated)
    #expect(text("firmware/devicetree/base/model") == "Raspberry Pi 5 Model B Rev 1.0\0")
    #expect(text("class/thermal/thermal_zone0/type") == "cpu-thermal\n")
    #expect(Int(text("class/thermal/thermal_zone0/temp").dropLast()) == 56000)
    #expect(text("class/thermal/thermal_zone0/trip_point_0_temp") == "110000\n")
    #expect(text("class/hwmon/hwmon2/name") == "rpi_volt\n")
    #expect(text("devices/system/cpu/cpufreq/policy0/cpuinfo_max_freq") == "2400000\n")
    let driver = "bus/platform/drivers/raspberrypi-firmware"
    #expect(directory.names(driver) == ["soc@107c000000:firmware"])
    #expect(text("\(driver)/soc@107c000000:firmware/get_throttled") == "0\n")
  }

  @Test(
    "the firmware's word has its bits where the firmware has them",
    arguments: [(0.0, 0), (22, 0xa000a), (30, 0xb000b), (55, 0xb0000), (90, 0xb0000)])
  func throttles(_ elapsed: Double, _ word: UInt32) {
    #expect(SimulatedBoard.throttled(DemoScene(elapsed: elapsed)) == word)
  }

  @Test("a file that a reader holds open shows the new value, and is never longer than it")
  func updatesInPlace() throws {
    var board = SimulatedBoard(directory: directory.path)
    board.lay()
    let path =
      "/sys/bus/platform/drivers/raspberrypi-firmware/soc@107c000000:firmware/get_throttled"
    let file = try host.files.keep(path, in: nil)
    for (elapsed, expected) in [(30.0, "b000b\n"), (55, "b0000\n"), (0, "0\n")] {
      board.update(DemoScene(elapsed: elapsed))
      var buffer = [UInt8](repeating: 0, count: 16)
      let count = try buffer.withUnsafeMutableBytes {
        try host.files.read(file, at: 0, into: $0)
      }
      #expect(String(decoding: buffer[..<count], as: UTF8.self) == expected)
    }
  }

  @Test("only sensors are simulated: control groups and disks are the machine's own")
  func leavesTheRestAlone() throws {
    #expect(throws: SystemError.notFound) { try host.files.list("/sys/class/thermal", in: nil) }
    let real = LiveFiles()
    for path in ["/sys/fs", "/sys/block", "/sys/dev/block"] {
      let names = try? real.list(path, in: nil)
      #expect((try? host.files.list(path, in: nil)) == names)
      #expect(names != nil)
    }
  }

  @Test("capped, the processors may go no faster than capped speed")
  func capsFrequency() {
    var board = SimulatedBoard(directory: directory.path)
    board.lay()
    board.update(DemoScene(elapsed: 30))
    #expect(text("devices/system/cpu/cpufreq/policy0/scaling_max_freq") == "1500000\n")
    #expect(text("class/thermal/cooling_device0/cur_state") == "4\n")
    #expect(text("class/hwmon/hwmon2/in0_lcrit_alarm") == "1\n")
  }
}
