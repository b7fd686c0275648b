import Testing

@testable import Monitors

@Suite("A mail as a server takes it")
struct MailTextTests {
  private func text(_ alert: Alert = Deliveries.alert(), id: String = "d1") -> String {
    let mail = ChannelSettings.Mail(
      server: NetworkAddress(scheme: "smtps", host: "mail.example.org"),
      from: "robot@example.org", recipients: ["pit@example.org", "ada@example.org"])
    let batch = Deliveries.batch(Deliveries.one(id, "mail", .fired, alert))
    let bytes = MailText(text: DeliveryText(batch: batch), mail: mail).bytes(
      at: Deliveries.start.later(by: 120))
    return String(decoding: bytes, as: UTF8.self)
  }

  private func headers(_ text: String) -> [Substring] {
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\r\n" }
    return Array(lines.prefix { !$0.isEmpty })
  }

  @Test("it says what, since when, value and threshold, where, what to do, and the id")
  func whole() {
    let mail = text()
    #expect(headers(mail).contains("Subject: WARNING on robot-7: memory 83 % of 8.00 GB"))
    #expect(headers(mail).contains("Message-ID: <d1@robot-7>"))
    #expect(headers(mail).contains("Date: Mon, 21 Sep 2026 14:15:20 +0000"))
    #expect(headers(mail).contains("To: <pit@example.org>,"))
    let lines = mail.split(omittingEmptySubsequences: false) { $0 == "\r\n" }
    let body = lines.drop { !$0.isEmpty }.filter { !$0.isEmpty }
    #expect(
      body == [
        "WARNING: memory 83 % of 8.00 GB", "since 2026-09-21T14:13:20Z (2 min 0 s)",
        "value 0.8300, threshold 0.8000", "robot-7, process 4711", "- press C to collect",
        "- lower batching.max_size", "id memory-high-1", "perftop alerts ack memory-high-1",
      ])
  }

  @Test("B9: line ends and NUL in a message add no header and no recipient")
  func injection() {
    var alert = Deliveries.alert()
    alert.message = "cpu\r\nBcc: evil@example.org\r\n\r\nfirst\u{0}\u{2028}.\r\nlast"
    alert.id = "a\r\nBcc: evil@example.org"
    let all = headers(text(alert, id: "x\r\nBcc: evil@example.org"))
    #expect(!all.contains { $0.lowercased().hasPrefix("bcc") })
    let names = all.filter { $0.first != " " }.map { $0.prefix { $0 != ":" } }
    #expect(
      names == [
        "Date", "From", "To", "Subject", "Message-ID", "References", "X-Perftop-Id",
        "Auto-Submitted", "MIME-Version", "Content-Type", "Content-Transfer-Encoding",
      ])
    #expect(MailText.clean("a\r\nb\u{0}c\u{85}d") == "a  b c d")
    #expect(MailText.clean(String(repeating: "x", count: 999)).count == 200)
  }

  @Test("B9: what is not ASCII, or looks like an encoded word, is encoded word by word")
  func encoded() {
    #expect(MailText.encoded("plain") == "plain")
    #expect(MailText.encoded("31 °C") == "=?utf-8?B?MzEgwrBD?=")
    #expect(MailText.encoded("=?utf-8?B?QmNj?=").hasPrefix("=?utf-8?B?PT91dGYt"))
    let long = MailText.encoded(String(repeating: "°", count: 150))
    #expect(long.split { $0 == "\r\n" }.allSatisfy { $0.utf8.count <= 76 })
    var alert = Deliveries.alert()
    alert.message = "board at 91 °C"
    #expect(headers(text(alert)).contains("Content-Transfer-Encoding: base64"))
  }

  @Test("a date is one, whatever the clock says", arguments: [Int64.min, -1, 0, .max])
  func dates(_ wall: Int64) {
    #expect(MailText.date(wall: wall).hasSuffix(" +0000"))
  }

  @Test("letters for bytes, as everybody writes them")
  func base64() {
    #expect(
      ["", "f", "fo", "foo", "foob"].map { Base64.text(Array($0.utf8)) }
        == ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="])
  }
}
