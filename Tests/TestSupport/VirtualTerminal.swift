/// A terminal without a window: eats what a program writes to one, and says what would be on the screen.
///
///     var terminal = VirtualTerminal(columns: 80, rows: 24)
///     terminal.feed(Array("\u{1b}[2;3Hhello".utf8))
///     terminal.text            // "\n  hello"
public struct VirtualTerminal: Sendable {
  enum State: Sendable {
    case ground, escape, string, stringEscape
    case charset(isPrimary: Bool)
    case control([UInt8])
  }

  /// Width in cells.
  public private(set) var columns: Int
  /// Height in cells.
  public private(set) var rows: Int
  /// Private modes that are on now, by number: 1049 is the alternate screen, 25 the cursor.
  public internal(set) var modes: Set<Int> = [25]
  /// Every kind of control sequence seen: `CSI H`, `CSI ?h 1049`, `OSC 0`, `ESC (`.
  public internal(set) var controls: Set<String> = []
  /// What OSC and other strings carried: titles, clipboards.
  public internal(set) var strings: [String] = []
  /// Bells and other control bytes that do not move the cursor.
  public internal(set) var strayBytes: [UInt8] = []
  /// Where the cursor is, from 0.
  public internal(set) var cursor = (x: 0, y: 0)

  var state = State.ground
  var pending: [UInt8] = []
  var stringBytes: [UInt8] = []
  var region = 0...0
  var saved = (x: 0, y: 0)
  var wrapsNext = false
  var drawsLines = false
  var lastGlyph: Character = " "
  private var cells: [[Character?]]
  private var parked: [[Character?]]?

  /// No window is larger, whatever size a test claims.
  private static let largest = (columns: 1000, rows: 500)

  /// Makes an empty one.
  public init(columns: Int, rows: Int) {
    self.columns = min(max(1, columns), VirtualTerminal.largest.columns)
    self.rows = min(max(1, rows), VirtualTerminal.largest.rows)
    cells = VirtualTerminal.empty(self.columns, self.rows)
    region = 0...(self.rows - 1)
  }

  private static func empty(_ columns: Int, _ rows: Int) -> [[Character?]] {
    Array(repeating: Array(repeating: " ", count: columns), count: rows)
  }

  /// The rows of the screen, without the spaces at their ends.
  public var lines: [String] {
    cells.map { row in
      var line = String(row.compactMap { $0 })
      while line.last == " " { line.removeLast() }
      return line
    }
  }

  /// The screen as text.
  public var text: String { lines.joined(separator: "\n") }

  /// Changes the size; what no longer fits is lost.
  public mutating func resize(columns: Int, rows: Int) {
    var next = VirtualTerminal(columns: columns, rows: rows).cells
    for y in 0..<min(next.count, self.rows) {
      for x in 0..<min(next[y].count, self.columns) { next[y][x] = cells[y][x] }
    }
    cells = next
    parked = nil
    (self.columns, self.rows) = (next[0].count, next.count)
    region = 0...(self.rows - 1)
    moveTo(x: cursor.x, y: cursor.y)
  }

  /// Eats output.
  public mutating func feed(_ bytes: some Sequence<UInt8>) { for byte in bytes { eat(byte) } }

  mutating func moveTo(x: Int, y: Int) {
    cursor = (min(max(0, x), columns - 1), min(max(0, y), rows - 1))
    wrapsNext = false
  }

  mutating func put(_ glyph: Character) {
    let width = VirtualTerminal.width(of: glyph)
    guard width > 0 else { return attach(glyph) }
    if wrapsNext || cursor.x + width > columns {
      moveTo(x: 0, y: cursor.y)
      lineFeed()
    }
    lastGlyph = glyph
    cells[cursor.y][cursor.x] = glyph
    if width == 2, cursor.x + 1 < columns { cells[cursor.y][cursor.x + 1] = nil }
    let next = cursor.x + width
    cursor.x = min(next, columns - 1)
    wrapsNext = next >= columns
  }

  private mutating func attach(_ mark: Character) {
    let x = wrapsNext ? cursor.x : max(0, cursor.x - 1)
    guard let base = cells[cursor.y][x] else { return }
    cells[cursor.y][x] = (String(base) + String(mark)).first ?? base
  }

  mutating func lineFeed() {
    wrapsNext = false
    if cursor.y == region.upperBound { return scroll(up: 1) }
    cursor.y = min(rows - 1, cursor.y + 1)
  }

  mutating func reverseLineFeed() {
    wrapsNext = false
    if cursor.y == region.lowerBound { return scroll(up: -1) }
    cursor.y = max(0, cursor.y - 1)
  }

  /// Moves the lines from `top` (the region's by default) to the region's end; negative is down.
  mutating func scroll(up count: Int, from top: Int? = nil) {
    let first = top ?? region.lowerBound
    guard first <= region.upperBound else { return }
    for _ in 0..<min(abs(count), rows) {
      let blank = [Character?](repeating: " ", count: columns)
      cells.remove(at: count > 0 ? first : region.upperBound)
      cells.insert(blank, at: count > 0 ? region.upperBound : first)
    }
  }

  mutating func erase(row: Int, _ range: Range<Int>) {
    guard cells.indices.contains(row) else { return }
    for x in range.clamped(to: 0..<columns) { cells[row][x] = " " }
  }

  mutating func shiftCells(by count: Int) {
    let distance = min(abs(count), columns - cursor.x)
    for _ in 0..<distance {
      if count > 0 {
        cells[cursor.y].insert(" ", at: cursor.x)
        cells[cursor.y].removeLast()
      } else {
        cells[cursor.y].remove(at: cursor.x)
        cells[cursor.y].append(" ")
      }
    }
  }

  mutating func setMode(_ mode: Int, _ isOn: Bool) {
    let wasOn = modes.contains(mode)
    if isOn { modes.insert(mode) } else { modes.remove(mode) }
    guard mode == 1049, wasOn != isOn else { return }
    if isOn {
      (parked, saved) = (cells, cursor)
      cells = VirtualTerminal.empty(columns, rows)
    } else {
      cells = parked ?? VirtualTerminal.empty(columns, rows)
      parked = nil
      moveTo(x: saved.x, y: saved.y)
    }
  }

  static func width(of glyph: Character) -> Int {
    guard let scalar = glyph.unicodeScalars.first else { return 0 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: break
    }
    switch scalar.value {
    case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
      0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF, 0x20000...0x3FFFD:
      return 2
    default: return 1
    }
  }
}
