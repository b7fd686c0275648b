import Monitors

/// What a key may have to know of the screen it was pressed on, beyond the scene.
struct Page {
  /// The size of the screen.
  var size = Size(width: 80, height: 24)
  /// The lines of what scrolls on it, a zoomed pane or help; empty where nobody can say.
  var lines: () -> [String] = { [] }
  /// The last line that can stand at the top; `nil` where only the lines can tell.
  var limit: () -> Int? = { nil }
  /// What lies at a place.
  var spot: (Int, Int) -> Spot? = { _, _ in nil }
  /// The key that stands in the footer at a place.
  var key: (Int, Int) -> Key? = { _, _ in nil }
  /// Which of the palette's rows stands at a place.
  var row: (Int, Int) -> Int? = { _, _ in nil }
  /// Names of the themes there are.
  var themes: () -> [String] = { [] }

  /// What lies at a place in the list of processes, and the lines of it that there is room for.
  var picked: (Int, Int) -> Picked? = { _, _ in nil }
  var pickerRoom: () -> Int = { 10 }

  /// What lies under the mouse in the list of processes.
  enum Picked: Sendable, Equatable {
    /// A line, counted from the first of the whole list.
    case line(Int)
    /// The title of a column that can be sorted by.
    case title(RosterSort)
  }

  /// What lies under the mouse.
  struct Spot: Sendable, Equatable {
    var pane: Word
    /// The id of the alert in that row, if it is one.
    var alert: String?
  }

  private static let borders = 2
  private static let unknownEnd = 10_000

  /// How far a page key moves: all but one of the lines that there is room for.
  var step: Int {
    let room = size.height - Page.borders
    guard let limit = limit(), limit > 0 else { return max(1, room) }
    return max(1, lines().count - limit - 1)
  }

  /// The last line that can stand at the top.
  var lastScroll: Int {
    if let limit = limit() { return limit }
    let count = lines().count
    return count == 0 ? Page.unknownEnd : max(0, count - step)
  }
}

/// What a key press asks of the world outside the view.
enum Effect: Sendable, Equatable {
  case command(Command)
  case quit, suspend, repaint, nextTheme
  case theme(String)
}
