import Monitors
import Testing

@Suite("Processor use of many processes") struct ProcessorUseTests {
  static func target(_ ticks: [(Int32, UInt64)]) -> Measured<TargetSample> {
    let processes = ticks.map { pid, ticks in
      var process = ProcessSample(pid: pid)
      process.cpuTicks = ticks
      return process
    }
    var target = TargetSample(pid: 1, root: ProcessSample(pid: 1))
    target.children = processes
    return .fresh(target)
  }

  static func at(_ seconds: Double) -> Moment { Moment(nanoseconds: Int64(seconds * 1e9)) }

  @Test("the order in which children are listed does not matter")
  func order() {
    var use = ProcessorUse()
    let first = (2..<60).map { (Int32($0), UInt64($0) * 100) }
    _ = use.update(Self.target(first), at: Self.at(0))
    let second = first.reversed().map { ($0.0, $0.1 + 5) }
    let running = use.update(Self.target(second), at: Self.at(1)).running.value?.value ?? 0
    #expect(abs(running - 2.9) < 1e-9)
  }

  @Test("one counter that went back makes the tick a gap, and the next is whole again")
  func backwards() {
    var use = ProcessorUse()
    _ = use.update(Self.target([(2, 100), (3, 100)]), at: Self.at(0))
    let broken = use.update(Self.target([(2, 5), (3, 150)]), at: Self.at(1))
    #expect(broken.running == .missing(.because("a counter went backwards")))
    let whole = use.update(Self.target([(2, 15), (3, 160)]), at: Self.at(2))
    #expect(whole.running == .fresh(Ratio(0.2)))
  }

  @Test("a target that is gone says so, and begins anew when it is back")
  func gone() {
    var use = ProcessorUse()
    _ = use.update(Self.target([(2, 100)]), at: Self.at(0))
    #expect(use.update(.missing(.gone), at: Self.at(1)).running == .missing(.gone))
    #expect(use.update(Self.target([(2, 900)]), at: Self.at(2)).running == .missing(.notYet))
  }

  @Test("no waiting time is missing, not zero")
  func waiting() {
    var use = ProcessorUse()
    _ = use.update(Self.target([]), at: Self.at(0))
    #expect(use.update(Self.target([]), at: Self.at(1)).waiting == .missing(.notYet))
  }
}
