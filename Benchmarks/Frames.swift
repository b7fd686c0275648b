import Glibc
import Monitors
import TestSupport

/// What a frame on a large screen costs, from the key to the last byte: one that changes little, and one that paints everything.
struct Frames {
  private static let count = 400
  private static let columns = 200
  private static let rows = 60

  func run() {
    guard
      let session = try? Session(
        ["perftop", "-d", "60", "-p", "\(getpid())"], columns: Frames.columns, rows: Frames.rows),
      session.sees("Memory")
    else { return print("perftop did not come up") }
    session.watch(for: 2)
    var table = Table(["a frame at \(Frames.columns)x\(Frames.rows)", "CPU ms", "bytes"])
    for (name, keys) in [
      ("next pane", ["\t"]), ("zoom and back", ["\r", "\u{1b}"]), ("help and back", ["?", "q"]),
      ("palette, by letters", [":", "q", "\u{15}", "\u{1b}"]), ("repaint", ["\u{0c}"]),
    ] {
      let (milliseconds, bytes) = cost(session, keys)
      table.add([name, milliseconds.short, bytes.short])
    }
    table.show("Frames of \(Frames.count) keys each, all threads, kernel included")
    session.press("q")
    _ = session.ends(within: 2)
  }

  /// Each key is answered before the next is pressed, or they would share a frame.
  private func cost(_ session: Session, _ keys: [String]) -> (milliseconds: Double, bytes: Double) {
    let before = session.child.cpuSeconds
    let bytes = session.output.count
    for place in 0..<Frames.count {
      let seen = session.output.count
      session.press(keys[place % keys.count])
      _ = session.receives(seen + 1, within: 0.5)
    }
    let frames = Double(Frames.count)
    return (
      (session.child.cpuSeconds - before) * 1000 / frames,
      Double(session.output.count - bytes) / frames
    )
  }
}
