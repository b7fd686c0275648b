import Testing

@testable import Monitors
@testable import perftop

@Suite("Alerts pane")
struct AlertsPaneTests {
  private let calm = Robot(ticks: 150)
  private let troubled = Robot(isTroubled: true, ticks: 150)

  @Test("all is well", arguments: Size.goldens)
  func healthy(size: Size) {
    let pane = AlertsPane(reading: calm.alerts, context: .at(size, calm))
    expectGolden(pane.drawn(at: size), "Alerts/healthy")
  }

  @Test("there is trouble", arguments: Size.goldens)
  func trouble(size: Size) {
    let pane = AlertsPane(reading: troubled.alerts, context: .at(size, troubled))
    expectGolden(pane.drawn(at: size), "Alerts/trouble")
  }

  @Test("only ASCII can be drawn")
  func ascii() {
    let pane = AlertsPane(reading: troubled.alerts, context: .at(.classic, troubled))
    let canvas = pane.drawn(at: .classic, glyphs: .ascii)
    #expect(canvas.cells.allSatisfy { $0.glyph.scalar >= 0x20 && $0.glyph.scalar < 0x7F })
    expectGolden(canvas, "Alerts/ascii")
  }

  @Test(
    "nothing is known yet: a sentence or a reason, and no zeros",
    arguments: [Size.narrow, .classic])
  func missing(size: Size) {
    let canvas = AlertsPane(reading: missing, context: .at(size, calm)).drawn(at: size)
    expectGolden(canvas, "Alerts/missing")
  }

  private var missing: AlertsReading {
    var reading = AlertsReading()
    reading.headline = "not enough readings yet"
    return reading
  }

  @Test("the selection stays with its alert and shows without colour")
  func selection() {
    var context = PaneContext.at(.classic, troubled)
    context.selectedAlert = "memory-high-2"
    let canvas = AlertsPane(reading: troubled.alerts, context: context).drawn(at: .classic)
    let y = GoldenText.rows(canvas).firstIndex { $0.contains("▶") } ?? 0
    #expect(GoldenText.rows(canvas)[y].contains("memory above 80 %"))
    #expect(canvas[5, y].emphasis.contains(.reversed))
    #expect(canvas.text.contains("id           memory-high-2"))
    expectGolden(canvas, "Alerts/selected")
  }

  @Test(
    "an alert that is only pending is told from one that fires at every width", arguments: 19...120)
  func pending(width: Int) throws {
    var reading = AlertsReading()
    reading.headline = "1 pending, 26 rules watch"
    reading.active = [Scenes.alert("a-1", .pending)]
    let size = Size(width: width, height: 8)
    let pane = AlertsPane(reading: reading, context: PaneContext())
    let rows = GoldenText.rows(pane.drawn(at: size)).dropFirst(2)
    let row = try #require(rows.first { $0.contains("!") })
    #expect(row.contains("pending"))
    #expect(pane.brief.first == "1 pending")
    reading.active.append(Scenes.alert("a-2"))
    let both = AlertsPane(reading: reading, context: PaneContext())
    #expect(both.brief.first == "1 active, 1 pending")
    #expect(GoldenText.rows(both.drawn(at: size)).contains { $0.contains("WARNING !") })
  }

  /// So many like one, each with a number of its own.
  private func copies(of alert: Alert, _ count: Int, id: String, message: Printable) -> [Alert] {
    (0..<count).map { index in
      var copy = alert
      copy.id = "\(id)-\(index)"
      copy.message = "\(message) \(index)"
      return copy
    }
  }

  @Test("a selected alert far down is on the screen of a small or a zoomed pane")
  func farDown() {
    var reading = troubled.alerts
    reading.active += copies(of: reading.active[1], 40, id: "rule", message: "message")
    var context = PaneContext(isFocused: true, selectedAlert: "rule-33")
    let canvas = AlertsPane(reading: reading, context: context).drawn(at: .narrow)
    #expect(canvas.text.contains("▶") && canvas.text.contains("message 33"))
    context.isZoomed = true
    let zoomed = AlertsPane(reading: reading, context: context).drawn(at: .classic)
    #expect(zoomed.text.contains("▶"))
  }

