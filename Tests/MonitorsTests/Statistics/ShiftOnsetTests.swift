import TestSupport
import Testing

@testable import Monitors

@Suite("The sample at which a change began")
struct ShiftOnsetTests {
  private func place(_ values: [Double], from level: Double = 0) -> Int {
    var values = values
    return values.withUnsafeMutableBufferPointer {
      ShiftOnset.place(in: $0, from: level, among: 1..<$0.count - 8, patience: 1)
    }
  }

  @Test("a step without noise is found to the sample", arguments: [1, 17, 100, 151])
  func step(_ place: Int) {
    #expect(self.place((0..<160).map { $0 < place ? 0 : 2 }) == place)
    #expect(self.place((0..<160).map { $0 < place ? 5 : 3 }, from: 5) == place)
  }

  @Test("a ramp is found where it begins, and not where it is half-way up")
  func ramp() {
    for length in [16, 60, 200] {
      let values = (0..<400).map { min(3, max(0, 3 * Double($0 - 150) / Double(length))) }
      #expect(abs(place(values) - 150) <= length / 10 + 1)
    }
  }

  @Test("noise moves it by a few samples")
  func noise() {
    for seed in 0..<20 {
      var noise = SeededNoise(seed: UInt64(seed))
      let found = place((0..<200).map { ($0 < 90 ? 0 : 2) + noise.normal() })
      #expect(abs(found - 90) <= 12)
    }
  }
}
