/// What a person can set about storage.
public struct StorageConfig: Sendable, Equatable {
  /// Throughput below which writing is worth a note, in 10⁶ bytes per second.
  public var throughputWarning = 1.0
  /// The same for parquet.
  public var parquetWarning = 5.0
  /// The level of compression that advice starts from.
  public var compressionLevel = 6
  /// The defaults.
  public init() {}
}
