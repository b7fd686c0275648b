import Monitors

/// The demo's memory: a working set, garbage that is collected in a saw-tooth, caches, and a leak that is found in time.
struct RobotMemory {
  static let workingSet = 24_000_000
  static let garbageLimit = 12_000_000
  static let garbageRate = 3_000_000.0
  static let leakLimit = 64_000_000

  private let working = AnonymousMemory(size: workingSet, name: "working set")
  private let garbage = AnonymousMemory(size: garbageLimit, name: "garbage")
  private let leak = AnonymousMemory(size: leakLimit, name: "frame buffer")
  private var caches = RobotCache.Kind.allCases.map { RobotCache($0) }
  private var owedGarbage = 0.0
  private var owedLeak = 0.0

  /// How much of it all is real.
  var size: Int {
    [working, garbage, leak].reduce(0) { $0 + ($1?.touched ?? 0) }
      + caches.reduce(0) { $0 + $1.facts.bytes }
  }

  /// Takes what the robot always needs.
  func prepare() { working?.touch(RobotMemory.workingSet) }

  /// Uses and gives back what the scene says.
  mutating func step(_ scene: DemoScene, seconds: Double) {
    owedGarbage += RobotMemory.garbageRate * seconds
    owedLeak += scene.leakRate * seconds
    if let garbage, garbage.touched >= RobotMemory.garbageLimit { garbage.release() }
    owedGarbage -= RobotMemory.pay(garbage, owedGarbage)
    owedLeak -= RobotMemory.pay(leak, owedLeak)
    if !scene.isLeaking, let leak, leak.touched > 0 { leak.release() }
    for place in caches.indices { caches[place].step(seconds: seconds) }
  }

  /// Does what an operator asked for; how many bytes that freed.
  mutating func grant(_ wish: RobotDesk.Wish) -> Int {
    switch wish {
    case .collect:
      let freed = garbage?.touched ?? 0
      garbage?.release()
      return freed
    case .evict(let kind):
      return caches.indices.filter { caches[$0].kind == kind }
        .reduce(0) { $0 + caches[$1].empty() }
    }
  }

  /// Tells how its caches are doing.
  func tell(_ desk: RobotDesk) {
    for cache in caches { desk.tell(cache.kind, cache.facts) }
  }

  private static func pay(_ pages: AnonymousMemory?, _ owed: Double) -> Double {
    let least = 4096.0
    guard owed >= least else { return 0 }
    pages?.touch(Int(owed))
    return owed.rounded(.down)
  }
}
