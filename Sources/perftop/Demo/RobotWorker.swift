import Monitors

/// A part of the robot in a process of its own.
struct RobotWorker {
  /// What it does.
  enum Part: String, CaseIterable {
    /// Keeps a processor busy and writes images.
    case vision
    /// Writes what the robot sees and does into one file.
    case recorder
  }

  private static let step: Int32 = 20
  private static let burn = 0.06
  private static let longestStep = 0.5
  private static let frames = 16_000_000

  private let part: Part
  private let directory: String
  private let host: Host
  private let start: Moment
  private let frames: AnonymousMemory?
  private var images: ImageWriter
  private var recording: FormatWriter

  init(_ part: Part, directory: String, start: Moment, host: Host) {
    self.part = part
    self.directory = directory
    self.start = start
    self.host = host
    let files = Demo.filesDirectory(in: directory)
    images = ImageWriter(in: files)
    recording = FormatWriter(.mcap, in: files)
    frames = part == .vision ? AnonymousMemory(size: RobotWorker.frames, name: "frames") : nil
  }

  /// Works until the robot is gone.
  consuming func work() {
    Companion.rename("demo-\(part.rawValue)")
    guard DemoDirectory.lock(directory) else { return }
    frames?.touch(RobotWorker.frames)
    var last = host.time.now().seconds(since: start)
    while Companion.rest(milliseconds: RobotWorker.step) {
      let now = host.time.now().seconds(since: start)
      let scene = DemoScene(elapsed: now)
      let seconds = max(0, min(now - last, RobotWorker.longestStep))
      last = now
      switch part {
      case .vision:
        images.step(rate: scene.imageRate, seconds: seconds)
        if scene.isBusy { spin(until: now + RobotWorker.burn) }
      case .recorder: recording.step(rate: scene.writeRate(.mcap), seconds: seconds)
      }
    }
  }

  private func spin(until end: Double) {
    var state: UInt64 = 1
    while host.time.now().seconds(since: start) < end {
      for _ in 0..<10_000 { state = state &* 6_364_136_223_846_793_005 &+ 1 }
    }
    withExtendedLifetime(state) {}
  }
}
