/// Finds what a person probably meant, for so many slips: nobody reads more, and looking for each takes its time.
public struct Suggestions: Sendable {
  /// How many words are compared in all.
  public static let most = 5000
  /// How many more may be compared.
  public private(set) var left = most

  /// None was asked for yet.
  public init() {}

  /// The candidate that was probably meant; `nil` where none is near, and once too many were compared.
  public mutating func nearest(_ word: String, among candidates: [String]) -> String? {
    guard candidates.count <= left else {
      left = 0
      return nil
    }
    left -= candidates.count
    return Nearest.match(word, among: candidates)
  }
}
