import Glibc
import Testing

@testable import Monitors

@Suite("What perftop and a keeper say to each other")
struct KeeperMessageTests {
  @Test(
    "every message arrives as it was sent",
    arguments: [
      KeeperMessage.started(pid: 12, log: "/home/a b/x.log", user: "alice (1000)"),
      .started(pid: 1, log: "", user: ""), .failed(errno: 2), .refusedIdentity(errno: 1),
      .ended(waitStatus: 9),
    ])
  func arrives(_ message: KeeperMessage) throws {
    let (near, far) = try Descriptors.conversation()
    defer { [near, far].forEach { close($0) } }
    #expect(KeeperMessage.receive(from: near) == .nothing)
    message.send(to: far)
    #expect(KeeperMessage.receive(from: near) == .message(message))
    #expect(KeeperMessage.receive(from: near) == .nothing)
  }

  @Test("nonsense and silence are an end, not a crash")
  func survives() throws {
    let (near, far) = try Descriptors.conversation()
    for text in ["x", "ended", "ended\0", "started\0one\0two\0three", "\0\0\0"] {
      _ = send(far, text, text.utf8.count, 0)
      #expect(KeeperMessage.receive(from: near) == .over)
    }
    close(far)
    #expect(KeeperMessage.receive(from: near) == .over)
    KeeperMessage.failed(errno: 1).send(to: near)
    close(near)
  }

  @Test("a keeper's command line says what was asked of it")
  func understandsRequest() throws {
    var options = Launcher.Options()
    options.endsWithWatcher = true
    options.keepsRoot = true
    options.keepsOutput = false
    options.removing = "/tmp/perftop-demo-1"
    var request = KeeperRequest(options)
    let words =
      request.arguments.map { Array($0.utf8) } + [Array("--".utf8), [0xff], [0x2d, 0x2d]]
    request.command = [[0xff], [0x2d, 0x2d]]
    #expect(KeeperRequest(parsing: words) == request)
    #expect(KeeperRequest(parsing: []) == nil)
    #expect(KeeperRequest(parsing: [Array("--".utf8)]) == nil)
    #expect(KeeperRequest(parsing: [Array("--odd".utf8), Array("--".utf8), [0x61]]) == nil)
  }
}

@Suite("Where output of launched programs lies")
struct RunsDirectoryTests {
  @Test("below the state directory, or below home")
  func finds() {
    let path = { (variables: [String: String]) in RunsDirectory.path { variables[$0] } }
    #expect(path(["XDG_STATE_HOME": "/s", "HOME": "/h"]) == "/s/perftop/runs")
    #expect(path(["HOME": "/h"]) == "/h/.local/state/perftop/runs")
    #expect(path(["XDG_STATE_HOME": "relative", "HOME": "/h"]) == "/h/.local/state/perftop/runs")
    #expect(path([:]) == nil)
  }

  @Test(
    "names are made of the program's, without anything a path or terminal could take amiss",
    arguments: [
      ("/usr/bin/python3", "python3-7"), ("../../etc/x y", "x-y-7"), ("/", "program-7"),
      ("", "program-7"), ("a\u{1b}[2J", "a--2J-7"),
    ])
  func names(_ program: String, _ name: String) {
    #expect(RunsDirectory.name(program: Array(program.utf8), pid: 7) == name)
  }
}

@Suite("Ends of programs")
struct ProcessEndStatusTests {
  @Test("a status is passed on as a shell does")
  func passes() {
    #expect(ProcessEnd(waitStatus: 0) == .exited(0))
    #expect(ProcessEnd(waitStatus: 7 << 8).exitStatus == 7)
    #expect(ProcessEnd(waitStatus: SIGKILL) == .signalled(SIGKILL))
    #expect(ProcessEnd.signalled(15).exitStatus == 143)
    #expect(ProcessEnd.unknown.exitStatus == 1)
  }

  @Test("a program that was not launched says what to do and ends as a shell does")
  func explains() {
    #expect(LaunchError.program("x", SystemError(ENOENT)).exitStatus == 127)
    #expect(LaunchError.program("x", SystemError(ENOEXEC)).exitStatus == 126)
    #expect(LaunchError.program("x", SystemError(ENOEXEC)).lines.contains("#!"))
    #expect(LaunchError.identity(SystemError(EINVAL)).lines.contains("SUDO_UID"))
  }
}
