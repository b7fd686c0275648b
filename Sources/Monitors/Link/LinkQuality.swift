/// The quality a linked program is asked to run at; what is `nil` is the program's own to decide.
public struct LinkQuality: Sendable, Equatable {
  /// `ultra_low`, `low`, `medium`, `high` or `ultra_high`.
  public var level: String
  /// Whether an operator set it, so that no pressure changes it.
  public var isManual = false
  /// Size of pictures, 1 being all of it.
  public var resolutionScale: Double?
  /// Quality of compression, in percent.
  public var compressionQuality: Double?
  /// How many frames are passed over for each one that is worked on.
  public var frameSkip: Int?
  /// Whether only the region of interest is worked on.
  public var isRegionOnly: Bool?
  /// What to look for.
  public var features: [String]?
  /// The same for parts that differ.
  public var components: [String: LinkQuality] = [:]

  /// The levels there are, the least first.
  public static let levels = ["ultra_low", "low", "medium", "high", "ultra_high"]

  /// Names a level.
  public init(level: String) { self.level = level }

  /// Reads what a viewer says that the level means.
  init(level: String, settings: JSONValue?) {
    self.level = level
    guard let settings else { return }
    resolutionScale = settings["resolution_scale"]?.real
    compressionQuality = settings["compression_quality"]?.real
    frameSkip = settings["frame_skip"]?.whole.map { Int(clamping: $0) }
    isRegionOnly = settings["roi"]?.truth
    features = settings["features"]?.elements?.compactMap(\.string)
    for part in settings["components"]?.members ?? [] {
      components[part.name] = LinkQuality(level: level, settings: part.value)
    }
  }
}
