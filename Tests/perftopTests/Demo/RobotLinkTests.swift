import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("What the demo's robot tells and does")
struct RobotLinkTests {
  @Test("larger batches get more done, up to a point that the optimiser can find")
  func batches() {
    let pace = { (size: Int) in Double(size) / RobotCollector.seconds(size: size, number: 50) }
    #expect(pace(20) > pace(10) * 1.1)
    #expect(pace(30) > pace(20))
    #expect(pace(100) < pace(40))
  }

  @Test("a cache fills as it is used, is found in ever more often, and gives all of it back")
  func cache() {
    var cache = RobotCache(.episodes)
    for _ in 0..<400 { cache.step(seconds: 0.1) }
    let facts = cache.facts
    #expect(facts.bytes > 3_000_000 && facts.entries > 20)
    #expect(facts.hits > facts.misses && facts.misses > 0)
    #expect(cache.empty() == facts.bytes)
    #expect(cache.facts.bytes == 0)
    #expect(cache.facts.hits == facts.hits)
  }

  @Test("what is asked for by the link is done by the robot itself, which says what that freed")
  func desk() {
    let desk = RobotDesk()
    let answer = Mailbox<Int>()
    #expect(Threads.start(name: "asks") { answer.offer(desk.ask(.collect)) })
    #expect(
      RealProgram.eventually {
        let wishes = desk.takeWishes()
        for _ in wishes { desk.finish(42) }
        return wishes == [.collect]
      })
    #expect(RealProgram.eventually { answer.take() == 42 })
    var memory = RobotMemory()
    memory.step(DemoScene(elapsed: 1), seconds: 1)
    let before = memory.size
    let freed = memory.grant(.collect)
    #expect(freed > 2_000_000 && memory.size == before - freed)
  }

  @Test("a level means what the order says, and else what it usually means")
  func levels() {
    var order = LinkQuality(level: "low")
    #expect(CameraSettings(order).skip == 2)
    order.resolutionScale = 0.4
    order.frameSkip = 1
    let settings = CameraSettings(order)
    #expect(settings.scale == 0.4 && settings.skip == 1)
    #expect(settings.size < CameraSettings(LinkQuality(level: "ultra_high")).size / 3)
    #expect(CameraSettings(settings.text) == settings)
    order.resolutionScale = .nan
    order.frameSkip = -4
    #expect((0.05...1).contains(CameraSettings(order).scale) && CameraSettings(order).skip == 0)
    for nonsense in ["", "1 2 3", "9 85 0 0", "a b c d", "0.5 50 99 1"] {
      #expect(CameraSettings(nonsense) == nil)
    }
  }

  @Test("pictures are smaller at a lower level")
  func pictures() throws {
    let directory = try TemporaryDirectory()
    var writer = ImageWriter(in: directory.path)
    writer.step(rate: 2, seconds: 1)
    let large = writer.written.bytes
    writer.step(rate: 2, seconds: 1, size: 0.1)
    #expect(writer.written.count == 4)
    #expect(writer.written.bytes - large < large / 5)
  }
}
