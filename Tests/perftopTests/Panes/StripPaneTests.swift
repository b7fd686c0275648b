import Testing

@testable import Monitors
@testable import perftop

@Suite("Strip")
struct StripPaneTests {
  private func drawn(_ width: Int, _ height: Int, _ change: (inout Snapshot) -> Void = { _ in })
    -> [String]
  {
    var snapshot = Robot(isTroubled: true, ticks: 60).snapshot
    change(&snapshot)
    var canvas = Canvas(size: Size(width: width, height: height))
    StripPane(snapshot: snapshot, tags: []).draw(into: &canvas)
    return GoldenText.rows(canvas)
  }

  @Test("it names machine, target, state, uptime, generation and children")
  func target() {
    let rows = drawn(120, 2)
    for word in [
      "robot-07", "Raspberry Pi 5", "camera_node 4242", "waiting for storage", "up 2 h 10 min",
      "generation 2", "+2 children",
    ] { #expect(rows[0].contains(word), "\(word)") }
    #expect(rows[1].contains("psi cpu  14 mem 0.0 io  31"))
  }

  @Test("on one line the target comes first")
  func oneLine() {
    #expect(drawn(40, 1)[0].hasPrefix("camera_node 4242"))
  }

  @Test("what can not be read says so instead of being zero")
  func missing() {
    let rows = drawn(120, 2) { snapshot in
      snapshot.vitals = Vitals()
      snapshot.vitals.cpuPressure = .missing(.notSupported)
    }
    #expect(rows[1].contains("cpu not yet"))
    #expect(rows[1].contains("psi cpu no source"))
    #expect(!rows[1].contains("0 %"))
  }

  @Test("the seconds of a long uptime do not tick")
  func uptime() {
    let before = drawn(120, 2) { $0.sample.target = $0.sample.target.map(older(3601)) }
    let after = drawn(120, 2) { $0.sample.target = $0.sample.target.map(older(3650)) }
    #expect(before == after)
    let young = drawn(120, 2) { $0.sample.target = $0.sample.target.map(older(7)) }
    #expect(young[0].contains("up 7 s"))
  }

  @Test("a program whose first thread has ended is not called a zombie")
  func leaderEnded() {
    let rows = drawn(120, 2) { snapshot in
      snapshot.sample.target = snapshot.sample.target.map { target in
        var target = target
        target.root.state = "Z"
        target.root.leaderEnded = true
        return target
      }
    }
    #expect(rows[0].contains("leader ended") && !rows[0].contains("zombie"))
  }

  @Test("how a target ended does not stand where a percentage belongs")
  func noSentence() {
    for width in [80, 120] {
      let rows = drawn(width, 2) {
        $0.vitals.targetCPU = .missing(.because("flappy exited with 0"))
        $0.vitals.runDelay = .missing(.because("waiting for flappy"))
      }
      #expect(rows[1].contains("target n/a") && !rows[1].contains("flappy"))
    }
  }

  @Test("a board that is only simulated is called so")
  func simulated() {
    #expect(drawn(160, 2) { $0.sample.host.isSimulated = true }[0].contains("simulated Raspberry"))
    #expect(!drawn(160, 2) { _ in }[0].contains("simulated"))
  }

  private func older(_ seconds: Double) -> (TargetSample) -> TargetSample {
    return { target in
      var target = target
      target.uptime = seconds
      return target
    }
  }
}
