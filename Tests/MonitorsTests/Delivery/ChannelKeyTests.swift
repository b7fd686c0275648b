import Testing

@testable import Monitors

@Suite("By what a channel is known")
struct ChannelKeyTests {
  private static func mail(_ addresses: String..., server: String = "a.example.org")
    -> ChannelSettings
  {
    let server = NetworkAddress(scheme: "smtps", host: server)
    let mail = ChannelSettings.Mail(
      server: server, from: "robot@example.org", recipients: addresses)
    return ChannelSettings(name: "mail", means: .mail(mail))
  }

  @Test("two people's mail are two channels; whom it reaches counts, not how")
  func mails() {
    let key = Self.mail("alice@example.org", "pit@example.org").key
    #expect(key.hasPrefix("mail#"))
    #expect(key == Self.mail("pit@example.org", "alice@example.org", server: "b.example.org").key)
    #expect(key != Self.mail("bob@example.org").key)
    var slow = Self.mail("bob@example.org")
    slow.timeout = 60
    slow.severity = .critical
    #expect(slow.key == Self.mail("bob@example.org").key)
  }

  @Test("an address that is a secret can't be read from it")
  func secrets() {
    let (one, other) = (
      Deliveries.hook("https://example.org/C4NARY1"), Deliveries.hook("https://example.org/C4NARY2")
    )
    #expect(one.key != other.key)
    #expect(!one.key.contains("C4NARY") && one.key.utf8.count <= "team#".utf8.count + 8)
    #expect(one.key == Deliveries.hook("https://example.org/C4NARY1").key)
  }

  @Test("two channels of one program are told apart by their names")
  func names() {
    let channels = ["a", "b"].map { ChannelSettings(name: $0, means: .command(["/bin/true"])) }
    #expect(channels[0].key != channels[1].key)
  }
}
