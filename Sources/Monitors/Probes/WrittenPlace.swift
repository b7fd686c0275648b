/// A directory that the target writes to, and the device it lies on.
public struct WrittenPlace: Sendable, Equatable {
  /// The directory as the target names it.
  public var path: String
  /// The device, as `stat` gives it.
  public var device: UInt64

  /// Makes one.
  public init(path: String, device: UInt64) {
    self.path = path
    self.device = device
  }
}
