import Testing

@testable import Monitors
@testable import perftop

@Suite("Layout")
struct LayoutTests {
  private func layout(_ width: Int, _ height: Int, focus: Word = .memory, zoomed: Bool = false)
    -> Layout
  {
    Layout(size: Size(width: width, height: height), focus: focus, isZoomed: zoomed)
  }

  @Test(
    "how many panes, and how large the first and the last are",
    arguments: [
      (120, 40, 6, Size(width: 60, height: 14), Size(width: 60, height: 11)),
      (80, 24, 6, Size(width: 40, height: 7), Size(width: 40, height: 6)),
      (200, 60, 6, Size(width: 66, height: 28), Size(width: 67, height: 28)),
      (80, 17, 4, Size(width: 40, height: 8), Size(width: 40, height: 7)),
      (40, 12, 1, Size(width: 40, height: 10), Size(width: 40, height: 10)),
      (20, 5, 1, Size(width: 20, height: 5), Size(width: 20, height: 5)),
      (40, 50, 6, Size(width: 40, height: 8), Size(width: 40, height: 7)),
    ])
  func table(width: Int, height: Int, count: Int, first: Size, last: Size) {
    let layout = layout(width, height)
    #expect(layout.panes.count == count)
    #expect(layout.panes.first?.rectangle.size == first)
    #expect(layout.panes.last?.rectangle.size == last)
  }

  @Test("below the least there are no panes", arguments: [(19, 30), (80, 4), (1, 1), (0, 0)])
  func tooSmall(width: Int, height: Int) {
    #expect(layout(width, height).panes.isEmpty)
  }

  @Test("strip and footer take two lines each where there is room, one or none where not")
  func edges() {
    #expect(layout(120, 40).strip?.height == 2)
    #expect(layout(120, 40).footer == Rectangle(x: 0, y: 38, width: 120, height: 2))
    #expect(layout(40, 12).strip?.height == 1)
    #expect(layout(40, 12).footer?.height == 1)
    #expect(layout(20, 5).strip == nil)
    #expect(layout(20, 5).footer == nil)
  }

  @Test("the focused pane is always among those shown", arguments: Word.allCases)
  func focus(word: Word) {
    for (width, height) in [(80, 17), (40, 12), (40, 24), (80, 12), (20, 5)] {
      #expect(layout(width, height, focus: word).panes.contains { $0.word == word })
    }
  }

  @Test("a zoomed pane has all the room between strip and footer")
  func zoom() {
    let layout = layout(120, 40, focus: .thermal, zoomed: true)
    #expect(layout.panes == [.init(word: .thermal, rectangle: layout.body)])
  }

  @Test("panes cover the body without a gap and without lying over each other")
  func tiling() {
    for width in stride(from: 20, through: 210, by: 7) {
      for height in 5...70 {
        let layout = layout(width, height)
        let area = layout.panes.reduce(0) { $0 + $1.rectangle.width * $1.rectangle.height }
        #expect(area == layout.body.width * layout.body.height, "\(width)x\(height)")
        for place in layout.panes {
          let corner = (place.rectangle.x, place.rectangle.y)
          #expect(layout.word(x: corner.0, y: corner.1) == place.word)
        }
      }
    }
  }
}
