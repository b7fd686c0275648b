import Glibc
import Monitors
import TestSupport
import Testing

@Suite("Two operators and one target", .enabled(if: !AlertScene.isShared, "a shared list"))
struct AlertSharingTests {
  /// Whether a screen's row of the alert says something.
  private func row(_ session: Session, within seconds: Double = 2, _ words: String...) -> Bool {
    session.sees(within: seconds) { screen in
      screen.text.split(separator: "\n").contains { line in
        line.contains("CRITICAL") && line.contains("memory.rss_bytes")
          && words.allSatisfy { line.contains($0) }
      }
    }
  }

  @Test("what one does to an alert, the other's screen shows within two seconds, and scripts agree")
  func sharing() throws {
    let scene = try AlertScene()
    let (anna, bert) = (try scene.screen("anna"), try scene.screen("bert"))
    #expect(row(anna, within: 10, "firing") && row(bert, within: 10, "firing"))
    // Selected, it is what the keys are about, whatever else begins meanwhile.
    anna.press("\u{1b}[B")
    #expect(row(anna, "▶"))
    anna.press("a")
    #expect(row(bert, "accepted", "anna"))
    #expect(row(anna, "accepted", "anna"))
    #expect(scene.alerts().output.contains("acknowledged by anna from 10.0.0.7"))
    anna.press("u")
    #expect(row(bert, "firing") && row(anna, "firing"))
    anna.press("s")
    #expect(anna.sees("shelve for"))
    anna.press("1")
    #expect(row(bert, "shelved") && row(anna, "shelved"))
    anna.press("u")
    #expect(row(bert, "firing") && row(anna, "firing"))
    #expect(scene.alerts("ack", "busy-1", by: "carl").code == 0)
    #expect(row(anna, "accepted", "carl"))
    #expect(row(bert, "accepted", "carl"))
    let happened = ["fired", "acknowledged", "undone", "shelved", "undone", "acknowledged"]
    #expect(scene.history == happened.map { "\($0) busy-1" })
    #expect(anna.quit()?.code == 0 && bert.quit()?.code == 0)
  }

  @Test("who comes after both were killed finds the alert under its id, accepted as it was")
  func third() throws {
    let scene = try AlertScene()
    let (anna, bert) = (try scene.screen("anna"), try scene.screen("bert"))
    #expect(row(bert, within: 10, "firing"))
    #expect(scene.alerts("ack", "busy-1", by: "dora").code == 0)
    #expect(row(anna, "accepted", "dora"))
    let before = scene.history
    anna.killHard()
    bert.killHard()
    let carl = try scene.screen("carl")
    #expect(row(carl, within: 10, "accepted", "dora"))
    #expect(carl.sees("busy-1"))
    carl.watch(for: 3)
    #expect(row(carl, "accepted", "dora"))
    #expect(scene.history == before)
    #expect(carl.quit()?.code == 0)
  }

  @Test(
    "the mail and the webhook of an alert come once though two watch and are killed, its end too",
    .enabled(if: AlertScene.canReceive))
  func delivered() throws {
    let web = try #require(Receiver(.http))
    let post = try #require(Receiver(.smtp))
    let scene = try AlertScene(channels: [AlertScene.hook("web", web), AlertScene.mail(post)])
    let (anna, bert) = (try scene.screen("anna"), try scene.screen("bert"))
    #expect(web.hears(1) && post.hears(1))
    anna.watch(for: 0.5)
    anna.killHard()
    bert.killHard()
    let carl = try scene.screen("carl")
    #expect(row(carl, within: 10, "firing"))
    carl.watch(for: 8)
    #expect(web.log.count == 1 && post.log.count == 1)
    #expect(Array(web.messages().values) == ["fired busy-1"])
    #expect(post.log.first?["data"]?.string?.contains("perftop alerts ack busy-1") == true)
    scene.target.signal(SIGKILL)
    #expect(AlertScene.waits(40) { scene.history.count == 2 })
    carl.watch(for: 0.5)
    #expect(carl.quit()?.code == 0)
    #expect(web.hears(2) && post.hears(2))
    #expect(web.messages().values.sorted() == ["ended busy-1", "fired busy-1"])
    #expect(web.alerts().count == 2)
    #expect(post.log.count == 2)
  }

  @Test(
    "who leaves at once after an alert has sent it, and is not kept",
    .enabled(if: AlertScene.canReceive))
  func leaving() throws {
    let web = try #require(Receiver(.http))
    let scene = try AlertScene(channels: [AlertScene.hook("web", web)])
    let anna = try scene.screen("anna")
    #expect(row(anna, within: 10, "firing"))
    #expect(web.log.isEmpty)
    let begin = LiveTime().now()
    #expect(anna.quit()?.code == 0)
    #expect(LiveTime().now().seconds(since: begin) < 3.5 * Patience.factor)
    #expect(web.hears(1, within: 2))
    #expect(Array(web.messages().values) == ["fired busy-1"])
  }

  @Test(
    "a connection that breaks right after an alert does not swallow the message, nor keeps one that hangs us",
    .enabled(if: AlertScene.canReceive))
  func hangup() throws {
    let (web, dead) = (try #require(Receiver(.http)), try #require(Receiver(.http)))
    dead.behave("silent")
    let scene = try AlertScene(
      channels: [AlertScene.hook("web", web), AlertScene.hook("dead", dead, timeout: 30)])
    let anna = try scene.screen("anna")
    #expect(row(anna, within: 10, "firing"))
    anna.closeMaster()
    let begin = LiveTime().now()
    #expect(ends(anna.child.pid, within: 8))
    #expect(LiveTime().now().seconds(since: begin) < 5 * Patience.factor)
    #expect(web.hears(1, within: 2))
    // The next one takes up what the other side never answered.
    dead.behave("ok")
    let bert = try scene.screen("bert")
    #expect(dead.hears(1, within: 20))
    #expect(bert.quit()?.code == 0)
    #expect(Array(dead.messages().values) == ["fired busy-1"])
    #expect(web.alerts().count == 1)
  }
}
