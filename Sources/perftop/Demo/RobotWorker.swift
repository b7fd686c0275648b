import Monitors

/// A part of the robot in a process of its own, which links itself in by itself.
struct RobotWorker {
  /// What it does.
  enum Part: String, CaseIterable {
    /// Looks at pictures, which keeps a processor busy, and writes some of them.
    case vision
    /// Writes what the robot sees and does into one file.
    case recorder
  }

  private static let busyPause: Int32 = 20
  private static let calmPause: Int32 = 33
  private static let longestStep = 0.5
  private static let frames = 16_000_000

  private let part: Part
  private let directory: String
  private let host: Host
  private let start: Moment

  init(_ part: Part, directory: String, start: Moment, host: Host) {
    self.part = part
    self.directory = directory
    self.start = start
    self.host = host
  }

  /// Works until the robot is gone.
  consuming func work() {
    Companion.rename("demo-\(part.rawValue)")
    guard DemoDirectory.lock(directory) else { return }
    let link = Link.start("demo-\(part.rawValue)")
    let frames = part == .vision ? AnonymousMemory(size: RobotWorker.frames, name: "frames") : nil
    frames?.touch(RobotWorker.frames)
    var camera = RobotCamera(link, directory: directory, start: start, host: host)
    var recording = FormatWriter(.mcap, in: Demo.filesDirectory(in: directory))
    var last = host.time.now().seconds(since: start)
    var pause = RobotWorker.calmPause
    while Companion.rest(milliseconds: pause) {
      let now = host.time.now().seconds(since: start)
      let scene = DemoScene(elapsed: now)
      let seconds = max(0, min(now - last, RobotWorker.longestStep))
      last = now
      switch part {
      case .vision: camera.step(scene, seconds: seconds)
      case .recorder:
        recording.step(rate: scene.writeRate(.mcap), seconds: seconds, telling: link, host)
      }
      pause = scene.isBusy ? RobotWorker.busyPause : RobotWorker.calmPause
    }
    link.stop()
    withExtendedLifetime(frames) {}
  }
}
