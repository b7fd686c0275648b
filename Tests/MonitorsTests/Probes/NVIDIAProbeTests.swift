import TestSupport
import Testing

@testable import Monitors

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
