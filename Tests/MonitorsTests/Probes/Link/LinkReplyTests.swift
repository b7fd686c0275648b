import Testing

@testable import Monitors

@Suite("What replies say")
struct LinkReplyTests {
  private func reply(_ text: String) throws -> LinkReply { LinkReply(try JSONReader.object(text)) }

  @Test("an operation with all that belongs to it")
  func operation() throws {
    let told = try reply(
      #"{"operations":[{"name":"a","type":"health_check","count":40,"errors":1,"items":40000,"seconds":3.2,"active":2,"oldest_s":0.7,"memory_bytes":-1048576,"memory_samples":12,"buckets":{"145":12,"146":28,"336":1,"-1":1,"x":1,"7":-3}}]}"#
    ).operations
    let first = try #require(told.first)
    #expect(first.kind == "health_check")
    #expect(first.count == 40 && first.errors == 1 && first.items == 40000)
    #expect(first.seconds == 3.2 && first.active == 2 && first.oldest == 0.7)
    #expect(first.memoryDelta == -1_048_576 && first.memorySamples == 12)
    #expect(first.latencies.entries.map(\.bucket) == [145, 146])
    #expect(first.latencies.entries.map(\.count) == [12, 28])
  }

  @Test("D5: numbers that no counter can have are passed over, and what stands beside them is not")
  func absurd() throws {
    let told = try reply(
      #"{"operations":[{"name":"a","count":1e300,"errors":-1,"items":NaN,"seconds":-5,"active":18446744073709551615},{"count":1},7],"gauges":{"x":1e400,"y":2,"z":"3"},"heap":{"used_bytes":-1,"objects":5},"batches":{"count":2,"recent":[{"size":"x"},{"size":10,"seconds":1,"items":10}]}}"#
    )
    let first = try #require(told.operations.first)
    #expect(told.operations.count == 1)
    #expect(first.count == 0 && first.errors == 0 && first.items == 0 && first.seconds == 0)
    #expect(told.gauges == [GaugeSample(name: "y", value: 2)])
    #expect(told.heap?.used.value == nil)
    #expect(told.heap?.objects.value == 5)
    #expect(told.batches.map(\.size) == [10])
  }

  @Test("members of the wrong kind are as good as none")
  func kinds() throws {
    let told = try reply(
      #"{"operations":{},"heap":[],"writes":1,"batches":null,"caches":"x","gauges":[1],"quality":{},"offers":[1,"gc","nice","evict"]}"#
    )
    #expect(told.operations.isEmpty && told.heap == nil && told.caches.isEmpty)
    #expect(told.quality == nil)
    // What only the kernel does is not a target's to offer.
    #expect(told.offers == [.collect, .evict])
  }

  @Test("names are cut at 128 bytes and can be shown")
  func names() throws {
    let long = String(repeating: "é", count: 100)
    let told = try reply("{\"operations\":[{\"name\":\"\(long)\"},{\"name\":\"a\\u001b[2J\"}]}")
    #expect(told.operations[0].name.text.utf8.count <= 128)
    #expect(told.operations[1].name == "a·[2J")
  }

  @Test("D7: of a million names 2000 are kept, and the rest is counted under one")
  func cardinality() {
    var names = LinkNames()
    var room = LinkNames.mostInAll
    var overflow: UInt64 = 0
    var kept: Set<Printable> = []
    for batch in 0..<20 {
      var told = LinkReply(.object([]))
      told.operations = (0..<1000).map { number in
        var operation = OperationSample(name: "n\(batch * 1000 + number)")
        operation.count = 1
        return operation
      }
      names.admit(&told, room: &room)
      overflow += told.overflow
      kept.formUnion(told.operations.map(\.name))
    }
    #expect(kept.count == 2001)
    #expect(kept.contains("…"))
    #expect(overflow == 18_000)
    #expect(names.count == 2000)
  }

  @Test("D7: all targets together have no more than 20,000")
  func inAll() {
    var room = LinkNames.mostInAll
    var total = 0
    for target in 0..<15 {
      var names = LinkNames()
      var told = LinkReply(.object([]))
      told.gauges = (0..<3000).map { GaugeSample(name: "t\(target) g\($0)", value: 1) }
      names.admit(&told, room: &room)
      total += told.gauges.count
    }
    #expect(total == 20_000)
  }
}
