/// Sends one batch by one channel, and waits for the answer; to be called on a thread that may wait.
public struct Deliverer: Sendable {
  private let host: Host
  private let program: String?

  private static let name = "perftop-deliver"
  private static let mostAuthorityBytes = 512 << 10
  private static let longestConnect = 5.0
  /// What a child may take longer than it was told to.
  private static let grace = 3.0

  /// Sends by the program that was installed together with this one, or by another.
  public init(host: Host, program: String? = Deliverer.installed) {
    self.host = host
    self.program = program
  }

  /// Where the program is; `nil` where there is none.
  public static var installed: String? { Neighbour.path(of: name) }

  /// What is missing for these channels; `nil` where nothing is.
  public static func lack(
    of channels: [ChannelSettings], program: String? = Deliverer.installed
  ) -> Printable? {
    let needsProgram = channels.contains { $0.kind != "command" }
    return needsProgram && program == nil
      ? "mail and webhooks need perftop-deliver beside perftop" : nil
  }

  /// Sends it.
  public func send(_ batch: DeliveryBatch, by channel: ChannelSettings) -> DeliveryAnswer {
    let text = DeliveryText(batch: batch)
    do throws(SecretFile.Refusal) {
      switch channel.means {
      case .command(let words): return run(words, text, channel)
      case .mail(let mail):
        let wanted = mail.recipients.filter { batch.recipients?.contains($0) ?? true }
        let recipients = wanted.isEmpty ? mail.recipients : wanted
        return deliver(try job(mail, recipients, text, channel), channel, to: recipients)
      case .webhook(let hook): return deliver(try job(hook, text, channel), channel)
      }
    } catch { return DeliveryAnswer(.later, error.sentence) }
  }

  private func begin(_ kind: String, _ url: String, _ authorityFile: String, _ timeout: Double)
    throws(SecretFile.Refusal) -> DeliveryJob
  {
    var job = DeliveryJob()
    job.add("kind", kind)
    job.add("url", url)
    job.add("total_ms", String(Int(timeout * 1000)))
    job.add("connect_ms", String(Int(min(timeout, Deliverer.longestConnect) * 1000)))
    if !authorityFile.isEmpty {
      let file = SecretFile(authorityFile)
      job.add("ca", try file.readOpenly(most: Deliverer.mostAuthorityBytes))
    }
    return job
  }

  private func job(
    _ mail: ChannelSettings.Mail, _ recipients: [String], _ text: DeliveryText,
    _ channel: ChannelSettings
  ) throws(SecretFile.Refusal) -> DeliveryJob {
    var job = try begin("smtp", mail.server.text, mail.authorityFile, channel.timeout)
    job.add("tls", mail.tls.rawValue)
    job.add("from", mail.from)
    for address in recipients { job.add("to", address) }
    if !mail.user.isEmpty {
      job.add("user", mail.user)
      job.add("password", try SecretFile(mail.passwordFile).read(), user: mail.user)
    }
    job.add("body", MailText(text: text, mail: mail).bytes(at: host.time.now()))
    return job
  }

  private func job(
    _ hook: ChannelSettings.Webhook, _ text: DeliveryText, _ channel: ChannelSettings
  ) throws(SecretFile.Refusal) -> DeliveryJob {
    let url = hook.urlFile.isEmpty ? hook.url : try SecretFile(hook.urlFile).read()
    let address: NetworkAddress
    do throws(NetworkAddress.Slip) {
      address = try NetworkAddress(url?.revealed ?? "", schemes: ["https", "http"])
    } catch { throw SecretFile.Refusal(sentence: error.sentence) }
    guard address.scheme == "https" || address.isLocal || hook.tokenFile.isEmpty else {
      throw SecretFile.Refusal(sentence: "a token needs https: it is never sent in the open")
    }
    var job = try begin("http", address.text, hook.authorityFile, channel.timeout)
    job.hide(address.path)
    job.add("header", "Content-Type: application/json")
    job.add("header", "User-Agent: perftop")
    job.add("header", "X-Perftop-Id: \(MailText.clean(text.batch.id))")
    for header in hook.headers {
      job.add("header", "\(header.name): \(header.value.revealed)")
      job.hide(header.value.revealed)
    }
    if !hook.tokenFile.isEmpty { job.add("bearer", try SecretFile(hook.tokenFile).read()) }
    let body = WebhookText(text: text, isSlack: hook.isSlack).body(at: host.time.now())
    job.add("body", body)
    return job
  }

  private func deliver(
    _ job: DeliveryJob, _ channel: ChannelSettings, to recipients: [String] = []
  ) -> DeliveryAnswer {
    guard let program else {
      return DeliveryAnswer(.later, Deliverer.lack(of: [channel], program: nil) ?? "")
    }
    var call = ProgramCall([program])
    call.inherited = []
    call.variables = ["PATH": "/usr/bin:/bin", "LANG": "C"]
    call.input = job.bytes
    // What is root's stays root's: a process of the caller could be looked into by the caller.
    call.actsForCaller = false
    let outcome: ProgramCall.Outcome
    do throws(SystemError) {
      outcome = try call.run(host: host, deadline: deadline(channel))
    } catch { return DeliveryAnswer(.later, "perftop-deliver: \(error.sentence)") }
    guard let end = outcome.end else { return DeliveryAnswer(.later, "no answer in time") }
    return DeliveryAnswer(line: outcome.lastLine, to: recipients)
      ?? DeliveryAnswer(.later, "perftop-deliver \(end.words) without an answer")
  }

  private func deadline(_ channel: ChannelSettings) -> Moment {
    host.time.now().later(by: channel.timeout + Deliverer.grace)
  }

  private func run(_ words: [String], _ text: DeliveryText, _ channel: ChannelSettings)
    -> DeliveryAnswer
  {
    var call = ProgramCall(words)
    call.inherited = CommandVariables.inherited
    call.variables =
      text.batch.deliveries.isEmpty
      ? [:] : CommandVariables(text: text).variables(at: host.time.now())
    let program = Printable(words.first ?? "")
    let outcome: ProgramCall.Outcome
    do throws(SystemError) {
      outcome = try call.run(host: host, deadline: host.time.now().later(by: channel.timeout))
    } catch { return DeliveryAnswer(.later, "\(program): could not start: \(error.sentence)") }
    if outcome.end == .exited(0) { return DeliveryAnswer(.sent, "\(program) exited with 0") }
    let how = outcome.end?.words ?? "was still running at the deadline and was ended"
    let said: Printable = outcome.lastLine.isEmpty ? "" : ": \(outcome.lastLine)"
    return DeliveryAnswer(.later, "\(program) \(how)\(said)")
  }
}
