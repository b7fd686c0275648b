import Glibc
import Monitors
import TestSupport

/// A roster of a pretended machine, taken once a second.
final class RosterWatching {
  let files = FakeFiles([
    "/proc/uptime": "100000.00 2.00\n", "/proc/loadavg": "0.50 0.40 0.30 1/100 42\n",
    "/etc/passwd": "root:x:0:0:root:/root:/bin/sh\nrobot:x:1000:1000::/home/robot:/bin/sh\n",
    "/proc/self/limits":
      "Max open files            1024                 524288               files\n"
      + "Max address space         unlimited            unlimited            bytes\n",
  ])
  let time = FakeTime()
  let scratch = Scratch()
  private var probe: RosterProbe?
  private var (tasks, newest) = (100, 42)

  init(_ processes: [FakeProcess] = []) {
    files.link("/proc/self", to: "7")
    put(FakeProcess(7))
    for process in processes { put(process) }
  }

  /// Puts a process there, or changes one that is.
  func put(_ process: FakeProcess) { files.put(process) }

  /// Ends many at once; most of them are still on the list, as it is when they end after it was made.
  func end(_ pids: Range<Int32>) {
    for pid in pids {
      files.fail("/proc/\(pid)/stat", with: ESRCH)
      if pid % 20 == 0 { files.remove("/proc/\(pid)") }
    }
  }

  /// Says that so many were born and have gone, as the kernel would.
  func tell(births: Int = 0, ends: Int = 0, newest: Int? = nil) {
    tasks += births - ends
    self.newest = newest ?? self.newest + births
    files.write("/proc/loadavg", "0.50 0.40 0.30 1/\(tasks) \(self.newest)\n")
  }

  /// Takes a roster after a second, or so many.
  @discardableResult
  func tick(after seconds: Double = 1) -> Roster? {
    time.advance(by: seconds)
    if probe == nil {
      probe = RosterProbe(host: .fake(files: files, time: time), inlineWorkers: true)
    }
    return probe?.read(at: time.now(), scratch: scratch)
  }
}

extension Roster {
  subscript(pid: Int32) -> RosterRow? { rows.first { $0.identity.pid == pid } }
}

extension FakeProcess {
  /// A process that has worked for half of its life.
  static func worker(_ pid: Int32, name: String = "robot") -> FakeProcess {
    var process = FakeProcess(pid)
    process.name = name
    process.cpu = 4_000_000
    return process
  }

  /// A process that has hardly ever run.
  static func sleeper(_ pid: Int32) -> FakeProcess {
    var process = FakeProcess(pid)
    process.name = "sleep"
    process.cpu = 1
    return process
  }
}
