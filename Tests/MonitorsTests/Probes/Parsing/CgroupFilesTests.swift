import TestSupport
import Testing

@testable import Monitors

@Suite("The files of control groups")
struct CgroupFilesTests {
  private let hybrid =
    "31 23 0:28 / /sys/fs/cgroup rw,relatime - tmpfs tmpfs rw,mode=755\n"
    + "32 31 0:29 / /sys/fs/cgroup/cpu,cpuacct rw,relatime - cgroup cgroup rw,cpu,cpuacct\n"
    + "35 31 0:32 /docker/7 /sys/fs/cgroup/memory rw,relatime shared:5 - cgroup cgroup rw,memory\n"
    + "41 31 0:38 / /sys/fs/cgroup/unified rw,relatime - cgroup2 cgroup2 rw\n"

  @Test("mounts of both versions are found, with what they show at their top")
  func mounts() {
    let mounts = withBytes(hybrid, CgroupMounts.parse)
    #expect(mounts.memory == .init(place: "/sys/fs/cgroup/memory", root: "/docker/7"))
    #expect(mounts.processor == .init(place: "/sys/fs/cgroup/cpu,cpuacct", root: "/"))
    #expect(mounts.unified == .init(place: "/sys/fs/cgroup/unified", root: "/"))
  }

  @Test("a process's groups are found by controller, whatever their paths hold")
  func paths() {
    let paths = withBytes(
      "9:cpu,cpuacct:/a\n4:memory:/odd:name/x\n1:name=systemd:/s\n0::/u.slice/r.service\n",
      CgroupPaths.parse)
    #expect(paths.processor == "/a")
    #expect(paths.memory == "/odd:name/x")
    #expect(paths.unified == "/u.slice/r.service")
    #expect(paths.service == "/u.slice/r.service")
  }

  @Test("a login session is no service that could start a program again")
  func session() {
    let paths = withBytes("0::/user.slice/user-0.slice/session-3.scope\n", CgroupPaths.parse)
    #expect(paths.service == nil)
  }

  @Test(
    "no limit is told from a limit in both versions",
    arguments: [
      ("max\n", Bytes?.none), ("9223372036854771712\n", nil), ("-1\n", nil),
      ("209715200\n", Bytes(209_715_200)), ("0\n", .zero),
    ])
  func limits(_ text: String, _ limit: Bytes?) {
    #expect(withBytes(text, CgroupFile.limit) == .some(limit))
  }

  @Test("a key is a whole word at the beginning of a line")
  func keys() {
    let text = "oom_kill_disable 1\nunder_oom 0\noom_kill 5\n"
    #expect(withBytes(text) { CgroupFile.value("oom_kill ", $0) } == 5)
    #expect(withBytes(text) { CgroupFile.value("kill ", $0) } == nil)
  }

  @Test("a processor limit is quota over period")
  func processors() {
    #expect(withBytes("150000 100000\n", CgroupFile.processors) == .some(1.5))
    #expect(withBytes("max 100000\n", CgroupFile.processors) == .some(nil))
    #expect(withBytes("150000 0\n", CgroupFile.processors) == nil)
  }

  @Test("C14: garbage in place of mounts and groups gives none")
  func fuzz() {
    garbage(from: hybrid, rounds: 2000) {
      _ = CgroupMounts.parse($0)
      _ = CgroupPaths.parse($0)
      if case .some(.some(let limit)) = CgroupFile.limit($0) { #expect(limit >= .zero) }
    }
    #expect(withBytes("- - - - - - - -\n", CgroupMounts.parse) == CgroupMounts())
  }
}
