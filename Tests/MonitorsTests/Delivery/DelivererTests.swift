import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Messages on their way to real receivers", .enabled(if: Receiver.isAvailable))
struct DelivererTests {
  private let deliverer = Deliverer(host: .live(), program: BuiltProgram.deliver)
  private let folder: TemporaryDirectory

  init() throws { folder = try TemporaryDirectory() }

  private func send(_ channel: ChannelSettings, _ delivery: Delivery = Deliveries.one())
    -> (answer: DeliveryAnswer, seconds: Double)
  {
    let begin = LiveTime().now()
    let answer = deliverer.send(Deliveries.batch(delivery), by: channel)
    return (answer, LiveTime().now().seconds(since: begin) / Patience.factor)
  }

  private func secret(_ name: String, _ text: String, mode: mode_t = 0o600) throws -> String {
    let path = "\(folder.path)/\(name)"
    let file = try OutputFile(path)
    file.replaceContent(with: text)
    file.close()
    chmod(path, mode)
    return path
  }

  @Test("a webhook gets JSON with everything in it, and the id in a header")
  func webhook() throws {
    let receiver = try #require(Receiver(.http))
    var channel = Deliveries.hook("http://127.0.0.1:\(receiver.port)/hook?x=1")
    guard case .webhook(var hook) = channel.means else { return }
    hook.headers = [ChannelSettings.Header("X-Robot", "seven")]
    hook.tokenFile = try secret("token", "T0KEN-CANARY\n")
    channel.means = .webhook(hook)
    #expect(send(channel).answer == DeliveryAnswer(.sent, "the server answered 200"))
    let got = try #require(receiver.log.first)
    #expect(got["path"]?.string == "/hook?x=1")
    #expect(got["headers"]?["x-perftop-id"]?.string == "d1")
    #expect(got["headers"]?["x-robot"]?.string == "seven")
    #expect(got["headers"]?["content-type"]?.string == "application/json")
    #expect(got["headers"]?["authorization"]?.string == "Bearer T0KEN-CANARY")
    let body = try JSONReader.object(got["body"]?.string ?? "")
    #expect(body["id"]?.string == "d1" && body["kind"]?.string == "fired")
    #expect(body["host"]?.string == "robot-7" && body["target"]?.string == "process 4711")
    #expect(body["severity"]?.string == "warning" && body["threshold"]?.real == 0.8)
    #expect(body["alerts"]?.elements?.count == 1)
    #expect(body["text"]?.string?.hasPrefix("WARNING: memory 83 % of 8.00 GB\nsince ") == true)
  }

  @Test("Slack gets nothing but a text, in which nobody can call everybody")
  func slack() throws {
    let receiver = try #require(Receiver(.http))
    var hook = ChannelSettings.Webhook()
    hook.urlFile = try secret("url", "http://127.0.0.1:\(receiver.port)/T000/B000/XXX")
    hook.isSlack = true
    let channel = ChannelSettings(name: "slack", means: .webhook(hook))
    let alert = Deliveries.alert(message: "<!channel> & more")
    #expect(send(channel, Deliveries.one("d2", "slack", .fired, alert)).answer.verdict == .sent)
    let body = try JSONReader.object(receiver.log.first?["body"]?.string ?? "")
    #expect(body.members?.map(\.name) == ["text"])
    #expect(body["text"]?.string?.hasPrefix("WARNING: &lt;!channel&gt; &amp; more\n") == true)
  }

  private static let faults: [(mode: String, verdict: DeliveryAnswer.Verdict, seconds: Double)] = [
    ("silent", .later, 3.5), ("reset", .later, 3.5), ("trickle", .later, 3.5),
    ("slow-body", .sent, 3.5), ("huge", .later, 3.5), ("500", .later, 3.5), ("503 7", .later, 3.5),
    ("404", .refused, 3.5), ("429 9", .later, 3.5),
  ]
  private static let faultModes = faults.map(\.mode)

