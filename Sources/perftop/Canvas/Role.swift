/// What a cell is for; the theme says what that looks like.
enum Role: Sendable, Hashable {
  case text, dim, title, key, selected, border(Border), graphText
  case severity(Shade)
  /// A place on a colour gradient, from 0 to 100.
  case gradient(Gradient, UInt8)
  /// A tag with a background of its own: frozen, following, banner.
  case frozen, banner

  enum Border: Sendable, Hashable {
    case memory, storage, batching, quality, thermal, alerts, focus
  }
  enum Gradient: Sendable, Hashable {
    case memory, storageRead, storageWrite, cpu, temperature, process
  }
  enum Shade: Sendable, Hashable { case ok, info, warning, critical, emergency, stale }
}

/// How a cell stands out, in addition to its role; survives where there is no colour.
struct Emphasis: OptionSet, Sendable, Hashable {
  let rawValue: UInt8
  static let bold = Emphasis(rawValue: 1)
  static let reversed = Emphasis(rawValue: 2)
  static let underlined = Emphasis(rawValue: 4)
}

/// One cell of the screen. A wide glyph takes a cell and the continuation behind it.
struct Cell: Sendable, Equatable {
  /// The glyph; a space for an empty cell.
  var glyph: Glyph = .space
  var role: Role = .text
  var emphasis: Emphasis = []
  static let blank = Cell()
}

/// A glyph: one scalar with at most two combining marks, or the second half of a wide one.
struct Glyph: Sendable, Hashable {
  /// The scalar's number; 0 marks the second half of a wide glyph.
  var scalar: UInt32
  var combining: UInt32 = 0
  var combining2: UInt32 = 0

  static let space = Glyph(scalar: 32)
  static let continuation = Glyph(scalar: 0)
}
