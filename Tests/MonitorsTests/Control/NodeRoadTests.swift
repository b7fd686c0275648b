import TestSupport
import Testing

@testable import Monitors

@Suite("Into Node by its inspector")
struct NodeRoadTests {
  static let garbage = """
    let a = []; for (let i = 0; i < 200000; i++) a.push({x: i, y: "s" + i, z: [i, i]});
    a = null; require("fs").writeFileSync(__dirname + "/ready", "1"); setInterval(() => {}, 50);
    """

  @Test(
    "it is asked for first, then collects, and closes the port again",
    .enabled(if: Runtimes.node, "no node on this machine"))
  func collects() throws {
    let process = try #require(
      Reachable(["node", "--inspect-port=0", "{}/g.js"], files: ["g.js": Self.garbage]))
    let asked = process.perform(.collect)
    #expect(asked.standing == .refused)
    #expect(asked.receipt.question?.text.contains("opens a port") == true)
    let outcome = process.perform(.collect, accepts: true)
    #expect(outcome.standing == .done, "\(outcome.receipt.outcome)")
    #expect(outcome.receipt.road == "Node inspector")
    let before = try #require(outcome.receipt.before?.heap)
    let after = try #require(outcome.receipt.after?.heap)
    #expect(after.count * 2 < before.count)
    let target = try Target(process.key, host: process.host)
    let limit = process.host.time.now().later(by: 3 * Patience.factor)
    var ports = try ListeningPorts(process.host, target).ports()
    while !ports.isEmpty, process.host.time.now() < limit {
      process.host.time.wait(nanoseconds: 20_000_000)
      ports = try ListeningPorts(process.host, target).ports()
    }
    #expect(ports == [])
  }

  @Test("listening sockets are found by their inode, on loopback only")
  func ports() {
    let text = """
        sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
         0: 0100007F:240D 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 555 1 0
         1: 0100007F:0050 00000000:0000 01 00000000:00000000 00:00000000 00000000     0        0 556 1 0
         2: 0A00000A:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 557 1 0
         3: 00000000:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 558 1 0
         4: nonsense
      """
    let bytes = Array(text.utf8)
    let found = bytes.withUnsafeBytes { ListeningPorts.parse($0, owned: [555, 556, 557, 558]) }
    #expect(found == [0x240D, 0x1F91])
    #expect(bytes.withUnsafeBytes { ListeningPorts.parse($0, owned: [1]) } == [])
    #expect(ListeningPorts.inode(Array("socket:[12]".utf8)) == 12)
    #expect(ListeningPorts.inode(Array("socket:[x]".utf8)) == nil)
    #expect(ListeningPorts.inode(Array("/dev/null".utf8)) == nil)
  }
}
