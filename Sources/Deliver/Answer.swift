/// What became of a job: one line, in which no secret stands.
struct Answer {
  /// What to do now.
  enum Verdict: String {
    /// It has arrived.
    case sent
    /// It will never be taken.
    case refused
    /// It may be taken another time.
    case later
    /// Some recipients have it.
    case partly
  }

  var verdict: Verdict
  /// The places of those who may get it another time.
  var places: [Int] = []
  /// How many seconds the other side asks to wait; 0 where it does not.
  var wait = 0
  var reason: String

  private static let longestReason = 160
  private static let longestWord = 40

  init(_ verdict: Verdict, _ reason: String, wait: Int = 0) {
    self.verdict = verdict
    self.reason = reason
    self.wait = wait
  }

  /// `later 30 the server answers 503`: printable ASCII alone, and no word long enough to be a key.
  func line(without secrets: [String]) -> String {
    var text = String(
      String.UnicodeScalarView(
        reason.unicodeScalars.map { $0.value >= 0x20 && $0.value < 0x7f ? $0 : " " }))
    let isTelling = secrets.contains { !$0.isEmpty && Answer.holds(text, $0) }
    if isTelling { text = "an answer that repeats a secret" }
    let words = text.split(separator: " ").map {
      $0.count > Answer.longestWord ? "..." : String($0)
    }
    let short = words.joined(separator: " ").prefix(Answer.longestReason)
    let left = places.map { String($0) }.joined(separator: ",")
    let whom = verdict == .partly ? "\(left.isEmpty ? "-" : left) " : ""
    return "\(verdict.rawValue) \(wait) \(whom)\(short)\n"
  }

  private static func holds(_ text: String, _ part: String) -> Bool {
    let (text, part) = (Array(text.utf8), Array(part.utf8))
    guard part.count <= text.count else { return false }
    return (0...(text.count - part.count)).contains { text[$0...].starts(with: part) }
  }
}
