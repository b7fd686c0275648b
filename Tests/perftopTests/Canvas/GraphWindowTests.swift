import Testing

@testable import perftop

@Suite("Graph windows")
struct GraphWindowTests {
  @Test("a young history starts at the left edge and stays there until the window is full")
  func young() {
    for total in 0...100 {
      let window = GraphWindow(total: total, samples: 100)
      #expect(window.start == 0 && window.end == 100)
    }
  }

  @Test("the newest sample is always within, and most of the window is filled")
  func holdsNewest() {
    for samples in 2...130 {
      for total in samples...samples + 300 {
        let window = GraphWindow(total: total, samples: samples)
        #expect(window.end >= total && window.end - window.start == samples)
        #expect(total - window.start >= samples / 2, "\(total) of \(samples)")
      }
    }
  }

  @Test("it stands still for a good part of its width, then jumps")
  func jumps() {
    let starts = (200..<400).map { GraphWindow(total: $0, samples: 100).start }
    #expect(Set(starts).count <= 7)
  }

  @Test("two samples that share a cell share it after a jump, too")
  func parity() {
    for total in 0..<500 { #expect(GraphWindow(total: total, samples: 98).start % 2 == 0) }
  }
}
