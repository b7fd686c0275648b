/// The layout of a compiled description of a terminal: tables of numbers, and of places in a table of texts.
///
/// ncurses follows a place that leads out of the file, and miscounts the parameters of a text that is no longer one.
struct TerminalTables {
  private let bytes: [UInt8]
  private var place = 0
  private var isShort = false

  private enum Magic {
    static let narrow = 0o432
    static let wide = 0o1036
  }

  /// Which texts are given parameters when a screen is drawn: moving, scrolling, inserting, repeating, colours, attributes.
  private static let filled = [
    3, 8, 10, 15, 37, 105, 106, 107, 108, 109, 110, 111, 112, 113, 114, 121, 127, 131, 133, 299,
    300,
    301, 302, 303, 359, 360,
  ]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Whether every table lies within the file, every place within its table, and every text has an end.
  var areWhole: Bool {
    var reader = self
    let magic = reader.number()
    guard magic == Magic.narrow || magic == Magic.wide else { return false }
    let width = magic == Magic.wide ? 4 : 2
    return reader.readStandard(width) && (reader.isAtEnd || reader.readAdded(width))
  }

  /// An odd byte may be left over.
  private var isAtEnd: Bool { bytes.count - place < 2 }

  private mutating func readStandard(_ width: Int) -> Bool {
    let counts = numbers(5)
    guard !isShort, counts.allSatisfy({ $0 >= 0 }), let names = skip(counts[0]), names.last == 0
    else { return false }
    _ = skip(counts[1])
    align()
    _ = skip(counts[2] * width)
    return readTexts(counts[3], tableSize: counts[4], filled: Self.filled)
  }

  /// What somebody added: values first, then a name for each.
  private mutating func readAdded(_ width: Int) -> Bool {
    align()
    let counts = numbers(5)
    guard !isShort, counts.allSatisfy({ $0 >= 0 }) else { return false }
    _ = skip(counts[0])
    align()
    _ = skip(counts[1] * width)
    let names = counts[0] + counts[1] + counts[2]
    return readTexts(counts[2] + names, tableSize: counts[4])
  }

  private mutating func readTexts(_ count: Int, tableSize: Int, filled: [Int] = []) -> Bool {
    let places = numbers(count)
    guard !isShort, let table = skip(tableSize), table.isEmpty || table.last == 0 else {
      return false
    }
    let absent = -2
    guard places.allSatisfy({ $0 >= absent && $0 < table.count }) else { return false }
    return filled.filter { $0 < count && places[$0] >= 0 }.allSatisfy {
      ParameterText.isSound(table.dropFirst(places[$0]).prefix { $0 != 0 })
    }
  }

  private mutating func numbers(_ count: Int) -> [Int] { (0..<count).map { _ in number() } }

  private mutating func number() -> Int {
    guard let pair = skip(2), let low = pair.first, let high = pair.last else { return 0 }
    return Int(Int16(truncatingIfNeeded: Int(high) << 8 | Int(low)))
  }

  private mutating func skip(_ count: Int) -> ArraySlice<UInt8>? {
    guard count >= 0, count <= bytes.count - place else {
      isShort = true
      return nil
    }
    defer { place += count }
    return bytes[place..<(place + count)]
  }

  private mutating func align() { if place % 2 == 1 { _ = skip(1) } }
}
