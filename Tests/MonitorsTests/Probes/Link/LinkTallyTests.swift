import TestSupport
import Testing

@testable import Monitors

@Suite("Putting together what linked processes tell")
struct LinkTallyTests {
  private let time = FakeTime()
  private let root = ProcessKey(pid: 42, startTicks: 1)
  private let child = ProcessKey(pid: 43, startTicks: 2)

  private func told(_ key: ProcessKey, _ text: String) throws -> LinkNews {
    .told(key, LinkReply(try JSONReader.object(text)), at: time.now())
  }

  private func sample(_ tally: inout LinkTally) throws -> LinkSample {
    try #require(tally.sample(of: 42, at: time.now()).value)
  }

  @Test("what was added is summed, and what is as of now replaces what was")
  func sums() throws {
    var tally = LinkTally()
    tally.take(.opened(root))
    for _ in 0..<3 {
      tally.take(
        try told(
          root,
          #"{"operations":[{"name":"a","count":10,"seconds":0.5,"items":100,"active":1,"oldest_s":2,"buckets":{"145":10}}],"writes":[{"format":"csv","bytes":5,"count":1}],"gauges":{"g":1}}"#
        ))
    }
    tally.take(try told(root, #"{"gauges":{"g":7}}"#))
    let first = try sample(&tally)
    #expect(first.operations.first?.count == 30)
    #expect(first.operations.first?.latencies.entries.map(\.count) == [30])
    #expect(first.operations.first?.active == 0)
    #expect(first.writes.first?.bytes == 15)
    #expect(first.gauges == [GaugeSample(name: "g", value: 7)])
    let second = try sample(&tally)
    #expect(second.operations.first?.count == 30)
    #expect(second.operations.first?.latencies.isEmpty == true)
  }

  @Test("processes of one target are summed by name, and what is each one's own is kept apart")
  func processes() throws {
    var tally = LinkTally()
    for key in [child, root] { tally.take(.opened(key)) }
    let text =
      #"{"operations":[{"name":"a","count":4,"active":1}],"batches":{"count":2,"recent":[{"size":1,"seconds":1}]},"gauges":{"g":1},"caches":[{"name":"c","bytes":5}],"components":[{"name":"k"}]}"#
    for key in [child, root] { tally.take(try told(key, text)) }
    let sample = try sample(&tally)
    #expect(sample.processes.map(\.pid) == [42, 43])
    #expect(sample.operations.map(\.count) == [8])
    #expect(sample.operations.first?.active == 2)
    #expect(sample.batchCount == 4 && sample.batches.count == 2)
    #expect(sample.gauges.map(\.name) == ["g", "g (43)"])
    #expect(sample.caches.map(\.name) == ["c", "c (43)"])
    #expect(sample.components.map(\.name) == ["k", "k (43)"])
  }

  @Test("the sums of a child that has ended stay, and what it had does not")
  func ended() throws {
    var tally = LinkTally()
    for key in [root, child] {
      tally.take(.opened(key))
      tally.take(
        try told(key, #"{"operations":[{"name":"a","count":4,"active":1}],"gauges":{"g":1}}"#))
    }
    tally.keep([root])
    let sample = try sample(&tally)
    #expect(sample.operations.first?.count == 8)
    #expect(sample.operations.first?.active == 1)
    #expect(sample.gauges.map(\.name) == ["g"])
    #expect(sample.processes.map(\.pid) == [42])
  }

  @Test("a new connection tells everything again, and nothing is counted twice")
  func renewed() throws {
    var tally = LinkTally()
    tally.take(.opened(root))
    tally.take(try told(root, #"{"operations":[{"name":"a","count":10,"buckets":{"9":10}}]}"#))
    _ = try sample(&tally)
    tally.take(.closed(root, "it does not answer"))
    time.advance(by: 12)
    #expect(
      tally.sample(of: 42, at: time.now()).absence
        == .because("linked, but it does not answer (12 s)"))
    tally.take(.opened(root))
    #expect(tally.sample(of: 42, at: time.now()).value == nil, "it has not answered since")
    tally.take(
      try told(
        root,
        #"{"operations":[{"name":"a","count":12,"buckets":{"9":12}}],"batches":{"count":1,"recent":[{"size":1,"seconds":1}]}}"#
      ))
    let sample = try sample(&tally)
    #expect(sample.operations.first?.count == 12)
    #expect(sample.operations.first?.latencies.isEmpty == true)
    #expect(sample.batches.isEmpty)
  }

  @Test("an answer that stays away makes what is known stale, and says since when")
  func stale() throws {
    var tally = LinkTally()
    tally.take(.opened(root))
    tally.take(try told(root, #"{"gauges":{"g":1}}"#))
    let since = time.now()
    time.advance(by: 4)
    let known = tally.sample(of: 42, at: time.now())
    #expect(known.isStale)
    guard case .stale(_, let then) = known else { return }
    #expect(then == since)
  }

  @Test("without any answer there is a reason")
  func reasons() {
    var tally = LinkTally()
    #expect(
      tally.sample(of: 42, at: time.now()).absence == .because("the target is not linked"))
    tally.take(.unfound("a socket is there, but user 7 listens at it"))
    #expect(
      tally.sample(of: 42, at: time.now()).absence
        == .because("a socket is there, but user 7 listens at it"))
    tally.take(.opened(root))
    #expect(tally.sample(of: 42, at: time.now()).absence == .notYet)
  }

  @Test("D2: who is linked and never answers is said so, with how long, whatever is tried anew")
  func silent() {
    var tally = LinkTally()
    tally.take(.opened(root))
    #expect(tally.sample(of: 42, at: time.now()).absence == .notYet)
    for second in stride(from: 5, through: 20, by: 5) {
      time.advance(by: 5)
      tally.take(.closed(root, LinkConnection.silence))
      if second % 10 == 0 { tally.take(.opened(root)) }
      #expect(
        tally.sample(of: 42, at: time.now()).absence
          == .because("linked, but it does not answer (\(second) s)"))
    }
  }

  @Test("D6: who is linked and talks nonsense is said so, until something makes sense")
  func nonsense() throws {
    var tally = LinkTally()
    tally.take(.opened(root))
    tally.take(.senseless(root, "what it says is no JSON"))
    #expect(
      tally.sample(of: 42, at: time.now()).absence
        == .because("linked, but what it says is no JSON"))
    tally.take(try told(root, "{}"))
    #expect(tally.sample(of: 42, at: time.now()).value?.malformed == 1)
  }

  @Test("what this perftop asked for itself is known by its number")
  func own() throws {
    let text =
      #"{"events":[{"at":1,"action":"gc","id":"\#(LinkCourier.mark)7"},{"at":2,"action":"gc","id":"perftop-1-2-3"},{"at":"x","action":"gc"},{"at":3}]}"#
    let events = LinkReply(try JSONReader.object(text)).events
    #expect(events.map(\.isOwn) == [true, false])
  }

  @Test("what was done is told once, also where a new connection tells it again")
  func events() throws {
    var tally = LinkTally()
    let text = { (last: Int) in
      let list = (1...last).map { #"{"at":\#($0),"who":"pi","action":"gc","outcome":"x"}"# }
      return "{\"events\":[\(list.joined(separator: ","))]}"
    }
    tally.take(.opened(root))
    tally.take(try told(root, text(2)))
    #expect(try sample(&tally).events.map(\.at) == [1, 2])
    #expect(try sample(&tally).events.isEmpty)
    tally.take(.closed(root, "it closed the connection"))
    tally.take(.opened(root))
    tally.take(try told(root, text(3)))
    #expect(try sample(&tally).events.map(\.at) == [3])
  }

  @Test("counters at their end stay there")
  func saturated() throws {
    var tally = LinkTally()
    tally.take(.opened(root))
    var reply = LinkReply(.object([]))
    var operation = OperationSample(name: "a")
    operation.count = .max
    operation.active = .max
    reply.operations = [operation, operation]
    reply.batchCount = .max
    for _ in 0..<2 { tally.take(.told(root, reply, at: time.now())) }
    #expect(try sample(&tally).operations.first?.count == .max)
  }
}
