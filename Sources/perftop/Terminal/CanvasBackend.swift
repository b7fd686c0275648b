import Monitors

/// Where canvases become visible and keys come from: a terminal, a text, or an array in a test.
@MainActor
protocol CanvasBackend {
  /// How many cells there are.
  var size: Size { get }
  /// Readable when keys may have come; -1 where nothing is to be waited for.
  var descriptor: Int32 { get }
  /// Whether a frame waits for room on the line: then it wants to be told when there is some.
  var isStalled: Bool { get }
  /// Whether bytes have come that only the next ones, or silence, make a key.
  var isKeyUnfinished: Bool { get }
  /// The ground that the terminal paints its own text on, once it has said so.
  var ground: RGB? { get }
  /// Whether the terminal is gone for good.
  var hasEnded: Bool { get }

  /// Shows a canvas; what has not changed costs nothing.
  mutating func present(_ canvas: Canvas, theme: Theme)
  /// Goes on with a frame that the line had no room for.
  mutating func drain()
  /// The keys that have come.
  mutating func keys() -> [Key]
  /// The keys that silence makes of what came before.
  mutating func keysAfterSilence() -> [Key]
  /// Asks for the size afresh; says whether it changed.
  mutating func resize() -> Bool
  /// Makes the next frame a whole one.
  mutating func repaint()
  /// Gives the terminal back as it was, for a while.
  mutating func suspend()
  /// Rings, and asks the terminal to show something on the desktop.
  mutating func attend(_ call: AttentionCall)
  /// Takes it again.
  mutating func resume()
  /// Gives it back for good.
  mutating func leave()
}

extension CanvasBackend {
  var ground: RGB? { nil }
  mutating func attend(_ call: AttentionCall) {}
}
