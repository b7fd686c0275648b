import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("The machine's processors and memory")
struct SystemProbeTests {
  private static let meminfo = """
    MemTotal:        8255488 kB
    MemFree:          412340 kB
    MemAvailable:    6912340 kB
    Buffers:           48212 kB
    SwapTotal:        524284 kB
    SwapFree:         524000 kB
    """

  private let files = FakeFiles([
    "/proc/stat": "cpu  100 20 30 400 50 6 7 8 9 0\ncpu0 1 2 3 4\ncpu1 1 2 3 4\nintr 5 0 0\n",
    "/proc/meminfo": meminfo,
    "/proc/loadavg": "1.25 0.98 0.61 2/412 4817\n",
    "/proc/vmstat": "nr_free_pages 1\npgfault 3\noom_kill 4\n",
  ])
  private let time = FakeTime()
  private let scratch = Scratch()

  private func read(_ probe: inout SystemProbe) -> SystemSample {
    var system = SystemSample()
    probe.read(into: &system, on: .fake(files: files, time: time), at: time.now(), scratch)
    return system
  }

  @Test("time waiting for disks is idle, guest time is counted once, and all is summed")
  func ticks() {
    var probe = SystemProbe()
    let system = read(&probe)
    #expect(system.cpuTotalTicks == .fresh(621))
    #expect(system.cpuBusyTicks == .fresh(171))
    #expect(system.processors == 2)
    #expect(system.load == .fresh(1.25))
    #expect(system.oomKills == .fresh(4))
  }

  @Test("kilobytes of the kernel are 1024 bytes")
  func memory() {
    var probe = SystemProbe()
    let system = read(&probe)
    #expect(system.memoryTotal == .fresh(Bytes(8_255_488 * 1024)))
    #expect(system.memoryAvailable == .fresh(Bytes(6_912_340 * 1024)))
    #expect(system.swapFree == .fresh(Bytes(524_000 * 1024)))
  }

  @Test("a kernel that does not say what is available says so, and nothing is guessed")
  func oldKernel() {
    files.write(
      "/proc/meminfo", "MemTotal: 1000 kB\nMemFree: 400 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n")
    var probe = SystemProbe()
    let system = read(&probe)
    #expect(system.memoryTotal == .fresh(Bytes(1_024_000)))
    #expect(system.memoryAvailable == .missing(.notSupported))
    #expect(system.swapTotal == .fresh(.zero))
  }

  @Test("C13: processors that are unplugged and plugged are counted anew each time")
  func hotplug() {
    var probe = SystemProbe()
    for count in [2, 1, 600, 4096, 2] {
      let lines = (0..<count).map { "cpu\($0) 1 2 3 4 5 6 7 8 9 0\n" }.joined()
      files.write("/sys/devices/system/cpu/online", count == 1 ? "0\n" : "0-\(count - 1)\n")
      files.write("/proc/stat", "cpu  1 2 3 4 5 6 7 8 9 0\n\(lines)intr 1\n")
      #expect(read(&probe).processors == count)
    }
  }

  @Test(
    "C14: empty, cut short and garbled files are unreadable, never zero",
    arguments: [
      "", "cpu ", "cpu  1 2", "\0\0\0\0", "cpu  x y z", String(repeating: "9", count: 9000),
    ])
  func garbage(_ text: String) {
    for path in ["/proc/stat", "/proc/meminfo", "/proc/loadavg", "/proc/vmstat"] {
      files.write(path, text)
    }
    var probe = SystemProbe()
    let system = read(&probe)
    #expect(system.cpuTotalTicks.value == nil)
    #expect(system.memoryTotal == .missing(.malformed))
    #expect(system.oomKills.value == nil)
    #expect(system.processors == 1)
  }

  @Test("C11: counters at the end of their range do not trap")
  func largest() {
    let huge = String(UInt64.max)
    files.write("/proc/stat", "cpu  \(huge) \(huge) 3 4 5 6 7 8\n")
    files.write("/proc/meminfo", "MemTotal: \(huge) kB\n")
    var probe = SystemProbe()
    #expect(read(&probe).cpuTotalTicks.value != nil)
    #expect(read(&probe).memoryTotal == .fresh(Bytes(.max)))
  }

  @Test("kills for want of memory are looked up seldom")
  func seldom() {
    var probe = SystemProbe()
    for _ in 0..<9 {
      _ = read(&probe)
      time.advance(by: 1)
    }
    // The file is read once to be opened and once for its contents.
    #expect(files.reads(of: "/proc/vmstat") == 2)
    time.advance(by: 2)
    files.write("/proc/vmstat", "oom_kill 5\n")
    #expect(read(&probe).oomKills == .fresh(5))
  }

  @Test("a file that fails for one tick is read again on the next")
  func recovers() {
    var probe = SystemProbe()
    files.fail("/proc/stat", with: EIO, times: 1)
    #expect(read(&probe).cpuTotalTicks.absence == .because("Input/output error"))
    #expect(read(&probe).cpuTotalTicks == .fresh(621))
  }

  @Test("without /proc the reason names it")
  func examined() {
    #expect(SystemProbe.examine(.fake(files: files), target: nil) == nil)
    #expect(
      SystemProbe.examine(.fake(files: FakeFiles()), target: nil)?.sentence
        == "/proc/stat is not there: is /proc mounted?")
  }
}
