import Testing

@testable import Monitors

@Suite("Channels for alerts, as a config file tells of them")
struct ChannelReaderTests {
  private func channels(_ text: String) -> LoadedConfig {
    loaded("alerts:\n  channels:\n" + text)
  }

  @Test("a mail, a webhook and a command have what they need")
  func whole() throws {
    let found = channels(
      """
          - name: mail
            kind: mail
            server: smtp://smtp.example.org:587
            from: robot@example.org
            to: [pit@example.org, ada@example.org]
            user: robot@example.org
            password_file: /etc/perftop/mail.password
            ca_file: /etc/ssl/own.pem
            severity: critical
            resolved: false
          - name: team
            kind: webhook
            url: https://hooks.example.org/T0/B0?x=y
            headers: {X-Robot: seven}
            token_file: /etc/perftop/token
            slack: true
            per_hour: 4
            timeout_seconds: 3
            categories: [thermal, safety]
          - {name: lamp, kind: command, run: [/usr/local/bin/lamp, red, --fast], severity: info}
      """)
    #expect(found.problems == [])
    let all = found.config.delivery.channels
    #expect(all.map(\.name) == ["mail", "team", "lamp"])
    #expect(all.map(\.severity) == [.critical, .warning, .info])
    #expect(all.map(\.tellsEnd) == [false, true, true])
    #expect(all.map(\.perHour) == [12, 4, 12])
    #expect(all[1].timeout == 3 && all[1].categories == [.thermal, .safety])
    guard case .mail(let mail) = all[0].means, case .webhook(let hook) = all[1].means else {
      Issue.record("not what they are: \(all)")
      return
    }
    #expect(mail.server.place == "smtp://smtp.example.org:587" && mail.tls == .required)
    #expect(mail.recipients.count == 2 && mail.passwordFile == "/etc/perftop/mail.password")
    #expect(hook.url?.revealed == "https://hooks.example.org/T0/B0?x=y" && hook.isSlack)
    #expect(all[2].means == .command(["/usr/local/bin/lamp", "red", "--fast"]))
  }

  private static let mail = "name: m, kind: mail, from: a@b.c, to: d@e.f"
  private static let hook = "name: h, kind: webhook"
  private static let slips: [(String, String)] = [
    ("- team", ": expected name:, kind: and more, got 'team'"),
    ("- {kind: command, run: [/x]}", ": no name"),
    ("- {name: a b, kind: command, run: [/x]}", ".name: expected letters, digits, - and _"),
    ("- {name: ok, kind: command, run: [/x]}", ".name: there is another channel called ok"),
    ("- {name: a}", ": no kind: mail, webhook or command"),
    ("- {name: a, kind: fax}", ".kind: expected one of mail, webhook, command, got 'fax'"),
    ("- {\(mail), server: 'http://x'}", ".server: expected an address that begins with smtp://"),
    ("- {\(mail), server: 'smtp://x/y'}", ".server: expected nothing behind the port"),
    ("- {\(mail), server: 'smtp://u:p@x'}", ".server: no user and no password in an address"),
    ("- {\(mail), server: 'smtp://x:0'}", ".server: the port is no number from 1 to 65535"),
    (
      "- {\(mail), server: 'smtp://x', tls: maybe}", ".tls: expected one of required, opportunistic"
    ),
    (
      "- {\(mail), server: 'smtp://x', user: me, password_file: p}",
      ".password_file: expected a path that begins with /, got 'p'"
    ),
    ("- {\(mail), server: 'smtp://x', user: me}", ".user: user and password_file belong together"),
    (
      "- {\(mail), server: 'smtp://x', user: me, password_file: /p, tls: opportunistic}",
      ".tls: who logs in needs required: a password is never sent in the open"
    ),
    (
      "- {\(mail), server: 'smtp://x', password: p}",
      ".password: secrets stand in files of their own"
    ),
    ("- {\(mail), server: 'smtp://x', run: [/x]}", ".run: not for kind mail"),
    ("- {\(mail), server: 'smtp://x', form: y}", ".form: unknown key (did you mean from?)"),
    (
      "- {name: m, kind: mail, server: 'smtp://x', from: 'a', to: b@c.d}",
      ".from: expected an address such as robot@example.org, got text in quotes"
    ),
    (
      "- {name: m, kind: mail, server: 'smtp://x', from: a@b.c, to: [\"d@e.f\\r\\nBcc: x@y.z\"]}",
      ".to: expected an address such as pit@example.org, got text in quotes"
    ),
    ("- {\(hook)}", ": expected either url or url_file"),
    ("- {\(hook), url: 'https://x', url_file: /y}", ": expected either url or url_file"),
    (
      "- {\(hook), url: 'ftp://x'}",
      ".url: expected an address that begins with https:// or http://"
    ),
    ("- {\(hook), url: 'https://a b'}", ".url: an address has no spaces"),
    ("- {\(hook), url: 'https://'}", ".url: no host in the address"),
    ("- {\(hook), url_file: here}", ".url_file: expected a path that begins with /, got 'here'"),
    (
      "- {\(hook), url: 'http://example.org/', token_file: /t}",
      ".url: a token needs https: it is never sent in the open"
    ),
    (
      "- {\(hook), url: 'https://x', headers: {Authorization: Bearer x}}",
      ".headers: Authorization can't be set here; a token stands in token_file"
    ),
    (
      "- {\(hook), url: 'https://x', headers: {\"a\\r\\nb\": c}}",
      ".headers: expected name: value, on one line"
    ),
    ("- {name: c, kind: command}", ": no run: which program"),
    ("- {name: c, kind: command, run: lamp}", ".run: expected a list of a program"),
    ("- {name: c, kind: command, run: [lamp]}", ".run: the program's path must begin with /"),
    ("- {name: c, kind: command, run: [/x, '{message}']}", ".run: {message}: nothing is filled in"),
    ("- {name: c, kind: command, run: [/x], per_hour: 0}", ".per_hour: 0 is out of range"),
    ("- {name: c, kind: command, run: [/x], severity: bad}", ".severity: expected one of info"),
    ("- {name: c, kind: command, run: [/x], name: d}", ".name: duplicate key"),
  ]

