import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Alerts that a program is told of")
struct CommandDeliveryTests {
  private let folder: TemporaryDirectory
  private let deliverer = Deliverer(host: .live(), program: nil)

  init() throws { folder = try TemporaryDirectory() }

  private func channel(_ script: String, _ arguments: [String] = []) throws -> ChannelSettings {
    let path = "\(folder.path)/hook"
    let file = try OutputFile(path)
    file.replaceContent(with: "#!/bin/sh\ncd '\(folder.path)'\n\(script)\n")
    file.close()
    chmod(path, 0o700)
    var channel = ChannelSettings(name: "hook", means: .command([path] + arguments))
    channel.timeout = 5
    return channel
  }

  // The names that such hooks fell for elsewhere.
  private static let names = [
    "a; touch hacked", "$(touch hacked)", "`touch hacked`", "a && touch hacked", "a | touch hacked",
    "a > hacked", "-rf", "a\ntouch hacked", "'; touch hacked; '", "\"; touch hacked; \"",
    "{{name}}", "${IFS}touch${IFS}hacked", "%s%n",
  ]

  @Test("B10: a name is a value of a variable, and never part of a command", arguments: names)
  func injection(_ name: String) throws {
    let hook = try channel(
      "printf '%s' \"$PERFTOP_MESSAGE\" >message; printf '%s' \"$#\" >count", ["one", "$two"])
    var alert = Deliveries.alert(message: Printable(name))
    alert.id = name
    alert.rule = name
    let answer = deliverer.send(
      Deliveries.batch(Deliveries.one("d1", "hook", .fired, alert)), by: hook)
    #expect(answer.verdict == .sent, "\(answer)")
    #expect(folder.text("message") == Printable(name).text)
    #expect(folder.text("count") == "2")
    #expect(!folder.names().contains("hacked"))
  }

  @Test("everything that is known is in a variable")
  func variables() throws {
    let hook = try channel("env >all")
    #expect(deliverer.send(Deliveries.batch(Deliveries.one()), by: hook).verdict == .sent)
    let lines = folder.text("all").split(separator: "\n")
    for line in [
      "PERFTOP_ID=memory-high-1", "PERFTOP_RULE=memory-high", "PERFTOP_SEVERITY=warning",
      "PERFTOP_STATE=firing", "PERFTOP_MESSAGE=memory 83 % of 8.00 GB", "PERFTOP_VALUE=0.83",
      "PERFTOP_TARGET=process 4711", "PERFTOP_PID=4711", "PERFTOP_KIND=fired",
      "PERFTOP_DELIVERY=d1", "PERFTOP_HOST=robot-7", "PERFTOP_THRESHOLD=0.8",
    ] {
      #expect(lines.contains(Substring(line)), "\(line)")
    }
  }

  @Test("F5: it gets none of this program's variables but who it is and where their desktop is")
  func cleaned() throws {
    setenv("PERFTOP_TEST_CANARY", "C4NARY", 1)
    setenv("LD_PRELOAD_CANARY", "C4NARY", 1)
    let hook = try channel("env >all")
    _ = deliverer.send(Deliveries.batch(Deliveries.one()), by: hook)
    #expect(!folder.text("all").contains("C4NARY"))
    let path = folder.text("all").split(separator: "\n").first { $0.hasPrefix("PATH=") }
    #expect(path == "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
  }

  @Test("one that fails is tried again, with what it said; one that hangs is ended")
  func failing() throws {
    let batch = Deliveries.batch(Deliveries.one())
    let failed = deliverer.send(batch, by: try channel("echo no paper; exit 3"))
    #expect(failed.verdict == .later)
    #expect(failed.words.text.hasSuffix("hook exited with 3: no paper"))
    var hanging = try channel("sleep 60")
    hanging.timeout = 0.5
    let begin = LiveTime().now()
    #expect(deliverer.send(batch, by: hanging).verdict == .later)
    #expect(LiveTime().now().seconds(since: begin) < 5 * Patience.factor)
    let missing = ChannelSettings(name: "x", means: .command(["/nonexistent/hook"]))
    #expect(deliverer.send(batch, by: missing).words.text.hasPrefix("/nonexistent/hook: could not"))
  }
}
