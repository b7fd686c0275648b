/// One key press or mouse event, whatever bytes it came as.
enum Key: Sendable, Hashable {
  case character(Character)
  case up, down, left, right, home, end, pageUp, pageDown, enter, escape, tab, backTab, backspace
  case function(Int)
  case control(Character)
  case mouse(Mouse)

  struct Mouse: Sendable, Hashable {
    enum Kind: Sendable, Hashable { case press, scrollUp, scrollDown }
    var kind: Kind
    var x: Int
    var y: Int
  }
}
