import Monitors

/// The demo's camera: how many frames it works on, what each costs and how large it is kept follow the level of quality.
struct RobotCamera {
  static let detector = "detector"
  /// Where the robot leaves what the level means.
  static func settingsPath(in directory: String) -> String { "\(directory)/quality" }

  private static let burn = 0.06
  private static let calmWork = 0.001
  private static let tellingPause = 0.5
  private static let framesPerSecond = 30.0
  private static let readingPause = 0.2

  private let link: Link
  private let host: Host
  private let start: Moment
  private let path: String
  private var images: ImageWriter
  private var settings = CameraSettings()
  private var number = 0
  private var readAt = -1.0
  private var meter = Meter()

  /// What was seen since it was told last.
  private struct Meter {
    var since = 0.0
    var frames = 0
    var seconds = 0.0
  }

  init(_ link: Link, directory: String, start: Moment, host: Host) {
    self.link = link
    self.host = host
    self.start = start
    path = RobotCamera.settingsPath(in: directory)
    images = ImageWriter(in: Demo.filesDirectory(in: directory))
  }

  /// One frame of the camera, which may be one that is left out.
  mutating func step(_ scene: DemoScene, seconds: Double) {
    readSettings(at: scene.elapsed)
    let before = images.written
    images.step(
      rate: scene.imageRate / Double(settings.skip + 1), seconds: seconds, size: settings.size)
    if images.written.count > before.count {
      link.wrote("png", bytes: images.written.bytes - before.bytes)
    }
    number &+= 1
    guard number % (settings.skip + 1) == 0 else { return }
    let begun = now
    link.operation("detect_objects", kind: "model_operation") { operation in
      let work = (scene.isBusy ? RobotCamera.burn : RobotCamera.calmWork) * settings.work
      spin(until: begun + work)
      operation.items(1)
    }
    meter.frames += 1
    meter.seconds += now - begun
    tell()
  }

  private var now: Double { host.time.now().seconds(since: start) }

  private mutating func readSettings(at elapsed: Double) {
    guard elapsed >= readAt + RobotCamera.readingPause else { return }
    readAt = elapsed
    var buffer = [UInt8](repeating: 0, count: 128)
    let count = buffer.withUnsafeMutableBytes {
      (try? host.files.read(path, in: nil, into: $0)) ?? 0
    }
    guard count > 0 else { return }
    settings = CameraSettings(String(decoding: buffer[..<count], as: UTF8.self)) ?? settings
  }

  private mutating func tell() {
    let now = now
    let span = now - meter.since
    guard span >= RobotCamera.tellingPause, meter.frames > 0 else { return }
    let latency = meter.seconds / Double(meter.frames)
    let waiting = Int(latency * RobotCamera.framesPerSecond)
    link.component(
      RobotCamera.detector, priority: 1, fps: Double(meter.frames) / span,
      latencyMilliseconds: latency * 1000, queue: waiting)
    link.gauge("picture_scale", settings.scale)
    meter = Meter()
    meter.since = now
  }

  private func spin(until end: Double) {
    var state: UInt64 = 1
    while now < end {
      for _ in 0..<10_000 { state = state &* 6_364_136_223_846_793_005 &+ 1 }
    }
    withExtendedLifetime(state) {}
  }
}
