import Testing

@testable import Monitors

@Suite("Control groups in people's words")
struct CgroupNamesTests {
  private static let id = "3f2a91c0d4e5b6a7988776655443322110ffeeddccbbaa998877665544332211"
  private static let pod = "kubepods-burstable-pod1234_5678.slice"

  struct Case: Sendable {
    var path: String
    var unit: Printable?
    var container: Printable?

    init(_ path: String, unit: Printable? = nil, container: Printable? = nil) {
      self.path = path
      self.unit = unit
      self.container = container
    }
  }

  private static let secondVersion = [
    Case("/"), Case(""), Case("/user.slice"),
    Case("/system.slice/collector.service", unit: "collector.service"),
    Case("/system.slice/a.service/sub/group", unit: "a.service"),
    Case("/user.slice/user-1000.slice/session-3.scope", unit: "session-3.scope"),
    Case(
      "/user.slice/user-1000.slice/user@1000.service/app.slice/robot.service",
      unit: "robot.service"),
    Case("/system.slice/docker-\(id).scope", container: "docker 3f2a91c0d4e5"),
    Case("/docker/\(id)", container: "docker 3f2a91c0d4e5"),
    Case("/machine.slice/libpod-\(id).scope/container", container: "podman 3f2a91c0d4e5"),
    Case("/machine.slice/libpod-conmon-\(id).scope", unit: "libpod-conmon-\(id).scope"),
    Case(
      "/system.slice/robot.service/libpod-payload-\(id)", unit: "robot.service",
      container: "podman 3f2a91c0d4e5"),
    Case(
      "/kubepods.slice/\(pod)/cri-containerd-\(id).scope", container: "containerd 3f2a91c0d4e5"),
    Case("/kubepods.slice/\(pod)/crio-\(id).scope", container: "crio 3f2a91c0d4e5"),
    Case("/kubepods/burstable/pod1234/\(id)", container: "k8s 3f2a91c0d4e5"),
    Case("/default/\(id)", container: "containerd 3f2a91c0d4e5"),
    Case("/somebody/\(id)", container: "container 3f2a91c0d4e5"),
    Case("/lxc.payload.web/system.slice/ssh.service", unit: "ssh.service", container: "lxc web"),
    Case("/lxc/web", container: "lxc web"), Case("/lxc.monitor.web"),
    Case("/lxc.payload.web/docker/\(id)", container: "docker 3f2a91c0d4e5"),
    Case("/not/a/" + String(repeating: "z", count: 64)),
  ]

  @Test("in version 2", arguments: secondVersion)
  func second(_ item: Case) {
    let names = withBytes("0::\(item.path)\n", CgroupNames.parse)
    #expect(names.unit == item.unit, "\(item.path)")
    #expect(names.container == item.container, "\(item.path)")
  }

  @Test("in version 1 the line that tells most is believed")
  func first() {
    let text = """
      12:pids:/user.slice/user-1000.slice/user@1000.service
      4:memory:/user.slice/user-1000.slice/user@1000.service
      2:cpu,cpuacct:/user.slice
      1:name=systemd:/user.slice/user-1000.slice/user@1000.service/app.slice/robot.service
      0::/
      """
    #expect(withBytes(text, CgroupNames.parse).unit == "robot.service")
    let docker = "11:memory:/docker/\(Self.id)\n1:name=systemd:/docker/\(Self.id)\n0::/\n"
    #expect(withBytes(docker, CgroupNames.parse).container == "docker 3f2a91c0d4e5")
  }

  @Test("B5: a unit with escapes is shown without them")
  func hostile() {
    let names = withBytes("0::/system.slice/a\u{1b}[31m.service\n", CgroupNames.parse)
    #expect(names.unit == "a·[31m.service")
  }

  @Test("C14: garbage names nothing and crashes nothing")
  func fuzz() {
    garbage(from: "0::/kubepods.slice/\(Self.pod)/docker-\(Self.id).scope\n", rounds: 3000) {
      _ = CgroupNames.parse($0)
    }
    #expect(
      withBytes("no colons here", CgroupNames.parse)
        == CgroupNames.parse(.init(start: nil, count: 0)))
  }
}