  @Test("a selected alert that is over does not hide those that fire, and no row stays blank")
  func selectedIsOver() {
    var reading = troubled.alerts
    reading.resolved += copies(of: reading.resolved[0], 8, id: "over", message: "past")
    let context = PaneContext(selectedAlert: "over-6")
    let rows = GoldenText.rows(
      AlertsPane(reading: reading, context: context).drawn(at: Size(width: 60, height: 10)))
    let text = rows.joined(separator: "\n")
    #expect(text.contains("under-voltage") && text.contains("memory above 80 %"))
    #expect(text.contains("past 0"))
    let blank = "│" + String(repeating: " ", count: 58) + "│"
    #expect(!rows.contains(blank))
  }

  @Test("what is kept firing is called clearing, with the time left, and no yes-or-no has a value")
  func clearing() {
    var reading = troubled.alerts
    reading.active[0].clearingSince = troubled.now
    reading.active[0].clearsIn = 42
    reading.active[0].firedAt = reading.active[0].since
    reading.active[0].value = 0
    reading.active[0].threshold = 0
    var context = PaneContext(isFocused: true, now: troubled.now)
    let small = AlertsPane(reading: reading, context: context).drawn(
      at: Size(width: 80, height: 12))
    #expect(small.text.contains("clearing") && !small.text.contains(" firing"))
    context.isZoomed = true
    let zoomed = AlertsPane(reading: reading, context: context).drawn(at: .classic).text
    #expect(zoomed.contains("clearing, 40 s"))
    #expect(zoomed.contains("well since"))
    #expect(!zoomed.contains("0.00"))
  }

  @Test("what keeps alerts from being remembered or told is said at every size")
  func troubles() {
    var reading = troubled.alerts
    reading.standing = .failing(why: "no space left on the device", since: troubled.now)
    reading.delivery = "ops: 0 sent, 2 waiting; failing: the server answered 503"
    reading.isDeliveryFailing = true
    let text = AlertsPane(reading: reading, context: PaneContext())
      .drawn(at: Size(width: 80, height: 12)).text
    #expect(text.contains("alerts are not written down since"))
    #expect(text.contains("2 waiting; failing"))
    var calm = calm.alerts
    calm.standing = .isPrivate(path: "/home/pi/.local/state/perftop", owner: "pi")
    let quiet = AlertsPane(reading: calm, context: PaneContext()).drawn(
      at: Size(width: 80, height: 8))
    #expect(quiet.text.contains("this list is pi's alone"))
  }

  @Test("the zoomed pane has the course of the selected alert, its people, and what all did before")
  func details() throws {
    var reading = troubled.alerts
    let now = troubled.now
    reading.active[0].count = 3
    reading.active[0].note = "ada is on it"
    reading.active[0].label = "/data"
    let event = AlertTransition(.acknowledged, at: now, alert: reading.active[0], by: "ada")
    reading.journal = [event]
    reading.standing = .shared(path: "/var/lib/perftop/alerts.db")
    let context = PaneContext(
      isFocused: true, isZoomed: true, now: now, selectedAlert: reading.active[0].id)
    let text = AlertsPane(reading: reading, context: context)
      .drawn(at: Size(width: 120, height: 80)).text
    for words in [
      "×3 ", "3 times: it flaps", "/data, the machine", "ada is on it", "History", "acknowledged",
      "In 24 hours", "share the list in /var/lib/perftop/alerts.db",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  @Test("the course of a value says when it fired")
  func course() throws {
    var monitor = AlertsMonitor(AlertsConfig())
    var reading = AlertsReading()
    var now = Moment(nanoseconds: 0)
    for place in 0..<90 {
      now = Moment(nanoseconds: Int64(place) * 1_000_000_000, wall: Int64(place) * 1_000_000_000)
      var input = AlertsInput(
        Readings(sample: Sample(moment: now, place: place), interval: 1), target: .none)
      input.readings.vitals.cpu = .fresh(Ratio(0.97))
      reading = monitor.judge(input)
    }
    let context = PaneContext(isFocused: true, isZoomed: true, now: now)
    let text = AlertsPane(reading: reading, context: context)
      .drawn(at: Size(width: 100, height: 50)).text
    #expect(text.contains("How it went"))
    #expect(text.contains("↑ fired "))
    #expect(text.contains("from 80.0 to 97.0"))
  }

  @Test("who accepted an alert is shown")
  func accepted() {
    let canvas = AlertsPane(reading: troubled.alerts, context: PaneContext())
      .drawn(at: Size(width: 100, height: 14))
    #expect(canvas.text.contains("pi from 10.0.0.7"))
  }
}
