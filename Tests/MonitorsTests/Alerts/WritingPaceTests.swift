import Testing

@testable import Monitors

@Suite("The pace of writing") struct WritingPaceTests {
  static func pace(_ seconds: Int, _ bytes: (Int) -> Double) -> Double? {
    var pace = WritingPace()
    for second in 0..<seconds {
      pace.update(
        bytes: bytes(second), elapsed: 1,
        at: Moment(nanoseconds: Int64(second) * 1_000_000_000))
    }
    return pace.bytesPerSecond
  }

  @Test("only seconds in which something was written count")
  func onlyWriting() {
    #expect(Self.pace(120) { $0 % 2 == 0 ? 500 : 0 } == 500)
    #expect(Self.pace(120) { _ in 300 } == 300)
  }

  @Test("who writes seldom is idle and has no pace")
  func idle() {
    #expect(Self.pace(120) { _ in 0 } == nil)
    #expect(Self.pace(120) { $0 % 10 == 0 ? 500 : 0 } == nil)
  }

  @Test("what was written more than a minute ago is forgotten")
  func forgets() {
    #expect(Self.pace(200) { $0 < 100 ? 1000 : 0 } == nil)
    #expect(Self.pace(200) { $0 < 100 ? 1000 : 10 } == 10)
  }
}
