/// The order in which rules are judged: those that silence others come before them.
enum RuleOrder {
  /// Why a rule can't silence another.
  enum Refusal: Sendable, Equatable {
    case itself, worse, circle
  }

  /// The worst first, and of those that are as bad the ones that silence others; else as they came.
  static func sorted(_ rules: [AlertRule]) -> [AlertRule] {
    let byBadness = rules.enumerated().sorted {
      ($1.element.severity, $0.offset) < ($0.element.severity, $1.offset)
    }.map(\.element)
    // One that is less bad has nothing to say to a worse one, which stands before it already.
    let silencers = silencers(byBadness).enumerated().map { place, others in
      others.filter { byBadness[$0].severity == byBadness[place].severity }
    }
    var order: [Int] = []
    var state = [UInt8](repeating: 0, count: byBadness.count)
    for place in byBadness.indices {
      var path = [(place: place, next: 0)]
      while let (place, next) = path.last {
        if state[place] == 2 {
          path.removeLast()
        } else if next < silencers[place].count {
          state[place] = 1
          path[path.count - 1].next += 1
          let other = silencers[place][next]
          // One that is being looked at already closes a circle, which is left open here.
          if state[other] == 0 { path.append((other, 0)) }
        } else {
          state[place] = 2
          order.append(place)
          path.removeLast()
        }
      }
    }
    return order.map { byBadness[$0] }
  }

  /// For each rule the places of those that name it.
  private static func silencers(_ rules: [AlertRule]) -> [[Int]] {
    let places = places(rules)
    var found = [[Int]](repeating: [], count: rules.count)
    for (place, rule) in rules.enumerated() {
      for name in rule.inhibits {
        if let other = places[name], other != place { found[other].append(place) }
      }
    }
    return found
  }

  /// For each of the sorted rules the places of those that silence it, all of them before it.
  static func inhibitors(_ sorted: [AlertRule]) -> [[Int]] {
    silencers(sorted).enumerated().map { place, others in others.filter { $0 < place } }
  }

  /// Why some of what rules say of others is not obeyed, by the rule's name and the other's.
  static func refusals(_ rules: [AlertRule]) -> [(rule: String, other: String, why: Refusal)] {
    let sorted = sorted(rules)
    let places = places(sorted)
    var found: [(rule: String, other: String, why: Refusal)] = []
    for (place, rule) in sorted.enumerated() {
      for name in rule.inhibits {
        guard let other = places[name], other <= place else { continue }
        let why: Refusal =
          other == place ? .itself : sorted[other].severity > rule.severity ? .worse : .circle
        found.append((rule.name, name, why))
      }
    }
    return found
  }

  private static func places(_ rules: [AlertRule]) -> [String: Int] {
    Dictionary(rules.enumerated().map { ($0.element.name, $0.offset) }) { first, _ in first }
  }
}
