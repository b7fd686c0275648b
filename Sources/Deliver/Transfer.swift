internal import CCurl
import Glibc

/// One message on its way, by curl: verified, bounded in time and size, and never by another way than the one named.
struct Transfer {
  private let job: Job
  private let isMail: Bool
  private let url: String

  private static let mostReplyBytes = 65536
  private static let longestTotal = 60000

  init(_ job: Job) throws(Mistake) {
    self.job = job
    let kind = job.text("kind")
    guard kind == "http" || kind == "smtp" else { throw Mistake(sentence: "no kind") }
    isMail = kind == "smtp"
    guard let url = job.text("url"), !url.isEmpty else { throw Mistake(sentence: "no url") }
    let schemes = isMail ? ["smtp://", "smtps://"] : ["http://", "https://"]
    guard schemes.contains(where: url.hasPrefix) else {
      throw Mistake(sentence: "a url of another kind")
    }
    guard job.bytes("body") != nil else { throw Mistake(sentence: "no body") }
    self.url = url
  }

  /// What must not be told to anybody, whoever says it back.
  private var secrets: [String] { job.texts("hidden") }

  /// Sends it, and says what became of it.
  func perform() -> String {
    guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let handle = curl_easy_init()
    else { return Answer(.later, "curl does not start").line(without: []) }
    let reply = UnsafeMutablePointer<Reply>.allocate(capacity: 1)
    reply.initialize(to: Reply(most: Transfer.mostReplyBytes))
    let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    words.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    _ = ccurl_pointer(handle, CURLOPT_ERRORBUFFER, words)
    var isReady = bound(handle) && receive(handle, into: reply)
    isReady = isReady && (isMail ? mail(handle, reply) : post(handle))
    guard isReady else {
      return Answer(.later, "curl lacks something that is needed").line(without: [])
    }
    let code = curl_easy_perform(handle)
    let outcome = Outcome(
      code: code, status: ccurl_code(handle), words: String(cString: words),
      wait: ccurl_retry_after(handle), reply: reply.pointee)
    return (isMail ? outcome.ofMail : outcome.ofPost).line(without: secrets)
  }

  /// Everything is bounded, and nothing goes another way than it was told to.
  private func bound(_ handle: UnsafeMutableRawPointer) -> Bool {
    let total = job.milliseconds("total_ms", usually: 10000, most: Transfer.longestTotal)
    let connect = job.milliseconds("connect_ms", usually: 5000, most: total)
    let numbers: [(CURLoption, Int)] = [
      (CURLOPT_NOSIGNAL, 1), (CURLOPT_TIMEOUT_MS, total), (CURLOPT_CONNECTTIMEOUT_MS, connect),
      (CURLOPT_LOW_SPEED_LIMIT, 16), (CURLOPT_LOW_SPEED_TIME, 6),
      (CURLOPT_FOLLOWLOCATION, 0), (CURLOPT_SSL_VERIFYPEER, 1), (CURLOPT_SSL_VERIFYHOST, 2),
      (CURLOPT_SSLVERSION, Int(ccurl_tls_least)),
      (CURLOPT_NETRC, Int(ccurl_netrc_ignored)),
    ]
    var isReady = numbers.allSatisfy { ccurl_number(handle, $0.0, $0.1) == 0 }
    let texts: [(CURLoption, String)] = [
      (CURLOPT_URL, url), (CURLOPT_PROXY, ""), (CURLOPT_NOPROXY, "*"),
      (CURLOPT_PROTOCOLS_STR, isMail ? "smtp,smtps" : "http,https"),
      (CURLOPT_REDIR_PROTOCOLS_STR, isMail ? "smtps" : "https"),
    ]
    isReady = isReady && texts.allSatisfy { ccurl_text(handle, $0.0, $0.1) == 0 }
    if let authority = job.bytes("ca") {
      isReady =
        isReady
        && authority.withUnsafeBytes { bytes in
          bytes.baseAddress.map {
            ccurl_copied_blob(handle, CURLOPT_CAINFO_BLOB, $0, bytes.count) == 0
          } ?? false
        }
    }
    return isReady
  }