  @Test("a channel with a mistake in it is left out, and told", arguments: slips)
  func mistakes(_ text: String, _ sentence: String) {
    let found = channels("    - {name: ok, kind: command, run: [/bin/true]}\n    \(text)\n")
    #expect(found.problems.count == 1, "\(found.problems.map(\.text))")
    let said = found.problems.first?.text.text ?? ""
    let place = "config.yaml:4: alerts.channels[2]"
    #expect(said.hasPrefix(place), "\(said)")
    #expect(said.contains(sentence.drop { $0 == "." }), "\(said)")
    #expect(found.config.delivery.channels.map(\.name) == ["ok"])
  }

  @Test("F5: what may be a secret stands in no sentence and in no description of the settings")
  func secrets() {
    let found = channels(
      """
          - {name: a, kind: webhook, url: "ftp://x/C4NARY"}
          - {name: b, kind: webhook, url: "https://x/C4NARY C4NARY"}
          - {name: c, kind: webhook, url: "https://x/C4NARY", headers: {X-Key: C4NARY}}
          - {name: d, kind: webhook, url: "https://x/C4NARY", headers: {Cookie: C4NARY}}
          - {name: e, kind: mail, server: "smtp://u:C4NARY@x", from: a@b.c, to: d@e.f}
          - {name: f, kind: mail, server: "smtp://x", from: a@b.c, to: d@e.f, password: C4NARY}
      """)
    #expect(found.problems.count == 5)
    var said = found.problems.map(\.text.text).joined()
    dump(found.config.delivery, to: &said)
    said += "\(found.config.delivery) \(String(reflecting: found.config.delivery))"
    #expect(!said.contains("C4NARY"), "\(said)")
    #expect(said.contains("***"))
  }

  @Test("bell and notices are off until they are asked for")
  func bell() {
    #expect(Config().delivery.bell == nil && Config().delivery.notice == .off)
    let found = loaded("alerts: {bell: warning, notify: osc777, notify_severity: emergency}")
    #expect(found.problems == [])
    #expect(found.config.delivery.bell == .warning)
    #expect(found.config.delivery.notice == .osc777)
    #expect(found.config.delivery.noticeSeverity == .emergency)
    #expect(loaded("alerts: {bell: off}").config.delivery.bell == nil)
  }
}
