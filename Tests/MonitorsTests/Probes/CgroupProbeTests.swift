import TestSupport
import Testing

@testable import Monitors

@Suite("Control groups")
struct CgroupProbeTests {
  private let version2 = "25 24 0:23 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n"
  private let version1 = """
    30 24 0:26 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory
    31 24 0:27 / /sys/fs/cgroup/cpu,cpuacct rw - cgroup cgroup rw,cpu,cpuacct
    32 24 0:28 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw

    """

  private func machine(_ mounts: String, group: String) -> FakeFiles {
    let files = FakeFiles(["/proc/self/mountinfo": mounts])
    var process = FakeProcess(pid: 42, on: files)
    process.cgroup = group
    process.write()
    return files
  }

  private func handle(_ files: FakeFiles) -> TargetHandle {
    let directory = DirectoryHandle(descriptor: -1, path: "/proc/42") { _ in }
    return TargetHandle(pid: 42, directory: directory, process: nil, startTicks: 500)
  }

  private func read(_ files: FakeFiles) -> Measured<CgroupSample> {
    var probe = CgroupProbe(files: files)
    return probe.read(handle(files), at: Moment(nanoseconds: 1), Scratch())
  }

  private func write(
    _ files: FakeFiles, _ place: String, limit: String, used: Int, cache: Int = 0
  ) {
    files.write("\(place)/memory.max", "\(limit)\n")
    files.write("\(place)/memory.current", "\(used)\n")
    files.write(
      "\(place)/memory.stat", "anon 5\nfile 9\ninactive_file \(cache)\nactive_file 10\n")
    files.write("\(place)/memory.events", "low 0\noom 9\noom_kill 3\noom_group_kill 0\n")
  }

  @Test("version 2: limit, usage without cache, kills, stalls and processors")
  func unified() {
    let files = machine(version2, group: "0::/robot.slice/robot.service\n")
    let own = "/sys/fs/cgroup/robot.slice/robot.service"
    write(files, own, limit: "1000000", used: 600_000, cache: 100_000)
    files.write(
      "\(own)/memory.pressure",
      "some avg10=1.50 avg60=1.00 avg300=0.00 total=9\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=1\n"
    )
    files.write("\(own)/cpu.max", "50000 100000\n")
    files.write("\(own)/cpu.stat", "usage_usec 5\nnr_throttled 2\nthrottled_usec 777\n")
    let sample = read(files).value
    #expect(sample?.path == "/robot.slice/robot.service")
    #expect(sample?.version == 2)
    #expect(sample?.memoryLimit == Bytes(1_000_000))
    #expect(sample?.memoryUsed == .fresh(Bytes(600_000)))
    #expect(sample?.workingSet == .fresh(Bytes(499_990)))
    #expect(sample?.oomKills == .fresh(3))
    #expect(sample?.memoryPressure.value?.some10 == 1.5)
    #expect(sample?.cpuLimit == 0.5)
    #expect(sample?.cpuThrottled == .fresh(777))
  }

  @Test("a limit above the group is set against what all groups below it use together")
  func limitOfParent() {
    let files = machine(version2, group: "0::/pod/worker\n")
    write(files, "/sys/fs/cgroup/pod", limit: "1000000", used: 900_000)
    write(files, "/sys/fs/cgroup/pod/worker", limit: "max", used: 200_000)
    #expect(read(files).value?.memoryLimit == Bytes(1_000_000))
    #expect(read(files).value?.memoryUsed == .fresh(Bytes(900_000)))
    // Its own limit is the larger one, but leaves less.
    write(files, "/sys/fs/cgroup/pod/worker", limit: "1050000", used: 1_040_000)
    #expect(read(files).value?.memoryLimit == Bytes(1_050_000))
  }

  @Test("a group without the controller is limited by the next one above that has it")
  func controllerNotGiven() {
    let files = machine(version2, group: "0::/user.slice/app.scope\n")
    files.write("/sys/fs/cgroup/user.slice/app.scope/cgroup.procs", "42\n")
    write(files, "/sys/fs/cgroup/user.slice", limit: "700000", used: 1000)
    #expect(read(files).value?.memoryLimit == Bytes(700_000))
  }

  @Test("no limit is nil, and the topmost group has none")
  func unlimited() {
    let files = machine(version2, group: "0::/\n")
    files.write("/sys/fs/cgroup/cgroup.controllers", "cpuset cpu io memory pids\n")
    let sample = read(files).value
    #expect(sample?.memoryLimit == nil)
    #expect(sample?.memoryUsed == .missing(.notSupported))
    #expect(sample?.cpuLimit == nil)
  }