  private func receive(
    _ handle: UnsafeMutableRawPointer, into reply: UnsafeMutablePointer<Reply>
  ) -> Bool {
    let body: ccurl_receiver = { _, size, count, context in
      context?.assumingMemoryBound(to: Reply.self).pointee.take(size &* count) ?? 0
    }
    let line: ccurl_receiver = { text, size, count, context in
      guard let text, let context else { return 0 }
      let bytes = UnsafeRawBufferPointer(start: text, count: size &* count)
      context.assumingMemoryBound(to: Reply.self).pointee.hear(bytes)
      return size &* count
    }
    return ccurl_receive(handle, CURLOPT_WRITEFUNCTION, body, CURLOPT_WRITEDATA, reply) == 0
      && ccurl_receive(handle, CURLOPT_HEADERFUNCTION, line, CURLOPT_HEADERDATA, reply) == 0
  }

  private func post(_ handle: UnsafeMutableRawPointer) -> Bool {
    guard let body = job.bytes("body") else { return false }
    var headers: UnsafeMutablePointer<curl_slist>?
    for header in job.texts("header") + ["Expect:"] { headers = curl_slist_append(headers, header) }
    if let bearer = job.text("bearer") {
      headers = curl_slist_append(headers, "Authorization: Bearer \(bearer)")
    }
    return ccurl_number(handle, CURLOPT_POSTFIELDSIZE, body.count) == 0
      && body.withUnsafeBytes { bytes in
        bytes.baseAddress.map {
          ccurl_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: $0)) == 0
        } ?? false
      } && ccurl_pointer(handle, CURLOPT_HTTPHEADER, headers) == 0
  }

  /// Tells the reply what is said to the server: only who knows the question knows what a refusal is of.
  private func overhear(
    _ handle: UnsafeMutableRawPointer, _ reply: UnsafeMutablePointer<Reply>
  ) -> Bool {
    let command: ccurl_listener = { _, kind, text, count, context in
      guard kind == CURLINFO_HEADER_OUT, let text, let context else { return 0 }
      let bytes = UnsafeRawBufferPointer(start: text, count: count)
      context.assumingMemoryBound(to: Reply.self).pointee.ask(bytes)
      return 0
    }
    return ccurl_listen(handle, command, reply) == 0
  }

  private func mail(
    _ handle: UnsafeMutableRawPointer, _ reply: UnsafeMutablePointer<Reply>
  ) -> Bool {
    guard let body = job.bytes("body"), !body.isEmpty, let from = job.text("from") else {
      return false
    }
    var recipients: UnsafeMutablePointer<curl_slist>?
    for address in job.texts("to") {
      recipients = curl_slist_append(recipients, "<\(address)>")
    }
    let kept = UnsafeMutableRawBufferPointer.allocate(byteCount: body.count, alignment: 1)
    kept.copyBytes(from: body)
    guard recipients != nil, let text = fmemopen(kept.baseAddress, body.count, "r") else {
      return false
    }
    let tls =
      switch job.text("tls") {
      case "none": ccurl_tls_none
      case "opportunistic": ccurl_tls_try
      default: ccurl_tls_all
      }
    var isReady =
      ccurl_number(handle, CURLOPT_USE_SSL, Int(tls)) == 0
      && ccurl_number(handle, CURLOPT_UPLOAD, 1) == 0
      && ccurl_allow_refusals(handle) == 0 && overhear(handle, reply)
      && ccurl_text(handle, CURLOPT_MAIL_FROM, "<\(from)>") == 0
      && ccurl_pointer(handle, CURLOPT_MAIL_RCPT, recipients) == 0
      && ccurl_pointer(handle, CURLOPT_READDATA, text) == 0
    // Where TLS is not sure, nobody logs in.
    if let user = job.text("user"), let password = job.text("password"), tls == ccurl_tls_all {
      isReady =
        isReady && ccurl_text(handle, CURLOPT_USERNAME, user) == 0
        && ccurl_text(handle, CURLOPT_PASSWORD, password) == 0
    }
    return isReady
  }
}
