import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("Trying a channel")
struct AlertsTestCommandTests {
  private func command(_ channels: [ChannelSettings]) -> AlertsTestCommand {
    var config = Config()
    config.delivery.channels = channels
    return AlertsTestCommand(
      host: .live(), config: config,
      deliverer: Deliverer(host: .live(), program: BuiltProgram.deliver))
  }

  private static let channels = [
    ChannelSettings(name: "well", means: .command(["/bin/true"])),
    ChannelSettings(name: "ill", means: .command(["/bin/false"])),
  ]

  @Test("a message is sent now, and what came back is said")
  func tried() {
    let answer = command(Self.channels).answer(nil)
    #expect(answer.status == 1)
    #expect(answer.lines.count == 2)
    #expect(answer.lines[0].text.hasPrefix("well: sent: /bin/true exited with 0 ("))
    #expect(answer.lines[1].text.hasPrefix("ill: failed: /bin/false exited with 1 ("))
    #expect(command(Self.channels).answer("well").status == 0)
  }

  @Test("as JSON each channel is an object on a line of its own")
  func json() throws {
    let answer = command(Self.channels).answer(nil, isJSON: true)
    let objects = try answer.lines.map { try JSONReader.object($0.text) }
    #expect(objects.map { $0["channel"]?.string } == ["well", "ill"])
    #expect(objects.map { $0["sent"]?.truth } == [true, false])
    #expect(objects[0]["answer"]?.string == "/bin/true exited with 0")
  }

  @Test("the words of a command line choose one channel or all")
  func words() throws {
    #expect(
      try Arguments.parse(["alerts", "test"]).task == .testChannels(named: nil, isJSON: false))
    #expect(
      try Arguments.parse(["alerts", "test", "pager", "--json", "--config", "c.yaml"]).task
        == .testChannels(named: "pager", isJSON: true))
  }

  @Test("a channel that there is not is named, with those that there are")
  func unknown() {
    let answer = command(Self.channels).answer("pager")
    #expect(answer.status == 2)
    #expect(answer.errors == ["perftop: no channel called pager", "there are well, ill"])
    #expect(command([]).answer(nil).errors.first == "perftop: no channels")
  }

  @Test("a test says that it is one, and from whom", .enabled(if: Receiver.isAvailable))
  func message() throws {
    let receiver = try #require(Receiver(.http))
    var hook = ChannelSettings.Webhook()
    hook.url = Secret("http://127.0.0.1:\(receiver.port)/")
    let channel = ChannelSettings(name: "hook", means: .webhook(hook))
    #expect(command([channel]).answer("hook").status == 0)
    let body = receiver.log.first?["body"]?.string ?? ""
    #expect(body.contains("\"rule\":\"test\"") || body.contains("\"rule\": \"test\""))
    #expect(body.contains("a test by "))
  }
}
