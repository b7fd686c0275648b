/// How well letters in order stand for a longer text: `np` for `next-pane`.
struct FuzzyMatch: Sendable, Equatable {
  /// More is better.
  var score: Int
  /// Places in the text, one for each letter, in order.
  var places: [Int]

  private static let letter = 4
  private static let wordStart = 10
  private static let contiguous = 8
  private static let longestPattern = 40

  /// The best of all ways in which the letters stand in the text; `nil` where there is none. Case and spaces do not count.
  init?(_ pattern: String, in text: String) {
    let wanted = Array(pattern.lowercased().unicodeScalars.filter { $0 != " " })
    let given = Array(text.lowercased().unicodeScalars)
    guard wanted.count <= min(given.count, FuzzyMatch.longestPattern) else { return nil }
    var best = [FuzzyMatch?](repeating: FuzzyMatch(score: 0, places: []), count: given.count + 1)
    for (index, scalar) in wanted.enumerated() {
      best = FuzzyMatch.extended(best, by: scalar, in: given, isFirst: index == 0)
    }
    guard let found = best[given.count] else { return nil }
    self = found
    // Of two texts that match as well, the one with less left over is meant.
    score = score * 4 - min(given.count - wanted.count, 60)
  }

  private init(score: Int, places: [Int]) {
    self.score = score
    self.places = places
  }

  /// From the best matches within each beginning of the text to those that have one letter more.
  private static func extended(
    _ before: [FuzzyMatch?], by scalar: Unicode.Scalar, in text: [Unicode.Scalar], isFirst: Bool
  ) -> [FuzzyMatch?] {
    var best = [FuzzyMatch?](repeating: nil, count: text.count + 1)
    for place in text.indices {
      best[place + 1] = best[place]
      guard text[place] == scalar, let earlier = before[place] else { continue }
      let isStart = place == 0 || !isLetter(text[place - 1])
      let isNext = !isFirst && earlier.places.last == place - 1
      let gained = letter + (isStart ? wordStart : 0) + (isNext ? contiguous : 0)
      let found = FuzzyMatch(score: earlier.score + gained, places: earlier.places + [place])
      if found.score > best[place + 1]?.score ?? .min { best[place + 1] = found }
    }
    return best
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
  }
}