  @Test("version 1 beside version 2: memory comes from where its controller is")
  func hybrid() {
    let files = machine(
      version1, group: "5:memory:/robot\n4:cpu,cpuacct:/robot\n0::/robot.slice\n")
    let memory = "/sys/fs/cgroup/memory/robot"
    files.write("\(memory)/memory.limit_in_bytes", "9223372036854771712\n")
    files.write("\(memory)/memory.usage_in_bytes", "500000\n")
    files.write(
      "\(memory)/memory.stat",
      "inactive_file 1\nhierarchical_memory_limit 800000\ntotal_inactive_file 100000\ntotal_active_file 50000\n"
    )
    files.write("\(memory)/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n")
    files.write("/sys/fs/cgroup/cpu,cpuacct/robot/cpu.cfs_quota_us", "150000\n")
    files.write("/sys/fs/cgroup/cpu,cpuacct/robot/cpu.cfs_period_us", "100000\n")
    files.write("/sys/fs/cgroup/cpu,cpuacct/robot/cpu.stat", "throttled_time 5000000\n")
    let sample = read(files).value
    #expect(sample?.version == 1)
    #expect(sample?.memoryLimit == Bytes(800_000))
    #expect(sample?.workingSet == .fresh(Bytes(350_000)))
    #expect(sample?.oomKills == .fresh(2))
    #expect(sample?.cpuLimit == 1.5)
    #expect(sample?.cpuThrottled == .fresh(5000))
    files.write("\(memory)/memory.stat", "hierarchical_memory_limit 9223372036854771712\n")
    files.write("/sys/fs/cgroup/cpu,cpuacct/robot/cpu.cfs_quota_us", "-1\n")
    #expect(read(files).value?.memoryLimit == nil)
    #expect(read(files).value?.cpuLimit == nil)
  }

  @Test("version 1: a limit above is found with its own usage")
  func hierarchical() {
    let files = machine(version1, group: "5:memory:/pod/worker\n")
    for (place, limit, used) in [
      ("pod", "1000000", 900_000), ("pod/worker", "9223372036854771712", 5),
    ] {
      files.write("/sys/fs/cgroup/memory/\(place)/memory.limit_in_bytes", limit)
      files.write("/sys/fs/cgroup/memory/\(place)/memory.usage_in_bytes", "\(used)")
    }
    #expect(read(files).value?.memoryLimit == Bytes(1_000_000))
    #expect(read(files).value?.memoryUsed == .fresh(Bytes(900_000)))
  }

  @Test("a group outside the container lends nobody its limits")
  func outside() {
    let files = machine(version2, group: "0::/../../other.service\n")
    files.write("/sys/fs/cgroup/cgroup.controllers", "memory\n")
    write(files, "/sys/fs/cgroup", limit: "500000", used: 1)
    #expect(read(files) == .missing(.because("its control group can not be seen from here")))
  }

  @Test("where the mount begins at the container's own group, the path is counted from there")
  func mountedBelow() {
    let files = machine(
      "25 24 0:23 /docker/abc /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
      group: "0::/docker/abc/inner\n")
    write(files, "/sys/fs/cgroup", limit: "500000", used: 100_000)
    write(files, "/sys/fs/cgroup/inner", limit: "300000", used: 20_000)
    #expect(read(files).value?.memoryLimit == Bytes(300_000))
  }

  @Test("between two full readings only the size is read, and cache is taken to stay")
  func cheap() {
    let files = machine(version2, group: "0::/a\n")
    write(files, "/sys/fs/cgroup/a", limit: "max", used: 600_000, cache: 99_990)
    var probe = CgroupProbe(files: files)
    let scratch = Scratch()
    _ = probe.read(handle(files), at: Moment(nanoseconds: 1), scratch)
    let before = files.reads(of: "/sys/fs/cgroup/a/memory.stat")
    files.write("/sys/fs/cgroup/a/memory.current", "650000\n")
    let second = probe.read(handle(files), at: Moment(nanoseconds: 1_000_000_000), scratch)
    #expect(second.value?.memoryUsed == .fresh(Bytes(650_000)))
    #expect(second.value?.workingSet == .fresh(Bytes(550_000)))
    #expect(files.reads(of: "/sys/fs/cgroup/a/memory.stat") == before)
    files.write("/sys/fs/cgroup/a/memory.current", "nonsense\n")
    let third = probe.read(handle(files), at: Moment(nanoseconds: 2_000_000_000), scratch)
    #expect(third.value?.memoryUsed == .fresh(Bytes(650_000)))
    let fourth = probe.read(handle(files), at: Moment(nanoseconds: 3_000_000_000), scratch)
    #expect(fourth.value?.memoryUsed == .missing(.notSupported))
  }

  @Test("a container's tree: the tighter limit of two")
  func fixture() throws {
    let host = HostTree.containerCgroup2.host
    let found = try TargetFinder(host: host).attach(4242)
    var probe = CgroupProbe(files: host.files)
    let sample = probe.read(found.handle, at: host.time.now(), Scratch()).value
    #expect(sample?.path == "/kubepods.slice/collector.scope")
    #expect(sample?.memoryLimit != nil)
    #expect(sample?.memoryPressure.value != nil)
    #expect(CgroupProbe.examine(host, target: found.handle) == nil)
  }

  @Test("without any group there is a reason, and doctor says so too")
  func none() {
    let files = machine("", group: "")
    #expect(read(files).absence != nil)
    #expect(CgroupProbe.examine(.fake(files: files), target: handle(files)) == .notSupported)
  }
}
