import Monitors

/// What a level of quality means to the demo's camera; the robot writes it into a file that the camera's process reads.
struct CameraSettings: Equatable {
  /// Of each side of the picture.
  var scale = 0.85
  /// Quality of compression, in percent.
  var compression = 85.0
  /// Frames left out after each that is worked on.
  var skip = 0
  /// Whether only a part of the picture is worked on.
  var isRegionOnly = false

  init() {}

  /// Takes over what a viewer ordered; what it left open is as the level usually has it.
  init(_ quality: LinkQuality) {
    let place = LinkQuality.levels.firstIndex(of: quality.level) ?? LinkQuality.levels.count - 1
    let usual = QualityConfig().levels
    let level = usual.indices.contains(place) ? usual[place] : nil
    let part = quality.components[RobotCamera.detector] ?? quality
    scale = CameraSettings.within(
      part.resolutionScale ?? level?.resolutionScale, 0.05...1, else: scale)
    compression = CameraSettings.within(
      part.compressionQuality ?? level?.compressionQuality, 1...100, else: compression)
    skip = min(30, max(0, part.frameSkip ?? level?.frameSkip ?? skip))
    isRegionOnly = part.isRegionOnly ?? false
  }

  /// Reads what `text` wrote; `nil` for anything else.
  init?(_ text: String) {
    let words = text.split(whereSeparator: \.isWhitespace)
    guard words.count == 4, let scale = Double(words[0]), let compression = Double(words[1]),
      let skip = Int(words[2]), (0...1).contains(scale), (0...100).contains(compression),
      (0...30).contains(skip)
    else { return nil }
    (self.scale, self.compression, self.skip) = (scale, compression, skip)
    isRegionOnly = words[3] == "1"
  }

  var text: String { "\(scale) \(compression) \(skip) \(isRegionOnly ? 1 : 0)\n" }

  /// What a frame takes to work on, the whole picture being 1.
  var work: Double { scale * scale * (isRegionOnly ? 0.6 : 1) }

  /// How large a frame is when it is kept, the best being 1.
  var size: Double { scale * scale * compression / 95 }

  private static func within(
    _ value: Double?, _ limits: ClosedRange<Double>, else usual: Double
  ) -> Double {
    guard let value, value.isFinite else { return usual }
    return min(limits.upperBound, max(limits.lowerBound, value))
  }
}
