/// How well letters in order stand for a longer text: `np` for `next-pane`.
struct FuzzyMatch: Sendable, Equatable {
  /// More is better.
  var score: Int
  /// Places in the text, one for each letter, in order.
  var places: [Int]

  private static let letter = 4
  private static let wordStart = 10
  private static let contiguous = 12
  private static let longestPattern = 40

  /// The best of all ways in which the letters stand in the text; `nil` where there is none. Case and spaces do not count.
  init?(_ pattern: String, in text: String) {
    let wanted = Array(pattern.lowercased().unicodeScalars.filter { $0 != " " })
    let given = Array(text.lowercased().unicodeScalars)
    guard wanted.count <= min(given.count, FuzzyMatch.longestPattern) else { return nil }
    let nothing = FuzzyMatch(score: 0, places: [])
    var best = [FuzzyMatch?](repeating: nothing, count: given.count + 1)
    var ending = [FuzzyMatch?](repeating: nil, count: given.count + 1)
    for scalar in wanted {
      (best, ending) = FuzzyMatch.extended(best, ending, by: scalar, in: given)
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

  private func going(on place: Int, gaining gained: Int) -> FuzzyMatch {
    FuzzyMatch(score: score + gained, places: places + [place])
  }

  /// From the best matches within each beginning of the text, and those that end there, to those that have one letter more.
  private static func extended(
    _ before: [FuzzyMatch?], _ endingBefore: [FuzzyMatch?], by scalar: Unicode.Scalar,
    in text: [Unicode.Scalar]
  ) -> (best: [FuzzyMatch?], ending: [FuzzyMatch?]) {
    var best = [FuzzyMatch?](repeating: nil, count: text.count + 1)
    var ending = best
    for place in text.indices {
      best[place + 1] = best[place]
      guard text[place] == scalar else { continue }
      let isStart = place == 0 || !isLetter(text[place - 1])
      let gained = letter + (isStart ? wordStart : 0)
      let apart = before[place]?.going(on: place, gaining: gained)
      let next = endingBefore[place]?.going(on: place, gaining: gained + contiguous)
      let found = (next?.score ?? .min) >= (apart?.score ?? .min) ? next : apart
      ending[place + 1] = found
      if let found, found.score > best[place + 1]?.score ?? .min { best[place + 1] = found }
    }
    return (best, ending)
  }

  private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
    ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
  }
}
