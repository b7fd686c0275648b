import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Conversations with linked processes")
struct LinkConnectionTests {
  private let wire = Wire()

  private func story() -> LinkStory {
    var story = LinkStory([wire])
    story.ask()
    story.turn()
    return story
  }

  @Test("the first words are a greeting and a question, each with its number")
  func first() throws {
    let story = story()
    let lines = try wire.heard().map { try JSONReader.object($0) }
    #expect(lines.map { $0["op"]?.string } == ["hello", "poll"])
    #expect(lines.map { $0["id"]?.whole } == [1, 2])
    #expect(story.rows.rows.count == 1)
  }

  @Test("what is told comes out, with the greeting before it")
  func told() {
    var story = story()
    wire.answer(#""name":"collector","started":500,"operations":[{"name":"a","count":3}]"#)
    story.turn()
    let news = story.news()
    #expect(news.replies.map(\.operations.first?.count) == [3])
    #expect(
      news.contains { if case .greeted(_, let who) = $0 { who.name == "collector" } else { false } }
    )
  }

  @Test("D11: who says that it is another process is not believed")
  func impostor() {
    var story = story()
    wire.answer(#""name":"x","started":499,"pid":1"#)
    story.turn()
    let news = story.news()
    #expect(news.endings == ["it says that it is another process"])
    #expect(news.replies.isEmpty)
  }

  @Test("D1: a line without an end is dropped at 1 MiB")
  func endless() {
    var story = story()
    let piece = String(repeating: "a", count: 65536)
    var given = 0
    while given < 4 << 20, story.news().endings.isEmpty {
      given += wire.say(piece)
      story.turn()
      if wire.isForsaken { break }
    }
    #expect(given <= (1 << 20) + 8 * 65536 * 4)
    #expect(wire.isForsakenSoon)
  }

  @Test(
    "D2, D13: an answer that does not come for more than 5 s ends the conversation, and nobody waited"
  )
  func silent() {
    var story = story()
    wire.say("{\"id\":1")
    story.time.advance(by: 4.9)
    story.turn()
    #expect(story.news().endings.isEmpty)
    story.time.advance(by: 0.2)
    story.turn()
    #expect(story.news().endings == ["it does not answer"])
    #expect(wire.isForsakenSoon)
  }

  @Test("D6: nonsense is counted, and the hundredth piece of it is the last")
  func nonsense() {
    var story = story()
    for _ in 0..<99 { wire.say("]\u{0}nonsense\n") }
    story.turn()
    var news = story.news()
    #expect(news.senseless == 99)
    #expect(news.endings.isEmpty)
    wire.say("[[\n")
    story.turn()
    news = story.news()
    #expect(news.endings == ["100 answers that made no sense"])
  }

  @Test("D17: what nobody asked for is not even read")
  func flood() {
    var story = story()
    wire.answer("")
    story.turn()
    _ = story.news()
    #expect(story.rows.requests.allSatisfy { $0.events == 0 })
    while wire.say("{\"operations\":[]}\n") > 0 {}
    for _ in 0..<10 { story.turn() }
    #expect(story.news().isEmpty)
  }

  @Test("D17: who always has more to tell gets four more questions a tick")
  func insatiable() {
    var story = story()
    for _ in 0..<50 {
      wire.answer("\"more\":true")
      story.turn()
    }
    #expect(story.news().replies.count == 5)
  }

  @Test("a process that ends the conversation is tried again, each time after a longer pause")
  func again() {
    let others = (0..<3).map { _ in Wire() }
    var story = LinkStory([wire] + others)
    var pauses: [Double] = []
    for wire in [wire] + others.dropLast() {
      story.ask()
      story.turn()
      wire.hangUp()
      story.turn()
      #expect(story.news().endings.count == 1)
      var waited = 0.0
      while waited < 60 {
        story.ask()
        if story.rows.rows.values.contains(where: { !$0.connections.isEmpty }) { break }
        story.time.advance(by: 0.5)
        waited += 0.5
      }
      pauses.append(waited)
    }
    #expect(pauses == [1, 2, 4])
  }

  @Test("too many viewers: its own words are the reason")
  func refused() {
    var story = story()
    wire.say("{\"error\":\"too many viewers\"}\n")
    wire.hangUp()
    for _ in 0..<2 { story.turn() }
    #expect(story.news().endings == ["closed: too many viewers"])
  }

  @Test("one that hangs up between two questions is noticed at once")
  func hangUp() {
    var story = story()
    wire.answer("")
    story.turn()
    _ = story.news()
    wire.hangUp()
    var requests = story.rows.requests
    LocalSocket.wait(&requests, milliseconds: 0)
    story.rows.note(requests)
    story.turn()
    #expect(story.news().endings == ["it closed the connection"])
    #expect(story.rows.requests.isEmpty)
  }

  @Test("a target that goes is forgotten, and its stream is closed")
  func forgotten() {
    var story = story()
    story.forget()
    #expect(wire.isForsakenSoon)
    #expect(story.rows.rows.isEmpty)
  }

  @Test(
    "its thread is needed while somebody is linked or kept at a distance, and not for who is not linked"
  )
  func needed() {
    var unlinked = LinkStory([])
    unlinked.ask()
    #expect(unlinked.news().count == 1)
    #expect(!unlinked.rows.isNeeded)
    var story = story()
    #expect(story.rows.isNeeded)
    wire.hangUp()
    for _ in 0..<2 { story.turn() }
    #expect(story.rows.requests.isEmpty)
    #expect(story.rows.isNeeded)
    story.forget()
    #expect(!story.rows.isNeeded)
  }

  @Test("a child that ends takes its own connection with it")
  func child() {
    let other = Wire()
    var story = LinkStory([wire, other])
    story.ask([42, 43])
    story.turn()
    story.ask([42], isLooking: false)
    #expect(story.news().endings == ["it has ended"])
    #expect(other.isForsakenSoon)
    #expect(!wire.isForsaken)
  }

  @Test("one that never answers keeps no other one waiting")
  func apart() {
    let other = Wire()
    var story = LinkStory([wire, other])
    story.ask([42, 43])
    story.turn()
    other.answer("\"gauges\":{\"a\":1}")
    story.turn()
    #expect(story.news().replies.map(\.gauges.first?.value) == [1])
  }

  @Test("no more than 64 sockets in all")
  func sockets() {
    let wires = (0..<70).map { _ in Wire() }
    var story = LinkStory(wires)
    story.ask((1...70).map { Int32($0) })
    story.turn()
    #expect(story.rows.rows.values.reduce(0) { $0 + $1.connections.count } == 64)
    #expect(wires.count(where: \.isForsaken) == 6)
  }
}
