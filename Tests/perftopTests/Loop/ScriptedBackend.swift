import Monitors

@testable import perftop

/// A screen of frames in an array, with keys from a list.
@MainActor
final class ScriptedBackend: CanvasBackend {
  var size = Size(width: 20, height: 4)
  var newSize: Size?
  let descriptor: Int32 = -1
  var isStalled = false
  var isKeyUnfinished = false
  var hasEnded = false
  var ground: RGB?
  var pending: [Key] = []
  private(set) var frames: [Canvas] = []
  private(set) var themes: [String] = []
  private(set) var log: [String] = []

  func present(_ canvas: Canvas, theme: Theme) {
    frames.append(canvas)
    themes.append(theme.name)
  }

  func drain() { log.append("drain") }

  func keys() -> [Key] {
    defer { pending = [] }
    return pending
  }

  func keysAfterSilence() -> [Key] {
    isKeyUnfinished = false
    return [.escape]
  }

  func resize() -> Bool {
    log.append("resize")
    guard let newSize, newSize != size else { return false }
    size = newSize
    return true
  }

  func repaint() { log.append("repaint") }
  func suspend() { log.append("suspend") }
  func resume() { log.append("resume") }
  func leave() { log.append("leave") }
}

/// Events from a list; the last is followed by the end of the terminal.
@MainActor
struct ScriptedSource: EventSource {
  var events: [[LoopEvent]]

  mutating func next(for backend: any CanvasBackend, until deadline: Moment?) -> [LoopEvent] {
    events.isEmpty ? [.terminalGone] : events.removeFirst()
  }
}
