import Glibc
import Monitors
import TestSupport
import Testing

@Suite("Messages in bad times, with the real binary", .enabled(if: AlertScene.canReceive))
struct AlertStormTests {
  private static let isLong = getenv("PERFTOP_LONG") != nil

  @Test(
    "H3: alerts within ten seconds, killed again and again between record and send: none is lost")
  func storm() throws {
    let count = Self.isLong ? 200 : 20
    let web = try #require(Receiver(.http))
    // What was taken and never answered has to come again.
    web.behave("trickle")
    let rules = (1...count).map { number in
      AlertScene.rule("r\(number)", for: "\(number * (Self.isLong ? 10_000 : 3000) / count)ms")
    }
    let scene = try AlertScene(
      rules: rules, channels: [AlertScene.hook("web", web)], interval: "0.2")
    for pause in Self.isLong ? [1.7, 6.3, 9, 12] : [1.1, 6.5] {
      let session = try scene.screen("anna")
      session.watch(for: pause)
      session.killHard()
    }
    web.behave("ok")
    let last = try scene.screen("bert")
    let names = Set((1...count).map { "fired r\($0)-1" })
    last.watch(for: Self.isLong ? 12 : 5)
    #expect(AlertScene.waits(20) { Set(scene.history) == names })
    #expect(scene.history.count == count)
    // A busy machine takes its time; who leaves sends for two seconds only.
    let isSent = { Set(web.messages(in: "ok").values) == names }
    for _ in 0..<200 where !isSent() { last.watch(for: 0.2) }
    #expect(isSent(), "\(web.log.count)")
    #expect(last.quit()?.code == 0)
    #expect(web.messages().count == count, "one id for each")
    let sure = web.alerts(in: "ok").compactMap { $0["id"]?.string }
    #expect(sure.count == Set(sure).count, "what was answered never comes again")
  }

  /// The longest that a screen's own clock stood still, in seconds.
  private func longestPause(_ session: Session, for seconds: Double) -> Double {
    let time = LiveTime()
    let end = time.now().later(by: seconds)
    var (last, longest, before) = (time.now(), 0.0, "")
    while time.now() < end {
      session.watch(for: 0.05)
      let line = session.screen.text.split(separator: "\n").first.map(String.init) ?? ""
      if line != before {
        longest = max(longest, time.now().seconds(since: last))
        (last, before) = (time.now(), line)
      }
    }
    return max(longest, time.now().seconds(since: last))
  }

  @Test(
    "H1: endpoints that hang, refuse or fail change no sampling; then each gets every alert once")
  func endpoints() throws {
    let modes = ["silent", "reset", "500"]
    let webs = try modes.map { mode in
      let web = try #require(Receiver(.http))
      web.behave(mode)
      return web
    }
    let names = zip(modes, webs).map { AlertScene.hook("to-\($0)", $1, timeout: 1) }
    let scene = try AlertScene(
      rules: [AlertScene.busy, AlertScene.rule("later", for: "7s")], channels: names)
    let anna = try scene.screen("anna")
    let pause = longestPause(anna, for: Self.isLong ? 20 : 9)
    #expect(anna.sees("failing"))
    #expect(pause < 1.9 * Patience.factor, "a tick each second")
    for web in webs {
      #expect(web.messages(in: "ok").isEmpty)
      web.behave("ok")
    }
    // The first comes by itself; the other one would wait a minute for company.
    #expect(
      AlertScene.waits(90) {
        anna.watch(for: 0.2)
        return webs.allSatisfy { !$0.alerts(in: "ok").isEmpty }
      })
    anna.watch(for: 1)
    #expect(anna.quit()?.code == 0)
    for web in webs {
      #expect(web.messages(in: "ok").values.sorted() == ["fired busy-1", "fired later-1"])
      #expect(web.alerts(in: "ok").count == 2)
    }
  }
}
