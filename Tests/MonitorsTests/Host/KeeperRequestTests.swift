import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("What a keeper is asked")
struct KeeperRequestTests {
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
