/// One cell of the screen. A wide glyph takes a cell and the continuation behind it.
///
/// Eight bytes, because there are two canvases of thousands of them and each tick compares one with the other.
struct Cell: Sendable, Equatable {
  private var bits: UInt64
  static let blank = Cell()

  init(glyph: Glyph = .space, role: Role = .text, emphasis: Emphasis = []) {
    bits =
      Part.scalar.put(glyph.scalar) | Part.combining.put(glyph.combining)
      | Part.combining2.put(glyph.combining2) | Part.role.put(UInt32(role.index))
      | Part.emphasis.put(UInt32(emphasis.rawValue))
  }

  /// The glyph; a space for an empty cell.
  var glyph: Glyph {
    get {
      Glyph(
        scalar: Part.scalar.get(bits), combining: Part.combining.get(bits),
        combining2: Part.combining2.get(bits))
    }
    set { self = Cell(glyph: newValue, role: role, emphasis: emphasis) }
  }

  var role: Role {
    get { Role(index: roleIndex) }
    set { self = Cell(glyph: glyph, role: newValue, emphasis: emphasis) }
  }

  /// The role's number.
  var roleIndex: Int { Int(Part.role.get(bits)) }

  var emphasis: Emphasis {
    get { Emphasis(rawValue: UInt8(truncatingIfNeeded: Part.emphasis.get(bits))) }
    set { self = Cell(glyph: glyph, role: role, emphasis: newValue) }
  }

  /// Where in the eight bytes something lies.
  private struct Part {
    let shift: UInt64
    let width: UInt64

    static let scalar = Part(shift: 0, width: 21)
    static let role = Part(shift: 21, width: 10)
    static let emphasis = Part(shift: 31, width: 3)
    static let combining = Part(shift: 34, width: Glyph.markBits)
    static let combining2 = Part(shift: 34 + Glyph.markBits, width: Glyph.markBits)

    private var mask: UInt64 { (1 << width) - 1 }

    @inline(__always)
    func put(_ value: UInt32) -> UInt64 { (UInt64(value) & mask) << shift }

    @inline(__always)
    func get(_ bits: UInt64) -> UInt32 { UInt32(truncatingIfNeeded: (bits >> shift) & mask) }
  }
}

/// A glyph: one scalar with at most two combining marks, or the second half of a wide one.
struct Glyph: Sendable, Hashable {
  /// The scalar's number; 0 marks the second half of a wide glyph.
  var scalar: UInt32
  var combining: UInt32 = 0
  var combining2: UInt32 = 0

  static let space = Glyph(scalar: 32)
  static let continuation = Glyph(scalar: 0)

  /// The room for a mark in a cell: those of all living scripts but a few lie below.
  static let markBits: UInt64 = 15
  static let lastMark: UInt32 = 1 << markBits - 1
}
