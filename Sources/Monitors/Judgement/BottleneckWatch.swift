/// Names what holds the target back, once it has done so for a while.
struct BottleneckWatch: Sendable {
  private struct State: Sendable {
    var kind: Bottleneck.Kind
    var since: Double?
    var wellSince: Double?
    var isNamed = false
    var score = 0.0
  }

  private static let worthNaming = 40.0
  private static let worthKeeping = 30.0
  private static let holds = 10.0
  private static let lead = 15.0
  private static let sure = 60.0

  private var states = Bottleneck.Kind.allCases.map { State(kind: $0) }
  /// Those that are named, the strongest first.
  private(set) var named: [Bottleneck] = []
  /// The strongest of all scores; `nil` where nothing could be read.
  private(set) var worst: Double?

  /// Takes what is found now.
  mutating func update(_ found: [Bottleneck], at seconds: Double) {
    worst = found.map(\.score).max()
    var listed: [Bottleneck] = []
    for index in states.indices {
      let bottleneck = found.first { $0.kind == states[index].kind }
      follow(index, bottleneck?.score, at: seconds)
      if states[index].isNamed, let bottleneck { listed.append(bottleneck) }
    }
    listed.sort { $0.score > $1.score }
    for index in listed.indices {
      let others = found.filter { $0.kind != listed[index].kind }.map(\.score)
      let lead = listed[index].score - (others.max() ?? 0)
      listed[index].isMain = index == 0 && lead >= BottleneckWatch.lead
      let since = states.first { $0.kind == listed[index].kind }?.since ?? seconds
      listed[index].confidence = BottleneckWatch.confidence(lead: lead, held: seconds - since)
    }
    named = listed
  }

  /// Half of it comes with time, half with the distance to the others.
  private static func confidence(lead: Double, held: Double) -> Double {
    0.25 + 0.35 * held.ramp(0, sure) + 0.4 * lead.ramp(-20, 30)
  }

  private mutating func follow(_ index: Int, _ score: Double?, at seconds: Double) {
    guard let score else { return states[index] = State(kind: states[index].kind) }
    states[index].score = score
    if score >= BottleneckWatch.worthNaming {
      let since = states[index].since ?? seconds
      states[index].since = since
      states[index].wellSince = nil
      if seconds - since >= BottleneckWatch.holds { states[index].isNamed = true }
    } else if !states[index].isNamed {
      states[index].since = nil
    } else if score < BottleneckWatch.worthKeeping {
      let since = states[index].wellSince ?? seconds
      states[index].wellSince = since
      if seconds - since >= BottleneckWatch.holds {
        states[index] = State(kind: states[index].kind)
      }
    }
  }

  /// The target is another one.
  mutating func forget() { self = BottleneckWatch() }
}
