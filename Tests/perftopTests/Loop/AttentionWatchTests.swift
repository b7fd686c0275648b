import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("Calling for a person")
struct AttentionWatchTests {
  private let begin = Moment(nanoseconds: 100_000_000_000)

  private func snapshot(_ severity: Severity, after seconds: Double, id: String = "a-1")
    -> Snapshot
  {
    var alert = Alert(
      id: id, rule: "a", severity: severity, category: .system, state: .firing,
      since: begin, value: 1, threshold: 1, message: "the disk is; full\u{1b}[2J")
    alert.firedAt = seconds < 0 ? begin.earlier(at: 1) : begin.later(by: seconds)
    var snapshot = MainActor.assumeIsolated { Scenes.snapshot() }
    snapshot.alerts.active = [alert]
    return snapshot
  }

  private func settings(_ bell: Severity?, _ notice: TerminalNotice = .off) -> DeliverySettings {
    var settings = DeliverySettings()
    settings.bell = bell
    settings.notice = notice
    return settings
  }

  @Test(
    "off, nothing calls; on, what is new and bad enough does, once, and again where it gets worse")
  @MainActor func rings() {
    var watch = AttentionWatch(begin: begin)
    #expect(watch.call(for: [snapshot(.emergency, after: 1)], settings(nil)) == nil)
    watch = AttentionWatch(begin: begin)
    #expect(watch.call(for: [snapshot(.warning, after: 1)], settings(.critical)) == nil)
    #expect(watch.call(for: [snapshot(.critical, after: 1)], settings(.critical))?.rings == true)
    #expect(watch.call(for: [snapshot(.critical, after: 1)], settings(.critical)) == nil)
    #expect(watch.call(for: [snapshot(.emergency, after: 1)], settings(.critical))?.rings == true)
  }

  @Test("what fired before the screen was there is no news")
  @MainActor func before() {
    var watch = AttentionWatch(begin: begin)
    #expect(watch.call(for: [snapshot(.emergency, after: -1)], settings(.info)) == nil)
  }

  @Test("a notice is one sequence that nothing in it can end, and only for terminals that know any")
  @MainActor func notices() {
    var watch = AttentionWatch(begin: begin)
    let call = watch.call(for: [snapshot(.critical, after: 1)], settings(.critical, .osc777))
    let bytes = call?.bytes(TerminalKind(name: "xterm-256color")) ?? []
    #expect(
      String(decoding: bytes, as: UTF8.self)
        == "\u{1b}]777;notify;perftop;CRITICAL: the disk is, full·[2J\u{1b}\\\u{7}")
    #expect(call?.bytes(TerminalKind(name: "linux")) == [7])
    let nine = AttentionCall(rings: false, notice: "a;b", style: .osc9)
    #expect(
      String(decoding: nine.bytes(TerminalKind(name: "xterm")), as: UTF8.self)
        == "\u{1b}]9;a;b\u{1b}\\")
  }
}
