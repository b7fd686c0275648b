/// Finds what a person probably meant.
public enum Nearest {
  /// The candidate that takes the fewest edits, if they are few enough to be a slip.
  public static func match(_ word: String, among candidates: [String]) -> String? {
    let limit = max(1, min(word.count, 12) / 3)
    guard word.count <= 64 else { return nil }
    let ranked = candidates.map { (candidate: $0, distance: distance(word, $0)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit else {
      return nil
    }
    return best.candidate
  }

  /// How many insertions, deletions, replacements and swaps of neighbours lie between two words.
  public static func distance(_ first: String, _ second: String) -> Int {
    let (a, b) = (Array(first), Array(second))
    var beforeLast = [Int](repeating: 0, count: b.count + 1)
    var last = Array(0...b.count)
    for i in a.indices {
      var row = [i + 1]
      for j in b.indices {
        var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (a[i] == b[j] ? 0 : 1))
        if i > 0, j > 0, a[i] == b[j - 1], a[i - 1] == b[j] {
          cost = min(cost, beforeLast[j - 1] + 1)
        }
        row.append(cost)
      }
      (beforeLast, last) = (last, row)
    }
    return last[b.count]
  }
}
