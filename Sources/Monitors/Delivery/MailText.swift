/// A mail as a server takes it: headers that nothing from outside can add to, and a body of plain text.
struct MailText {
  let text: DeliveryText
  let mail: ChannelSettings.Mail

  private static let longestHeader = 200
  private static let longestLine = 900
  private static let newline = "\r\n"

  /// The whole message.
  func bytes(at now: Moment) -> [UInt8] {
    let batch = text.batch
    let host = MailText.word(batch.deliveries.first?.host.text ?? "localhost")
    let id = MailText.word(batch.id)
    let body =
      text.lines(at: now).map { String($0.text.prefix(MailText.longestLine)) }
      .joined(separator: MailText.newline) + MailText.newline
    let isPlain = body.utf8.allSatisfy { $0 < 0x80 }
    var headers = [
      "Date: \(MailText.date(wall: now.wall))",
      "From: perftop <\(MailText.clean(mail.from))>",
      "To: \(mail.recipients.map { "<\(MailText.clean($0))>" }.joined(separator: ",\r\n "))",
      "Subject: \(MailText.encoded(text.title.text))",
      "Message-ID: <\(id)@\(host)>",
    ]
    // Mails about one alert lie together.
    if batch.deliveries.count == 1, let alert = batch.deliveries.first?.transition.alert {
      headers.append("References: <alert.\(MailText.word(alert.id))@\(host)>")
    }
    headers += [
      "X-Perftop-Id: \(MailText.clean(batch.id))", "Auto-Submitted: auto-generated",
      "MIME-Version: 1.0", "Content-Type: text/plain; charset=utf-8",
      "Content-Transfer-Encoding: \(isPlain ? "7bit" : "base64")",
    ]
    let content = isPlain ? body : MailText.folded(Base64.text(Array(body.utf8)))
    return Array(
      (headers.joined(separator: MailText.newline) + MailText.newline + MailText.newline + content)
        .utf8)
  }

  /// One line of at most 200 characters, whatever stood in it.
  static func clean(_ text: String) -> String {
    let scalars = text.unicodeScalars.prefix(longestHeader).map { scalar in
      scalar.value < 0x20 || scalar.value == 0x7f || 0x80...0x9f ~= scalar.value
        || 0x2028...0x2029 ~= scalar.value ? " " : scalar
    }
    return String(String.UnicodeScalarView(scalars))
  }

  /// Text for a header: as it is where it is ASCII, otherwise in encoded words (RFC 2047).
  static func encoded(_ raw: String) -> String {
    let text = clean(raw)
    let longestPlain = 60
    let looksEncoded = text.contains("=?")
    if text.utf8.allSatisfy({ $0 < 0x80 }), !looksEncoded {
      return folded(words: text, at: longestPlain)
    }
    let mostBytes = 45
    var pieces: [[UInt8]] = [[]]
    for scalar in text.unicodeScalars {
      let bytes = Array(String(scalar).utf8)
      if (pieces.last?.count ?? 0) + bytes.count > mostBytes { pieces.append([]) }
      pieces[pieces.count - 1] += bytes
    }
    return pieces.map { "=?utf-8?B?\(Base64.text($0))?=" }.joined(separator: "\r\n ")
  }

  /// Goes on in a new line that begins with a space, between words alone.
  private static func folded(words text: String, at width: Int) -> String {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.utf8.count + 1 + word.utf8.count <= width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\r\n ")
  }

  private static func folded(_ letters: String) -> String {
    let width = 76
    var rest = letters.utf8[...]
    var lines = ""
    while !rest.isEmpty {
      lines += String(decoding: rest.prefix(width), as: UTF8.self) + newline
      rest = rest.dropFirst(width)
    }
    return lines
  }

  /// A piece of an address: letters, digits and a few marks.
  private static func word(_ text: String) -> String {
    let marks = "-_.+"
    let kept = clean(text).unicodeScalars.map { scalar in
      scalar.isASCII && (scalar.properties.isAlphabetic || "0"..."9" ~= scalar)
        || marks.unicodeScalars.contains(scalar) ? scalar : "-"
    }
    return kept.isEmpty ? "none" : String(String.UnicodeScalarView(kept))
  }

  /// `Sun, 22 Nov 2026 03:13:32 +0000`.
  static func date(wall: Int64) -> String {
    let stamp = Units.timestamp(wall: wall)
    let parts = stamp.split { "-T:Z".contains($0) }
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    let days = ["Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"]
    guard parts.count == 6, let month = Int(parts[1]), months.indices.contains(month - 1) else {
      return "Thu, 01 Jan 1970 00:00:00 +0000"
    }
    let seconds = wall / 1_000_000_000
    let day = Int((seconds >= 0 ? seconds : seconds - 86399) / 86400)
    let weekday = days[((day % 7) + 7) % 7]
    return
      "\(weekday), \(parts[2]) \(months[month - 1]) \(parts[0]) \(parts[3]):\(parts[4]):\(parts[5]) +0000"
  }
}
