import Monitors
import Testing

@Suite("When the next tick is due")
struct CadenceTests {
  private func at(_ seconds: Double) -> Moment { Moment(nanoseconds: Int64(seconds * 1e9)) }

  @Test("ticks keep their beat although each is a little late")
  func beat() {
    var cadence = Cadence(interval: 1, from: at(0))
    #expect(cadence.wait(at: at(0)) == 0)
    cadence.advance(at: at(0.2))
    #expect(cadence.wait(at: at(0.2)) == 800_000_000)
    #expect(cadence.late == 0)
  }

  @Test("C17: a starved monitor skips ticks and counts them, and never makes up for them")
  func starved() {
    var cadence = Cadence(interval: 1, from: at(0))
    cadence.advance(at: at(0))
    cadence.advance(at: at(4.5))
    #expect(cadence.late == 3)
    #expect(cadence.wait(at: at(4.5)) == 500_000_000)
  }

  @Test("a new interval starts a new beat")
  func change() {
    var cadence = Cadence(interval: 1, from: at(0))
    cadence.change(interval: 0.25, at: at(0.1))
    #expect(cadence.wait(at: at(0.1)) == 250_000_000)
  }
}
