import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Mail to a real server", .enabled(if: Receiver.isAvailable))
struct MailDeliveryTests {
  private let deliverer = Deliverer(host: .live(), program: BuiltProgram.deliver)
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func channel(
    _ port: Int, _ tls: ChannelSettings.TLS, scheme: String = "smtp",
    change: (inout ChannelSettings.Mail) -> Void = { _ in }
  ) -> ChannelSettings {
    var server = NetworkAddress(scheme: scheme, host: "localhost")
    server.port = port
    var mail = ChannelSettings.Mail(
      server: server, from: "robot@example.org", recipients: ["pit@example.org"])
    mail.tls = tls
    change(&mail)
    var channel = ChannelSettings(name: "mail", means: .mail(mail))
    channel.timeout = 5
    return channel
  }

  private func password(_ text: String, mode: mode_t = 0o600) throws -> String {
    let path = "\(folder.path)/password"
    let file = try OutputFile(path)
    file.replaceContent(with: text)
    file.close()
    chmod(path, mode)
    return path
  }

  private func send(_ channel: ChannelSettings, _ delivery: Delivery = Deliveries.one("d1", "mail"))
    -> DeliveryAnswer
  {
    deliverer.send(Deliveries.batch(delivery), by: channel)
  }

  @Test("a mail arrives as it was written, and a line that begins with a dot too")
  func arrives() throws {
    let receiver = try #require(Receiver(.smtp))
    var delivery = Deliveries.one("d7", "mail")
    delivery.host = ".robot"
    let answer = send(channel(receiver.port, .none), delivery)
    #expect(answer == DeliveryAnswer(.sent, "the server took it"))
    let mail = try #require(receiver.log.first)
    let data = mail["data"]?.string ?? ""
    #expect(data.contains("Subject: WARNING on .robot: memory 83 % of 8.00 GB"))
    #expect(data.contains("Message-ID: <d7@.robot>"))
    #expect(data.contains("\nperftop alerts ack memory-high-1"))
    // As it is on the wire: one dot more, which the other side takes away.
    #expect(data.contains("\n..robot, process 4711\n"))
    #expect(mail["to"]?.elements?.count == 1)
  }

  @Test("B9: a metric's name with a line end reaches one recipient and no extra header")
  func injection() throws {
    let receiver = try #require(Receiver(.smtp))
    var alert = Deliveries.alert(message: "cpu\r\nBcc: evil@example.org\r\n.\r\nRCPT TO:<evil@x>")
    alert.id = "cpu\r\nBcc: evil@example.org-1"
    alert.actions = ["\r\n.\r\nMAIL FROM:<evil@example.org>"]
    let evil = Deliveries.one("id\r\nBcc: evil@example.org", "mail", .fired, alert)
    #expect(send(channel(receiver.port, .none), evil).verdict == .sent)
    #expect(receiver.log.count == 1)
    let mail = try #require(receiver.log.first)
    #expect(mail["to"]?.elements?.compactMap(\.string) == ["RCPT TO:<pit@example.org>"])
    let head = (mail["data"]?.string ?? "").split(separator: "\n", omittingEmptySubsequences: false)
      .prefix { !$0.isEmpty }
    #expect(!head.contains { $0.lowercased().hasPrefix("bcc") })
    #expect(head.count < 16)
  }

  @Test("where TLS is required, a server without it gets no mail and no password")
  func required() throws {
    let receiver = try #require(Receiver(.smtp))
    let file = try password("P4SS-CANARY")
    let wanted = channel(receiver.port, .required) {
      $0.user = "robot"
      $0.passwordFile = file
    }
    #expect(send(wanted).verdict == .later)
    let open = channel(receiver.port, .opportunistic) {
      $0.user = "robot"
      $0.passwordFile = file
    }
    #expect(send(open).verdict == .sent)
    #expect(receiver.log.count == 1)
    #expect(receiver.log.first?["login"] == nil)
  }

  @Test(
    "by STARTTLS and by TLS from the beginning, with a login, to a certificate that is trusted",
    .enabled(if: Receiver.hasCertificates), arguments: ["smtp", "smtps"])
  func secured(_ scheme: String) throws {
    let certificate = try #require(Certificate())
    let receiver = try #require(Receiver(.smtp, certificate: certificate))
    if scheme == "smtps" { receiver.behave("smtps") }
    let distrusted = channel(receiver.port, .required, scheme: scheme)
    #expect(send(distrusted).verdict == .later)
    let file = try password("P4SS-CANARY\n")
    let trusted = channel(receiver.port, .required, scheme: scheme) {
      $0.authorityFile = certificate.path
      $0.user = "robot"
      $0.passwordFile = file
    }
    #expect(send(trusted).verdict == .sent)
    let login = try #require(receiver.log.first { $0["login"] != nil && $0["data"] == nil })
    #expect(login["login"]?.string == "|robot|P4SS-CANARY")
    #expect(login["secure"]?.truth == true)
    #expect(receiver.log.last?["data"]?.string?.contains("Subject:") == true)
  }

