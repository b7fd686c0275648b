/// Why no road leads to a target, told so that what matters of it comes first: the reason of the road that is the
/// target's own, and only then that the others are for other programs.
struct RoadRefusals {
  var all: [(road: Printable, failure: RoadFailure)]
  /// Whether each says itself which road it was.
  var isSigned = false

  /// Between what matters most and the rest.
  private static let divider = "; "

  /// One reason of them all: that it only has to be accepted is the best news, then what right it takes.
  var failure: RoadFailure {
    for refusal in all {
      if case .asks = refusal.failure { return refusal.failure }
    }
    guard all.count > 1 else { return all.first?.failure ?? .cannot("no road leads there") }
    if let needs = lackingRight { return .notPermitted(needs: needs) }
    let reasons = all.compactMap { refusal -> String? in
      guard case .cannot(let why) = refusal.failure else { return nil }
      return isSigned ? why.text : "\(refusal.road): \(why)"
    }
    let list = (reasons + (unfit.isEmpty ? [] : [unfit])).joined(separator: RoadRefusals.divider)
    return .cannot(Printable(list))
  }

  /// `not linked, no JVM, no CPython, no Node`.
  private var unfit: String {
    all.compactMap { refusal -> String? in
      guard case .unfit(let what) = refusal.failure else { return nil }
      return what.text
    }.joined(separator: ", ")
  }

  /// The right that is lacking, which roads it would open, and what is known of the others.
  private var lackingRight: Printable? {
    let forbidden = all.compactMap { refusal -> (road: Printable, needs: Printable)? in
      guard case .notPermitted(let needs) = refusal.failure else { return nil }
      return (refusal.road, needs)
    }
    guard let first = forbidden.first else { return nil }
    let roads = forbidden.filter { $0.needs == first.needs }.map(\.road.text)
    let rest = unfit.isEmpty ? "" : "; besides: \(unfit)"
    let names = isSigned ? "" : " (\(roads.joined(separator: ", ")))"
    return Printable("\(first.needs)\(names)\(rest)")
  }

  /// What of a reason is for where there is one line; `nil` where that is all of it.
  static func brief(_ failure: RoadFailure) -> Printable? {
    let whole = failure.sentence.text
    guard let end = whole.firstRange(of: divider) else { return nil }
    return Printable(String(whole[..<end.lowerBound]))
  }
}
