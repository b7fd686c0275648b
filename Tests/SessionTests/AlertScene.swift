import Glibc
import Monitors
import TestSupport
import Testing

/// Operators of one machine: a place for their list, what they watch, and settings in which a rule fires at once.
final class AlertScene {
  /// Whether this machine has a list that all share: then no test may write to it.
  static let isShared = access("/var/lib/perftop", F_OK) == 0
  /// Whether messages can be received here.
  static let canReceive = !isShared && Receiver.isAvailable

  /// What is above a megabyte as soon as there is a process.
  static let busy = rule("busy")

  let folder = TemporaryFolder()
  let target: Specimen

  init(rules: [String] = [busy], channels: [String] = [], interval: String = "1") throws {
    target = try sleeper()
    // Where anybody may write, nothing is kept.
    chmod(folder.path, 0o700)
    configure(rules: rules, channels: channels, interval: interval)
  }

  func configure(rules: [String], channels: [String], interval: String = "1") {
    let names = channels.compactMap { $0.split(separator: ",").first?.dropFirst("name: ".count) }
    // Those hear of these rules whatever they want otherwise.
    let told = names.isEmpty ? "" : ", notify: [\(names.joined(separator: ", "))]"
    var lines = ["interval: \(interval)", "alerts:", "  rules:"]
    lines += rules.map { "    - {\($0)\(told)}" }
    if !channels.isEmpty { lines += ["  channels:"] + channels.map { "    - {\($0)}" } }
    folder.write("config.yaml", lines.joined(separator: "\n") + "\n")
  }

  static func rule(_ name: String, for time: String = "0") -> String {
    "name: \(name), metric: memory.rss_bytes, above: 1M, for: \(time), severity: critical"
  }

  /// A channel by webhook that hears of little else than what the rules of these tests raise.
  static func hook(_ name: String, _ receiver: Receiver, timeout: Int = 5) -> String {
    "name: \(name), kind: webhook, url: \"http://127.0.0.1:\(receiver.port)/\", "
      + "severity: emergency, timeout_seconds: \(timeout), per_hour: 3600"
  }

  static func mail(_ receiver: Receiver) -> String {
    "name: mail, kind: mail, server: \"smtp://localhost:\(receiver.port)\", tls: none, "
      + "from: robot@example.org, to: [pit@example.org], severity: emergency"
  }

  func environment(_ user: String) -> [String: String] {
    [
      "HOME": folder.path, "XDG_STATE_HOME": folder.path, "USER": user,
      "SSH_CONNECTION": "10.0.0.7 5 10.0.0.1 22",
    ]
  }

  var command: [String] {
    ["perftop", "-p", String(target.pid), "--config", "\(folder.path)/config.yaml"]
  }

  /// A terminal on which somebody watches; the Alerts pane fills it.
  func screen(_ user: String, before: [String] = []) throws -> Session {
    let program = before.isEmpty ? command : before + [BuiltProgram.path] + command.dropFirst()
    let session = try Session(program, environment: environment(user))
    #expect(session.sees("6 Alerts", within: 15))
    session.press("6")
    session.press("\r")
    #expect(session.sees("esc back", within: 10))
    return session
  }

  /// What a script does.
  func alerts(_ words: String..., by user: String = "script") -> ProgramRun {
    ProgramRun(["perftop", "alerts"] + words, environment: environment(user), within: 20)
  }

  /// What happened to alerts of these tests' rules, oldest first: `fired busy-1`.
  var history: [String] { everything.filter { !$0.contains("-high-") && !$0.contains("target-") } }

  private var everything: [String] {
    let run = alerts("history", "--json", "--limit", "2000")
    return run.output.split(separator: "\n").reversed().compactMap { line in
      guard let event = try? JSONReader.object(String(line)), let kind = event["kind"]?.string,
        let id = event["alert"]?["id"]?.string ?? event["alert"]?.string ?? event["id"]?.string
      else { return nil }
      return "\(kind) \(id)"
    }
  }

  static func waits(_ seconds: Double, until isSo: () -> Bool) -> Bool {
    let end = LiveTime().now().later(by: seconds * Patience.factor)
    while !isSo() {
      guard LiveTime().now() < end else { return false }
      poll(nil, 0, 50)
    }
    return true
  }
}

extension Receiver {
  /// What one that drops what it has already got from webhooks: `fired busy-1`, by the id of its message.
  func messages(in mode: String? = nil) -> [String: String] {
    var found: [String: String] = [:]
    for alert in alerts(in: mode) {
      guard let id = alert["id"]?.string, let name = alert["alert"]?.string else { continue }
      found[id] = "\(alert["kind"]?.string ?? "") \(name)"
    }
    return found
  }

  /// Everything that came by webhooks, as often as it came.
  func alerts(in mode: String? = nil) -> [JSONValue] {
    log.filter { mode == nil || $0["mode"]?.string == mode }.flatMap { entry in
      let body = try? JSONReader.object(entry["body"]?.string ?? "")
      return body?["alerts"]?.elements ?? []
    }
  }
}

extension Session {
  /// Ends it as a power cut would.
  func killHard() {
    child.signal(SIGKILL)
    _ = ends(within: 10)
  }

  /// Leaves as a person does.
  func quit() -> Ending? {
    press("q")
    return ends(within: 10)
  }
}
