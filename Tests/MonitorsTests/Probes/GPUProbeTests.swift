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

@Suite("NVIDIA's library, played by a stub", .enabled(if: StubLibrary.path != nil, "no C compiler"))
struct NVIDIAProbeTests {
  private let files = FakeFiles(["/proc/driver/nvidia/version": "NVRM version\n"])
  private let time = FakeTime()

  private func probe() throws -> (NVIDIAProbe, Host) {
    var host = Host.fake(files: files)
    host.graphicsLibrary = GraphicsLibrary(path: try #require(StubLibrary.path))
    var probe = NVIDIAProbe(inlineWorkers: true)
    probe.discover(on: host)
    return (probe, host)
  }

  @Test("what the driver says arrives with its units; what it refuses is missing")
  func facts() throws {
    var (probe, host) = try probe()
    let gpus = try #require(probe.read(on: host, at: time.now())?.value)
    #expect(gpus.map(\.name) == ["Stub GPU 0", "Stub GPU 1"])
    let first = try #require(gpus.first)
    #expect(first.utilization == .fresh(Ratio(0.37)))
    #expect(first.memoryUsed == .fresh(Bytes(3_000_000_000)))
    #expect(first.memoryTotal == .fresh(Bytes(12_000_000_000)))
    #expect(first.temperature == .fresh(Celsius(83)))
    #expect(first.watts == .fresh(142.5))
    #expect(first.megahertz == .fresh(1410))
    #expect(first.throttleReasons == ["hardware thermal slowdown"])
    // The second plays a part that is split up, which refuses to say how busy it is.
    let second = try #require(gpus.last)
    #expect(second.utilization == .missing(.notSupported))
    #expect(second.memoryUsed == .missing(.notSupported))
  }

  @Test("doctor finds it well")
  func examined() throws {
    let (_, host) = try probe()
    #expect(NVIDIAProbe.examine(host, target: nil) == nil)
  }
}

/// A library that answers like NVIDIA's, built once where there is a C compiler.
enum StubLibrary {
  static let path: String? = {
    let package = "/" + #filePath.split(separator: "/").dropLast(4).joined(separator: "/")
    let directory = "\(package)/.build/stub"
    mkdir("\(package)/.build", 0o755)
    mkdir(directory, 0o755)
    let library = "\(directory)/libnvidia-ml.so.1"
    let fresh = "\(library).\(getpid())"
    let source = "\(package)/Tests/Fixtures/nvml/stub.c"
    for compiler in ["clang", "cc", "gcc"]
    where run([compiler, "-shared", "-fPIC", "-o", fresh, source]) && rename(fresh, library) == 0 {
      return library
    }
    return nil
  }()

  private static func run(_ words: [String]) -> Bool {
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid = pid_t()
    guard let name = arguments.first, let name,
      posix_spawnp(&pid, name, nil, nil, &arguments, environ) == 0
    else { return false }
    var status: Int32 = 0
    return waitpid(pid, &status, 0) == pid && status == 0
  }
}
