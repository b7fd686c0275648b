public import Monitors

/// A pretended machine with one process on it, whose clock moves as a test says.
///
///     let machine = FakeMachine()
///     machine.robot { $0.residentKilobytes = 900_000 }
///     machine.time.advance(by: 1)
public struct FakeMachine: Sendable {
  /// Its files.
  public let files = FakeFiles([
    "/proc/uptime": "1000.00 2000.00\n",
    "/proc/stat": "cpu  100 0 100 800 0 0 0 0 0 0\ncpu0 100 0 100 800 0 0 0 0 0 0\n",
    "/proc/loadavg": "0.50 0.40 0.30 1/100 42\n",
    "/proc/meminfo":
      "MemTotal: 16000000 kB\nMemAvailable: 8000000 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n",
    "/proc/vmstat": "oom_kill 0\n",
    "/proc/pressure/memory":
      "some avg10=0.00 avg60=0.00 avg300=0.00 total=1\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=1\n",
    "/proc/self/mountinfo": "25 24 0:23 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n",
    "/proc/sys/kernel/hostname": "rover\n", "/proc/sys/kernel/osrelease": "6.6.0\n",
    "/sys/class/thermal/thermal_zone0/type": "cpu-thermal\n",
    "/sys/class/thermal/thermal_zone0/temp": "52000\n",
  ])
  /// Its clock.
  public let time = FakeTime()
  /// Its processes.
  public let processes = FakeProcesses()
  /// What perftop sees of it.
  public var host: Host { .fake(files: files, time: time, processes: processes) }

  /// Makes a machine on which process 42 runs.
  public init() { robot() }

  /// Puts or changes process 42.
  public func robot(_ change: (inout FakeRunning) -> Void = { _ in }) {
    var process = FakeRunning(pid: 42, on: files)
    change(&process)
    process.write()
  }
}
