/// What came of an order: the receipt, and what kind of outcome it tells of.
public struct ActionOutcome: Sendable {
  /// What kind of outcome it was.
  public enum Standing: Sendable, Equatable { case done, refused, failed, gone, notPermitted }

  /// Who, when, by which road, with what effect.
  public var receipt: Receipt
  /// Its kind.
  public var standing: Standing
  /// Measures the effect anew and tells it in a receipt that takes the place of the first; `nil` where there is none.
  public var recount: (@Sendable () -> Receipt?)?
  /// Whether memory goes back to the system only a while after it was freed.
  public var settles = false

  /// Makes one without an effect.
  public init(receipt: Receipt, standing: Standing) {
    self.receipt = receipt
    self.standing = standing
  }
}

/// The sentence that tells what an action achieved.
struct OutcomeWords {
  var verb: Printable
  var lead: Printable
  var before: Footprint
  var after: Footprint
  var seconds: Double
  var road: Printable
  /// Whether memory is what it was about.
  var tellsMemory: Bool
  /// Whether what was freed goes back to the system only later: what is resident now would say nothing of it.
  var isSettling = false
  /// Whether no operator asked for it.
  var isOwnDoing = false

  /// `collected: heap 404 MB → 3.0 MB, RSS 412 → 61 MB in 0.1 s (JVM attach)`.
  var text: Printable {
    if isOwnDoing { return "\(lead) (\(road))" }
    var parts: [Printable] = lead.isEmpty ? [] : [lead]
    let isUnsettled = isSettling && tellsMemory && !hasShrunk
    if tellsMemory {
      if let before = before.heap, let after = after.heap {
        parts.append("heap \(OutcomeWords.size(before)) → \(OutcomeWords.size(after))")
      }
      if !isUnsettled, let before = before.resident, let after = after.resident {
        parts.append("RSS \(OutcomeWords.change(before, after))")
      }
    }
    let what = parts.map(\.text).joined(separator: ", ")
    let end: Printable = isUnsettled ? ", RSS settles" : ""
    return "\(verb): \(Printable(what)) in \(OutcomeWords.span(seconds))\(end) (\(road))"
  }

  /// Whether less is resident than before, by as much as can be told from chance.
  private var hasShrunk: Bool {
    guard let before = before.resident, let after = after.resident else { return false }
    return Double(before.count - after.count) > 0.01 * Double(before.count)
  }

  static func size(_ bytes: Bytes) -> String {
    Units.scaled(Double(bytes.count), unit: "B", significant: 2)
  }

  /// The unit once, where both have the same.
  static func change(_ before: Bytes, _ after: Bytes) -> String {
    let (from, to) = (size(before), size(after))
    guard let blank = from.lastIndex(of: " "), to.hasSuffix(from[blank...]) else {
      return "\(from) → \(to)"
    }
    return "\(from[..<blank]) → \(to)"
  }

  static func span(_ seconds: Double) -> String {
    seconds < 0.0995
      ? "\(Units.fixed(seconds * 1000, digits: 0)) ms" : "\(Units.fixed(seconds, digits: 1)) s"
  }
}

/// Counting things in words.
enum Plural {
  /// `1 file`, `3 files`, `2 processes`.
  static func words(_ count: Int, _ one: String, _ many: String? = nil) -> Printable {
    Printable("\(count) \(count == 1 ? one : many ?? one + "s")")
  }
}
