import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("What perftop and a keeper say to each other")
struct KeeperMessageTests {
  @Test(
    "every message arrives as it was sent",
    arguments: [
      KeeperMessage.started(pid: 12, log: "/home/a b/x.log", user: "alice (1000)"),
      .started(pid: 1, log: "", user: ""), .failed(errno: 2), .refusedIdentity(errno: 1),
      .ended(waitStatus: 9, lost: 0, hasLog: true), .ended(waitStatus: 0, lost: 28, hasLog: false),
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
}
