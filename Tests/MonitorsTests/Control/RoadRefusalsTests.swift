import Testing

@testable import Monitors

@Suite("Why no road leads to a target")
struct RoadRefusalsTests {
  private typealias Refusals = [(road: Printable, failure: RoadFailure)]

  private let others: Refusals = [
    ("remote debugging", .unfit("no CPython")), ("Node inspector", .unfit("no Node")),
    ("command", .unfit("no gc: command under targets:")),
  ]

  @Test("of a runtime its own road speaks first, and the rest is short")
  func runtime() {
    let why: Printable = "this JVM does not handle SIGQUIT (-Xrs, or it has only just started)"
    let all: Refusals = [("link", .unfit("not linked")), ("JVM attach", .cannot(why))] + others
    let failure = RoadRefusals(all: all).failure
    #expect(
      failure
        == .cannot(
          "JVM attach: \(why); not linked, no CPython, no Node, no gc: command under targets:"))
    #expect(RoadRefusals.brief(failure) == "JVM attach: \(why)")
  }

  @Test("where no road is the target's own, a line of 80 columns names them all")
  func none() {
    let all: Refusals = [("link", .unfit("not linked")), ("JVM attach", .unfit("no JVM"))] + others
    let failure = RoadRefusals(all: all).failure
    #expect("refused: \(failure.sentence.text)".count <= 80)
    #expect(failure.sentence.text.hasPrefix("not linked, no JVM, no CPython, no Node, "))
    #expect(RoadRefusals.brief(failure) == nil)
  }

  @Test("a right that several roads want is named once, with all of them")
  func right() {
    let needs = RoadFailure.notPermitted(needs: "CAP_SYS_PTRACE")
    let all: Refusals = [
      ("link", .unfit("not linked")), ("JVM attach", needs), ("remote debugging", needs),
    ]
    #expect(
      RoadRefusals(all: all).failure.sentence
        == "permission denied: needs CAP_SYS_PTRACE (JVM attach, remote debugging); besides: not linked"
    )
  }

  @Test("a question goes before everything else")
  func question() {
    let all: Refusals = [
      ("link", .notPermitted(needs: "root")), ("Node inspector", .asks("it opens a port")),
    ]
    #expect(RoadRefusals(all: all).failure == .asks("it opens a port"))
  }

  @Test("what has not gone back to the system yet is left out of the first line, and in the second")
  func settling() {
    let footprint = { (heap: Int64, resident: Int64) in
      Footprint(resident: Bytes(resident), heap: Bytes(heap))
    }
    var words = OutcomeWords(
      verb: "collected", lead: "", before: footprint(404_000_000, 412_000_000),
      after: footprint(3_000_000, 412_000_000), seconds: 0.1, road: "JVM attach", tellsMemory: true)
    words.isSettling = true
    #expect(words.text == "collected: heap 404 MB → 3.0 MB in 0.1 s, RSS settles (JVM attach)")
    words.isSettling = false
    words.after = footprint(3_000_000, 61_000_000)
    #expect(
      words.text == "collected: heap 404 MB → 3.0 MB, RSS 412 → 61 MB in 0.1 s (JVM attach)")
  }
}
