import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Graphics processors")
struct GPUProbeTests {
  private let files = FakeFiles()
  private let time = FakeTime()
  private let scratch = Scratch()

  private func read(_ host: Host) -> Measured<[GPUSample]> {
    var probe = GPUProbe(inlineWorkers: true)
    probe.discover(on: host, scratch)
    return probe.read(on: host, at: time.now(), scratch)
  }

  private func put(_ directory: String, _ values: [String: String]) {
    for (name, text) in values { files.write("\(directory)/\(name)", text) }
  }

  @Test("an AMD card: busy, memory, junction, power and clock")
  func amd() throws {
    let device = "/sys/class/drm/card0/device"
    put(
      device,
      [
        "gpu_busy_percent": "62\n", "mem_info_vram_used": "2000000000\n",
        "mem_info_vram_total": "8000000000\n", "hwmon/hwmon4/temp1_input": "60000\n",
        "hwmon/hwmon4/temp2_input": "71000\n", "hwmon/hwmon4/power1_average": "85000000\n",
        "hwmon/hwmon4/freq1_input": "1500000000\n",
      ])
    files.write("/sys/class/drm/card0-HDMI-A-1/status", "connected")
    let gpus = try #require(read(.fake(files: files)).value)
    #expect(gpus.count == 1)
    let gpu = try #require(gpus.first)
    #expect(gpu.utilization == .fresh(Ratio(0.62)))
    #expect(gpu.memoryUsed == .fresh(Bytes(2_000_000_000)))
    #expect(gpu.temperature == .fresh(Celsius(71)))
    #expect(gpu.watts == .fresh(85))
    #expect(gpu.megahertz == .fresh(1500))
  }

  @Test("an Intel card tells its clock and why it is held back, and says what it does not offer")
  func intel() throws {
    put(
      "/sys/class/drm/card0/gt/gt0",
      ["rps_act_freq_mhz": "1100\n", "throttle_reason_thermal": "1\n"])
    let gpu = try #require(read(.fake(files: files)).value?.first)
    #expect(gpu.source == "i915")
    #expect(gpu.megahertz == .fresh(1100))
    #expect(gpu.throttleReasons == ["thermal slowdown"])
    #expect(gpu.utilization == .missing(.notSupported))
  }

  @Test("a Jetson's load is in thousandths; a card that is switched off is offline")
  func jetson() throws {
    let path = "/sys/class/devfreq/17000000.gpu"
    put(
      path,
      ["device/of_node/name": "ga10b\0", "device/load": "437\n", "cur_freq": "624750000\n"])
    let gpu = try #require(read(.fake(files: files)).value?.first)
    #expect(gpu.utilization == .fresh(Ratio(0.437)))
    #expect(gpu.megahertz == .fresh(624.75))
    files.fail("\(path)/device/load", with: EAGAIN)
    #expect(
      read(.fake(files: files)).value?.first?.utilization == .missing(.because("offline")))
  }

  @Test("only reasons that cost speed for want of cooling or power are worth a word")
  func reasons() {
    #expect(NVIDIAProbe.words(0x1 | 0x2 | 0x4 | 0x10 | 0x100).isEmpty)
    #expect(
      NVIDIAProbe.words(0x40 | 0x80) == ["hardware thermal slowdown", "hardware power brake"])
  }

  @Test("the driver without its library says which library is missing")
  func noLibrary() {
    files.write("/proc/driver/nvidia/version", "NVRM version\n")
    var host = Host.fake(files: files)
    host.graphicsLibrary = GraphicsLibrary(path: "/nowhere/libnvidia-ml.so.1")
    let reason = "NVIDIA's library libnvidia-ml.so.1 is not installed"
    #expect(read(host).absence?.sentence.text == reason)
    #expect(NVIDIAProbe.examine(host, target: nil)?.sentence.text == reason)
  }

  @Test("a library that is another one is refused, not called")
  func wrongLibrary() {
    files.write("/proc/driver/nvidia/version", "NVRM version\n")
    var host = Host.fake(files: files)
    host.graphicsLibrary = GraphicsLibrary(path: "libm.so.6")
    #expect(read(host).value == nil)
  }

  @Test("without the driver its library is not even loaded")
  func noDriver() {
    var host = Host.fake(files: files)
    host.graphicsLibrary = GraphicsLibrary(path: "/nowhere/libnvidia-ml.so.1")
    #expect(read(host).absence?.sentence == "no graphics processor that can be read")
  }
}
