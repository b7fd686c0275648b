/// Units as they stand behind numbers: what must never be parted from them.
enum UnitWord {
  private static let plain: Set<Substring> = [
    "%", "°C", "C", "s", "ms", "min", "h", "d", "W", "V", "A", "Hz", "kHz", "MHz", "GHz", "/s",
  ]
  /// Cells of the longest, and of what may stand behind it.
  static let longest = 8
  private static let sizes: Set<Substring> = ["B", "kB", "MB", "GB", "TB"]

  /// Whether a word, but for the point or bracket behind it, is a unit.
  static func isUnit(_ word: Substring) -> Bool {
    var bare = word
    while let last = bare.last, ",;:.)?".contains(last) { bare.removeLast() }
    if plain.contains(bare) { return true }
    let parts = bare.split(separator: "/", maxSplits: 1)
    guard let size = parts.first, sizes.contains(size) else { return false }
    return parts.count == 1 || parts[1] == "s" || parts[1] == "min"
  }

  /// Words between spaces, a number and its unit being one of them.
  static func words(_ text: String) -> [Substring] {
    var words: [Substring] = []
    for word in text.utf8.split(separator: UInt8(ascii: " ")).map(Substring.init) {
      if let last = words.last, last.utf8.last.map({ $0 >= 48 && $0 <= 57 }) == true, isUnit(word),
        last.startIndex < word.startIndex
      {
        words[words.count - 1] = text[last.startIndex..<word.endIndex]
      } else {
        words.append(word)
      }
    }
    return words
  }
}
