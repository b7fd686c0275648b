import Monitors

/// Where canvases become visible: a terminal, a text, or an array in a test.
@MainActor
protocol CanvasBackend {
  var size: Size { get }
  mutating func present(_ canvas: Canvas, theme: Theme)
  mutating func keys() -> [Key]
  mutating func suspend()
  mutating func resume()
}
