import TestSupport
import Testing

@testable import Monitors

@Suite("Reading control groups")
struct CgroupProbeTests {
  private let files = FakeFiles()
  private let time = FakeTime()
  private let scratch = Scratch()

  private func handle(_ group: String) throws -> TargetHandle {
    files.put(FakeProcess(42))
    files.write("/proc/42/cgroup", group)
    return TargetHandle(
      pid: 42, directory: try files.openDirectory("/proc/42", in: nil), process: nil,
      startTicks: 5000)
  }

  private func second() throws -> TargetHandle {
    files.write(
      "/proc/self/mountinfo", "30 23 0:26 / /sys/fs/cgroup rw shared:4 - cgroup2 cgroup2 rw\n")
    let slice = "/sys/fs/cgroup/robot.slice"
    files.write("\(slice)/memory.max", "300000000\n")
    files.write("\(slice)/memory.current", "250000000\n")
    files.write("\(slice)/memory.stat", "anon 1\ninactive_file 20000000\nactive_file 10000000\n")
    files.write("\(slice)/cpu.max", "50000 100000\n")
    files.write("\(slice)/cpu.stat", "usage_usec 9\nnr_throttled 1\nthrottled_usec 700\n")
    let leaf = "\(slice)/camera.service"
    files.write("\(leaf)/memory.max", "max\n")
    files.write("\(leaf)/memory.current", "100000000\n")
    files.write("\(leaf)/memory.stat", "anon 1\ninactive_file 1\nactive_file 1\n")
    files.write("\(leaf)/memory.events", "low 0\noom 3\noom_kill 2\n")
    files.write("\(leaf)/cpu.max", "max 100000\n")
    files.write(
      "\(leaf)/memory.pressure",
      "some avg10=1.50 avg60=0.50 avg300=0.10 total=900\nfull avg10=0.25 avg60=0 avg300=0 total=1\n"
    )
    return try handle("0::/robot.slice/camera.service\n")
  }

  @Test("version 2: the ancestor's limit binds, and its own use is what counts against it")
  func unified() throws {
    let handle = try second()
    var probe = CgroupProbe(files: files)
    let sample = try #require(probe.read(handle, at: time.now(), scratch: scratch).value)
    #expect(sample.version == 2)
    #expect(sample.path == "/robot.slice/camera.service")
    #expect(sample.memoryLimit == Bytes(300_000_000))
    #expect(sample.memoryUsed == .fresh(Bytes(250_000_000)))
    #expect(sample.workingSet == .fresh(Bytes(220_000_000)))
    #expect(sample.oomKills == .fresh(2))
    #expect(sample.cpuLimit == 0.5)
    #expect(sample.cpuThrottled == .fresh(700))
    #expect(sample.memoryPressure.value?.some10 == 1.5)
  }

  @Test("limits are looked at again after some seconds, use every time")
  func cadence() throws {
    let handle = try second()
    var probe = CgroupProbe(files: files)
    _ = probe.read(handle, at: time.now(), scratch: scratch)
    files.write("/sys/fs/cgroup/robot.slice/memory.max", "400000000\n")
    files.write("/sys/fs/cgroup/robot.slice/memory.current", "260000000\n")
    time.advance(by: 1)
    let soon = try #require(probe.read(handle, at: time.now(), scratch: scratch).value)
    #expect(soon.memoryUsed == .fresh(Bytes(260_000_000)))
    #expect(soon.memoryLimit == Bytes(300_000_000))
    time.advance(by: 5)
    let later = try #require(probe.read(handle, at: time.now(), scratch: scratch).value)
    #expect(later.memoryLimit == Bytes(400_000_000))
  }

  @Test("version 1 beside version 2: memory from the first, stalls from the second")
  func hybrid() throws {
    files.write(
      "/proc/self/mountinfo",
      "35 31 0:32 /docker/7 /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
        + "41 31 0:38 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n")
    let place = "/sys/fs/cgroup/memory/work"
    files.write("\(place)/memory.limit_in_bytes", "200000000\n")
    files.write("\(place)/memory.usage_in_bytes", "150000000\n")
    files.write("\(place)/memory.stat", "total_inactive_file 50000000\ntotal_active_file 0\n")
    files.write("\(place)/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 1\n")
    let handle = try handle("4:memory:/docker/7/work\n0::/\n")
    var probe = CgroupProbe(files: files)
    let sample = try #require(probe.read(handle, at: time.now(), scratch: scratch).value)
    #expect(sample.version == 1)
    #expect(sample.memoryLimit == Bytes(200_000_000))
    #expect(sample.workingSet == .fresh(Bytes(100_000_000)))
    #expect(sample.oomKills == .fresh(1))
  }

  @Test("a machine without control groups says so")
  func none() throws {
    files.write("/proc/self/mountinfo", "1 0 8:1 / / rw - ext4 /dev/sda1 rw\n")
    let handle = try handle("")
    var probe = CgroupProbe(files: files)
    #expect(
      probe.read(handle, at: time.now(), scratch: scratch) == .missing(.notSupported))
  }
}
