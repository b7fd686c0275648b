import Monitors

/// The demo's memory: a working set, garbage that is collected in a saw-tooth, and a leak that is found in time.
struct RobotMemory {
  static let workingSet = 24_000_000
  static let garbageLimit = 12_000_000
  static let garbageRate = 3_000_000.0
  static let leakLimit = 64_000_000

  private let working = AnonymousMemory(size: workingSet, name: "working set")
  private let garbage = AnonymousMemory(size: garbageLimit, name: "garbage")
  private let leak = AnonymousMemory(size: leakLimit, name: "frame buffer")
  private var owedGarbage = 0.0
  private var owedLeak = 0.0

  /// How much of it all is real.
  var size: Int { [working, garbage, leak].reduce(0) { $0 + ($1?.touched ?? 0) } }

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
  }

  private static func pay(_ pages: AnonymousMemory?, _ owed: Double) -> Double {
    let least = 4096.0
    guard owed >= least else { return 0 }
    pages?.touch(Int(owed))
    return owed.rounded(.down)
  }
}
