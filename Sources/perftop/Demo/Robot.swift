import Monitors

/// The program that the demo watches: a robot's data collector in small, doing real work in phases.
struct Robot {
  private static let usageStatus: Int32 = 2
  private static let step: Int32 = 25
  private static let longestStep = 0.5

  private let host: Host
  private let directory: String
  private let start: Moment
  private var board: SimulatedBoard
  private var memory = RobotMemory()
  private let desk = RobotDesk()
  private let link: Link
  private var collector: RobotCollector
  private var fallback: LinkOperation?
  private var writers: [FormatWriter]
  private var crew: [RobotWorker.Part: Companion] = [:]
  private var crewTime = 0.0
  private var wasStalled = false

  /// Runs the robot, or a part of it, until its time is over or its parent is gone.
  ///
  /// - Parameter arguments: `DIR [--seconds N]`, or `DIR --worker PART --since NANOSECONDS`.
  static func run(_ arguments: [String], host: Host) -> Int32 {
    Companion.deferEnd()
    guard let directory = arguments.first, directory.hasPrefix("/") else {
      try? StandardStream.error.write("perftop: robot: only perftop itself can start it\n")
      return usageStatus
    }
    let value = { (name: String) -> String? in
      guard let place = arguments.firstIndex(of: name), place + 1 < arguments.count else {
        return nil
      }
      return arguments[place + 1]
    }
    if let part = value("--worker").flatMap(RobotWorker.Part.init) {
      let since = value("--since").flatMap { Int64($0) } ?? host.time.now().nanoseconds
      RobotWorker(part, directory: directory, start: Moment(nanoseconds: since), host: host).work()
      return 0
    }
    var robot = Robot(directory: directory, host: host)
    robot.work(seconds: value("--seconds").flatMap { Double($0) } ?? .infinity)
    return 0
  }

  private init(directory: String, host: Host) {
    self.directory = directory
    self.host = host
    start = host.time.now()
    link = Link.start("demo-robot", memoryLimit: Bytes(500_000_000))
    collector = RobotCollector(link)
    board = SimulatedBoard(directory: Demo.sysDirectory(in: directory))
    let files = Demo.filesDirectory(in: directory)
    writers = [DemoFormat.csv, .jsonl, .parquet, .npy].map { FormatWriter($0, in: files) }
  }

  private mutating func work(seconds: Double) {
    Companion.rename("demo-robot")
    guard DemoDirectory.lock(directory) else { return link.stop() }
    memory.prepare()
    offer()
    var last = 0.0
    while Companion.restWhileRead(milliseconds: Robot.step) {
      let now = host.time.now().seconds(since: start)
      if now >= seconds || Companion.isAskedToEnd { return dismiss() }
      step(DemoScene(elapsed: now), seconds: min(now - last, Robot.longestStep))
      last = now
    }
    // Nobody is left who would clean up.
    dismiss()
    DemoDirectory.remove(directory)
  }

  /// What an operator may ask for: memory is the robot's own to give back, the camera's process reads its level.
  private func offer() {
    let (desk, directory) = (desk, directory)
    link.collector { _ = desk.ask(.collect) }
    for kind in RobotCache.Kind.allCases {
      link.cache(
        kind.rawValue, size: { desk.facts(kind).bytes }, entries: { desk.facts(kind).entries },
        hits: { (desk.facts(kind).hits, desk.facts(kind).misses) },
        evict: { desk.ask(.evict(kind)) })
    }
    link.quality(level: "high") { quality in
      let path = RobotCamera.settingsPath(in: directory)
      guard let file = try? OutputFile(path, keepsContent: true) else { return }
      file.replaceContent(with: CameraSettings(quality).text)
      file.close()
    }
  }

  private mutating func step(_ scene: DemoScene, seconds: Double) {
    board.update(scene)
    for wish in desk.takeWishes() { desk.finish(memory.grant(wish)) }
    memory.step(scene, seconds: seconds)
    memory.tell(desk)
    collector.step(scene)
    noteStall(scene)
    for place in writers.indices {
      let rate = scene.writeRate(writers[place].format)
      writers[place].step(rate: rate, seconds: seconds, telling: link, host)
    }
    if scene.elapsed >= crewTime {
      crewTime = scene.elapsed + 1
      link.operation("check_crew", kind: "health_check") { _ in muster() }
    }
  }

  /// While nothing can be written, what is collected is kept in memory.
  private mutating func noteStall(_ scene: DemoScene) {
    defer { wasStalled = scene.isStalled }
    if scene.isStalled, !wasStalled {
      writers.forEach { $0.synchronize() }
      fallback = link.begin("buffer_in_memory", kind: "fallback_strategy")
    } else if !scene.isStalled, wasStalled {
      fallback?.end()
      fallback = nil
    }
  }

  /// Every part that is missing is started, the first time as well as when somebody ended it.
  private mutating func muster() {
    for part in RobotWorker.Part.allCases {
      if let worker = crew[part], !worker.hasEnded() { continue }
      crew[part]?.release()
      crew[part] = try? Companion(arguments: [
        "robot", directory, "--worker", part.rawValue, "--since", String(start.nanoseconds),
      ])
    }
  }

  /// Lets every part end, and waits for it a little.
  private mutating func dismiss() {
    link.stop()
    crew.values.forEach { $0.release() }
    let patience = 40
    for _ in 0..<patience where !crew.values.allSatisfy({ $0.hasEnded() }) {
      _ = Companion.restWhileRead(milliseconds: Robot.step)
    }
    crew = [:]
  }
}
