import TestSupport
import Testing

@testable import Monitors

@Suite("The middle of some numbers")
struct MedianTests {
  @Test("it is what sorting would give, for any number of numbers")
  func sorted() {
    var noise = SeededNoise(seed: 1)
    for count in 1..<60 {
      // Few different values, so that many are equal.
      var values = (0..<count).map { _ in Double(noise.below(20)) }
      let order = values.sorted()
      let middle = (order[(count - 1) / 2] + order[count / 2]) / 2
      #expect(Median.of(&values) == middle)
      #expect(values.sorted() == order)
    }
  }

  @Test("nothing has no middle")
  func empty() {
    var none: [Double] = []
    #expect(Median.of(&none) == nil)
  }

  @Test("any other place of the order can be had, and places outside are the ends")
  func places() {
    for place in -2..<12 {
      var values: [Double] = [9, 1, 8, 2, 7, 3, 6, 4, 5, 0]
      let found = values.withUnsafeMutableBufferPointer { Median.quantile($0, place: place) }
      #expect(found == Double(min(max(0, place), 9)))
    }
  }
}