  private static let replies = ["550", "451", "silent", "reset"]

  @Test("H1: no for ever is no for ever, and anything else is tried again", arguments: replies)
  func refusals(_ mode: String) throws {
    let receiver = try #require(Receiver(.smtp))
    receiver.behave(mode)
    var wanted = channel(receiver.port, .none)
    wanted.timeout = 2
    let begin = LiveTime().now()
    let answer = send(wanted)
    #expect(answer.verdict == (mode == "550" ? .refused : .later), "\(answer)")
    #expect(LiveTime().now().seconds(since: begin) < 6 * Patience.factor)
    if mode == "550" { #expect(answer.words == "550 no such user") }
  }

  @Test("one address that nobody has does not keep the mail from the others")
  func partly() throws {
    let receiver = try #require(Receiver(.smtp))
    receiver.behave("550-one")
    let both = channel(receiver.port, .none) { $0.recipients.append("nobody@example.org") }
    let answer = send(both)
    #expect(answer.verdict == .sent)
    #expect(answer.words == "the server took it, but not for everybody: 550 no such user")
    #expect(receiver.log.first?["to"]?.elements?.count == 1)
  }

  @Test("who is refused for now gets it later, alone and under the same id")
  func deferred() throws {
    let receiver = try #require(Receiver(.smtp))
    receiver.behave("450-one")
    let both = channel(receiver.port, .none) {
      $0.recipients = ["pit@example.org", "nobody@example.org", "late@example.org"]
    }
    var batch = Deliveries.batch(Deliveries.one("d8", "mail"))
    let first = deliverer.send(batch, by: both)
    #expect(first.verdict == .later && first.isPartly)
    #expect(first.recipients == ["late@example.org"])
    #expect(first.words == "the server took it, but not for everybody: 450 try again")
    receiver.behave("ok")
    batch.recipients = first.recipients
    #expect(deliverer.send(batch, by: both) == DeliveryAnswer(.sent, "the server took it"))
    let mails = receiver.log
    #expect(
      mails.map { $0["to"]?.elements?.compactMap(\.string) ?? [] } == [
        ["RCPT TO:<pit@example.org>"], ["RCPT TO:<late@example.org>"],
      ])
    #expect(
      mails.allSatisfy { $0["data"]?.string?.contains("Message-ID: <d8@robot-7>") == true })
  }

  @Test("a refusal that is of no recipient is none, and one of all for now is for now")
  func otherRefusals() throws {
    let receiver = try #require(Receiver(.smtp))
    receiver.behave("helo-only")
    #expect(send(channel(receiver.port, .none)) == DeliveryAnswer(.sent, "the server took it"))
    receiver.behave("450-one")
    let late = channel(receiver.port, .none) {
      $0.recipients = ["late@example.org", "nobody@example.org"]
    }
    let answer = send(late)
    #expect(answer.verdict == .later && answer.words == "450 try again", "\(answer)")
  }

  private static let echoes = ["535", "echo"]

  @Test(
    "F5: a server that says the password back does not get it into an answer",
    .enabled(if: Receiver.hasCertificates), arguments: echoes)
  func echoed(_ mode: String) throws {
    let certificate = try #require(Certificate())
    let receiver = try #require(Receiver(.smtp, certificate: certificate))
    receiver.behave(mode)
    let file = try password("P4SS-CANARY")
    let wanted = channel(receiver.port, .required) {
      $0.authorityFile = certificate.path
      $0.user = "robot"
      $0.passwordFile = file
    }
    let answer = send(wanted)
    #expect(answer.verdict == .refused, "\(answer)")
    #expect(!answer.words.text.contains("CANARY"))
    #expect(!answer.words.text.contains(Base64.text(Array("\0robot\0P4SS-CANARY".utf8))))
  }

  @Test(
    "F5: a password that others could read is not read, and the mail waits",
    arguments: [0o644, 0o640, 0o604])
  func open(_ mode: Int) throws {
    let receiver = try #require(Receiver(.smtp))
    let file = try password("P4SS-CANARY", mode: mode_t(mode))
    let wanted = channel(receiver.port, .required) {
      $0.user = "robot"
      $0.passwordFile = file
    }
    let answer = send(wanted)
    #expect(answer.verdict == .later)
    #expect(answer.words.text.contains("others can get at it (mode 0\(String(mode, radix: 8)))"))
    #expect(answer.words.text.hasSuffix("chmod 600 \(folder.path)/password"))
  }
}