  @Test(
    "H1: whatever an endpoint does, an answer is there in bounded time",
    arguments: faultModes)
  func misbehaving(_ mode: String) throws {
    let fault = try #require(Self.faults.first { $0.mode == mode })
    let receiver = try #require(Receiver(.http))
    receiver.behave(mode)
    let (answer, seconds) = send(
      Deliveries.hook("http://127.0.0.1:\(receiver.port)/", timeout: 2))
    #expect(answer.verdict == fault.verdict, "\(answer)")
    #expect(seconds < fault.seconds)
    if mode == "503 7" { #expect(answer.wait == 7) }
    if mode == "huge", receiver.hears(2) {
      let sent = receiver.log.last?["sent"]?.real ?? .infinity
      // What was taken, and what lies in the buffers of both ends.
      #expect(sent < 16_000_000)
    }
  }

  @Test("H1: nobody listens, and no such host")
  func nobody() {
    #expect(send(Deliveries.hook("http://127.0.0.1:1/")).answer.verdict == .later)
    let (answer, seconds) = send(Deliveries.hook("http://no-such-host.invalid/", timeout: 2))
    #expect(answer.verdict == .later)
    #expect(seconds < 6)
  }

  @Test("H2: a redirect is followed nowhere, and takes no token along")
  func redirects() throws {
    let thief = try #require(Receiver(.http))
    let receiver = try #require(Receiver(.http))
    var channel = Deliveries.hook("http://127.0.0.1:\(receiver.port)/")
    guard case .webhook(var hook) = channel.means else { return }
    hook.tokenFile = try secret("token", "T0KEN-CANARY")
    channel.means = .webhook(hook)
    for target in [
      "http://127.0.0.1:\(thief.port)/", "http://localhost:\(thief.port)/", "file:///etc/passwd",
      "http://169.254.169.254/latest", "http://127.0.0.1:\(receiver.port)/",
    ] {
      receiver.behave("redirect \(target)")
      let answer = send(channel).answer
      #expect(answer.verdict == .later)
      #expect(answer.words.text.contains("redirects are not followed"))
    }
    #expect(receiver.log.count == 5)
    #expect(thief.log == [])
  }

  @Test(
    "H2: a server without a certificate that is trusted gets nothing",
    .enabled(if: Receiver.hasCertificates))
  func untrusted() throws {
    let certificate = try #require(Certificate())
    let receiver = try #require(Receiver(.http, certificate: certificate))
    let address = "https://localhost:\(receiver.port)/"
    #expect(send(Deliveries.hook(address)).answer.verdict == .later)
    #expect(receiver.log == [])
    var channel = Deliveries.hook(address)
    guard case .webhook(var hook) = channel.means else { return }
    hook.authorityFile = certificate.path
    channel.means = .webhook(hook)
    #expect(send(channel).answer.verdict == .sent)
    // The right certificate, by a name that is not in it.
    hook.url = Secret("https://127.0.0.1:\(receiver.port)/")
    channel.means = .webhook(hook)
    #expect(send(channel).answer.verdict == .later)
    #expect(receiver.log.count == 1)
  }

  @Test("H2: no proxy is taken from the environment, and no token goes out without TLS")
  func proxies() throws {
    let receiver = try #require(Receiver(.http))
    var job = DeliveryJob()
    job.add("kind", "http")
    job.add("url", "http://127.0.0.1:\(receiver.port)/")
    job.add("body", "{}")
    var call = ProgramCall([BuiltProgram.deliver])
    call.input = job.bytes
    let nobody = "http://127.0.0.1:1"
    call.variables = ["http_proxy": nobody, "ALL_PROXY": nobody, "no_proxy": ""]
    let outcome = try call.run(host: .live(), deadline: LiveTime().now().later(by: 20))
    #expect(outcome.lastLine == "sent 0 the server answered 200")
    var hook = ChannelSettings.Webhook()
    hook.urlFile = try secret("url", "http://192.0.2.1/")
    hook.tokenFile = try secret("token", "T0KEN-CANARY")
    let channel = ChannelSettings(name: "open", means: .webhook(hook))
    #expect(send(channel).answer.words == "a token needs https: it is never sent in the open")
  }

  @Test("F6: the program is found beside this one or in lib, by its whole path alone")
  func neighbours() throws {
    let root = folder.path
    for place in ["bin", "lib", "lib/perftop"] { OutputFile.makeDirectory("\(root)/\(place)") }
    _ = try OutputFile("\(root)/bin/perftop")
    #expect(Neighbour.path(of: "perftop-deliver", beside: "\(root)/bin/perftop") == nil)
    let path = try secret("lib/perftop/perftop-deliver", "#!/bin/sh\n", mode: 0o755)
    #expect(
      Neighbour.path(of: "perftop-deliver", beside: "\(root)/bin/perftop")
        == "\(root)/bin/../lib/perftop/perftop-deliver")
    chmod(path, 0o644)
    #expect(Neighbour.path(of: "perftop-deliver", beside: "\(root)/bin/perftop") == nil)
    chmod(path, 0o757)
    let isRoot = geteuid() == 0
    #expect(
      (Neighbour.path(of: "perftop-deliver", beside: "\(root)/bin/perftop") == nil) == isRoot)
    #expect(Neighbour.path(of: "perftop-deliver", beside: "perftop") == nil)
    #expect(Neighbour.running.hasPrefix("/"))
  }

  @Test("without the program that sends, it says what is missing")
  func lacking() {
    let alone = Deliverer(host: .live(), program: nil)
    let answer = alone.send(
      Deliveries.batch(Deliveries.one()), by: Deliveries.hook("https://example.org"))
    #expect(answer.words == "mail and webhooks need perftop-deliver beside perftop")
  }

  private static let nonsense = [
    "", "\n", "kind 4\nhttp\n", "kind 4\nhttp\nurl 20\nfile:///etc/passwdxx\nbody 0\n\n",
    "kind -1\n", "kind 99999999999999999999\n", "kind 4\nhttpx", "url 3\na\rb\n",
  ]

  @Test("a job that is none is refused in words, whatever stands there", arguments: nonsense)
  func noJob(_ text: String) throws {
    var call = ProgramCall([BuiltProgram.deliver])
    call.input = Array(text.utf8)
    let outcome = try call.run(host: .live(), deadline: LiveTime().now().later(by: 10))
    #expect(outcome.end == .exited(0))
    #expect(outcome.lastLine.text.hasPrefix("refused 0 not a job: "), "\(outcome.lastLine)")
  }

  @Test("F5: while a message is on its way no secret stands on a command line or in a variable")
  func hidden() throws {
    let receiver = try #require(Receiver(.http))
    receiver.behave("silent")
    var hook = ChannelSettings.Webhook()
    hook.urlFile = try secret("url", "http://127.0.0.1:\(receiver.port)/C4NARY-PATH")
    hook.tokenFile = try secret("token", "C4NARY-TOKEN")
    hook.headers = [ChannelSettings.Header("X-Key", "C4NARY-HEADER")]
    var channel = ChannelSettings(name: "team", means: .webhook(hook))
    channel.timeout = 3
    let (deliverer, sent) = (deliverer, Mailbox<DeliveryAnswer>())
    let wanted = channel
    #expect(
      Threads.start(name: "send") {
        sent.offer(deliverer.send(Deliveries.batch(Deliveries.one()), by: wanted))
      })
    var seen = ""
    let end = LiveTime().now().later(by: 8 * Patience.factor)
    while !sent.isWaiting, LiveTime().now() < end {
      seen += Self.texts(ofProgram: "perftop-deliver")
      LiveTime().wait(nanoseconds: 50_000_000)
    }
    let answer = try #require(sent.take())
    #expect(seen.contains("perftop-deliver") && seen.contains("PATH=/usr/bin:/bin"))
    #expect(!seen.contains("C4NARY"))
    #expect(!answer.words.text.contains("C4NARY"), "\(answer)")
  }

  @Test("a header or a path that is too short for a secret hides no answer")
  func shortValues() throws {
    let receiver = try #require(Receiver(.http))
    receiver.behave("503")
    var hook = ChannelSettings.Webhook()
    hook.url = Secret("http://127.0.0.1:\(receiver.port)/s")
    hook.headers = [ChannelSettings.Header("Priority", "5")]
    let answer = send(ChannelSettings(name: "ntfy", means: .webhook(hook))).answer
    #expect(answer.words == "the server answered 503")
  }

  @Test("F5: a server that says a token back does not get it into an answer")
  func echoed() throws {
    let receiver = try #require(Receiver(.http))
    receiver.behave("echo")
    var hook = ChannelSettings.Webhook()
    hook.url = Secret("http://127.0.0.1:\(receiver.port)/")
    hook.tokenFile = try secret("token", "C4NARY")
    let answer = send(ChannelSettings(name: "team", means: .webhook(hook))).answer
    #expect(answer == DeliveryAnswer(.refused, "the server answered 403"))
  }

  /// Command lines and variables of all processes that run a program.
  private static func texts(ofProgram name: String) -> String {
    let (files, scratch) = (LiveFiles(), Scratch(size: 65536))
    let read = { (path: String) -> String in
      guard let bytes = try? scratch.read(files, path) else { return "" }
      return String(decoding: bytes, as: UTF8.self)
    }
    return withExtendedLifetime(scratch) {
      ((try? files.list("/proc", in: nil)) ?? []).compactMap { Int32($0) }.map { pid -> String in
        let line = read("/proc/\(pid)/cmdline")
        return line.contains(name) ? line + read("/proc/\(pid)/environ") : ""
      }.joined()
    }
  }
}
