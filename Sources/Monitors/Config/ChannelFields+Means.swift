extension ChannelFields {
  private static let mostRecipients = 50
  private static let mostArguments = 64
  private static let mostHeaders = 20

  /// What a mail needs.
  mutating func mail(at line: Int) -> ChannelSettings.Mail {
    let serverLine = self.line(of: "server") ?? line
    let server = address("server", schemes: ["smtp", "smtps"], at: line)
    var mail = ChannelSettings.Mail(
      server: server ?? ChannelFields.nowhere, from: mailAddress("from", at: line),
      recipients: recipients(at: line))
    let tlsLine = self.line(of: "tls") ?? line
    mail.tls =
      choice("tls", ChannelSettings.TLS.allCases.map(\.rawValue))
      .flatMap { ChannelSettings.TLS(rawValue: $0) } ?? .required
    let userLine = self.line(of: "user") ?? line
    mail.user = self.line("user") ?? ""
    let hasPasswordFile = self.line(of: "password_file") != nil
    mail.passwordFile = path("password_file")
    mail.authorityFile = path("ca_file")
    if mail.user.isEmpty == hasPasswordFile {
      note(userLine, "user", "user and password_file belong together")
    }
    if mail.tls != .required, !mail.user.isEmpty {
      note(tlsLine, "tls", "who logs in needs required: a password is never sent in the open")
    }
    if let server, !server.path.isEmpty {
      note(serverLine, "server", "expected nothing behind the port")
    }
    return mail
  }

  /// What a webhook needs.
  mutating func webhook(at line: Int) -> ChannelSettings.Webhook {
    var hook = ChannelSettings.Webhook()
    let urlLine = self.line(of: "url") ?? line
    let hasBoth = self.line(of: "url") != nil && self.line(of: "url_file") != nil
    let hasNone = self.line(of: "url") == nil && self.line(of: "url_file") == nil
    var address: NetworkAddress?
    if self.line(of: "url") != nil {
      address = self.address("url", schemes: ["https", "http"], at: line)
      hook.url = address.map { Secret($0.text) }
    }
    hook.urlFile = path("url_file")
    if hasBoth || hasNone { note(urlLine, "", "expected either url or url_file") }
    hook.headers = headers()
    hook.tokenFile = path("token_file")
    hook.isSlack = flag("slack") ?? false
    hook.authorityFile = path("ca_file")
    if let address, address.scheme == "http", !address.isLocal, !hook.tokenFile.isEmpty {
      note(urlLine, "url", "a token needs https: it is never sent in the open")
    }
    return hook
  }

  /// A program and its arguments, which stand as they are.
  mutating func command(at line: Int) -> [String] {
    guard let entry = take("run") else {
      note(line, "", "no run: which program")
      return []
    }
    guard case .list(let items) = entry.value.value, !items.isEmpty,
      items.count <= ChannelFields.mostArguments
    else {
      note(
        entry.key.line, "run",
        "expected a list of a program and at most \(ChannelFields.mostArguments - 1) arguments")
      return []
    }
    let words = items.compactMap(\.text).filter { $0.utf8.count <= 4096 && !$0.utf8.contains(0) }
    guard words.count == items.count else {
      note(entry.key.line, "run", "something in the list is no argument")
      return []
    }
    guard words[0].hasPrefix("/") else {
      note(entry.key.line, "run", "the program's path must begin with /")
      return []
    }
    if let word = words.first(where: { $0.hasPrefix("{") && $0.hasSuffix("}") && $0.count > 2 }) {
      note(
        entry.key.line, "run",
        "\(Printable(word)): nothing is filled in here; values are in variables such as PERFTOP_MESSAGE"
      )
    }
    return words
  }

  private static let nowhere = NetworkAddress(scheme: "smtps", host: "localhost")

  private func line(of key: String) -> Int? { left.first { $0.key.text == key }?.key.line }

  private mutating func address(_ key: String, schemes: [String], at line: Int) -> NetworkAddress? {
    guard let entry = take(key) else {
      note(line, "", "no \(Printable(key))")
      return nil
    }
    do throws(NetworkAddress.Slip) {
      return try NetworkAddress(entry.value.text ?? "", schemes: schemes)
    } catch {
      note(entry.key.line, key, error.sentence)
      return nil
    }
  }

  private mutating func mailAddress(_ key: String, at line: Int) -> String {
    guard let entry = take(key) else {
      note(line, "", "no \(Printable(key)): an address")
      return ""
    }
    let text = entry.value.text ?? ""
    if !ChannelFields.isMailAddress(text) {
      note(
        entry.key.line, key,
        "expected an address such as robot@example.org, got \(Printable(entry.value.shown))")
    }
    return text
  }

  private mutating func recipients(at line: Int) -> [String] {
    guard let entry = take("to") else {
      note(line, "", "no to: a list of addresses")
      return []
    }
    let items = if case .list(let items) = entry.value.value { items } else { [entry.value] }
    guard !items.isEmpty, items.count <= ChannelFields.mostRecipients else {
      note(entry.key.line, "to", "expected 1 to \(ChannelFields.mostRecipients) addresses")
      return []
    }
    var found: [String] = []
    for item in items {
      guard let text = item.text, ChannelFields.isMailAddress(text) else {
        note(
          item.line, "to",
          "expected an address such as pit@example.org, got \(Printable(item.shown))")
        return []
      }
      if !found.contains(text) { found.append(text) }
    }
    return found
  }

  /// The plain form that every server takes: no name, no quotes, no comments.
  static func isMailAddress(_ text: String) -> Bool {
    let longest = 254
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard parts.count == 2, text.utf8.count <= longest, parts.allSatisfy({ !$0.isEmpty }) else {
      return false
    }
    return text.utf8.allSatisfy { byte in
      byte > 0x20 && byte < 0x7f && !"<>(),;:\\\"[]".utf8.contains(byte)
    }
  }

  private static let ownHeaders: Set<String> = [
    "authorization", "proxy-authorization", "cookie", "host", "content-length", "content-type",
    "transfer-encoding", "connection", "expect", "x-perftop-id", "user-agent",
  ]

  private mutating func headers() -> [ChannelSettings.Header] {
    guard let entry = take("headers") else { return [] }
    guard case .pairs(let pairs) = entry.value.value, pairs.count <= ChannelFields.mostHeaders
    else {
      note(entry.key.line, "headers", "expected name: value, a line each")
      return []
    }
    return pairs.compactMap { pair in
      let name = pair.key.text ?? ""
      let isName =
        !name.isEmpty && name.utf8.count <= 100
        && name.utf8.allSatisfy {
          $0 > 0x20 && $0 < 0x7f && !":()<>@,;\\\"/[]?={}".utf8.contains($0)
        }
      guard isName, let value = pair.value.text, ChannelFields.isLine(value, 1000) else {
        note(pair.key.line, "headers", "expected name: value, on one line")
        return nil
      }
      guard !ChannelFields.ownHeaders.contains(name.lowercased()) else {
        note(
          pair.key.line, "headers",
          "\(Printable(name)) can't be set here; a token stands in token_file")
        return nil
      }
      return ChannelSettings.Header(name, value)
    }
  }
}

extension NetworkAddress {
  init(scheme: String, host: String) {
    self.scheme = scheme
    self.host = host
    port = nil
    path = ""
  }
}
