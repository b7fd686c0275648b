/// Which file: names change and descriptors come and go, this does not.
struct FileKey: Hashable, Sendable {
  /// Device number.
  let device: UInt64
  /// Inode number on that device.
  let inode: UInt64

  /// The file of which this is known.
  init(_ status: FileStatus) {
    device = status.device
    inode = status.inode
  }
}

/// How far a file has been written, from its size, its blocks and the positions of its writers.
///
/// A sequential writer moves position, size and blocks; `pwrite` moves size and blocks; a writer through memory into
/// a file made large beforehand moves blocks alone.
struct FileProgress: Sendable {
  /// What was written between two looks.
  struct Growth: Equatable, Sendable {
    /// Bytes that position and size agree on.
    var certain: Int64 = 0
    /// Bytes that only the room taken shows; a reservation of room looks the same.
    var filled: Int64 = 0
    /// Bytes that only the position shows; a seek looks the same.
    var moved: Int64 = 0

    /// All of them.
    var sum: Int64 { certain.capped(adding: filled).capped(adding: moved) }
  }

  /// Size when last looked at.
  private(set) var size: Int64
  private var extent: Int64
  /// Bytes already counted by position that the blocks have yet to show.
  private var ahead: Int64 = 0

  /// Starts from what is there already.
  init(from status: FileStatus) {
    size = status.size
    extent = FileProgress.extent(of: status)
  }

  /// Starts from nothing: everything in the file was written while it was watched.
  init() {
    size = 0
    extent = 0
  }

  private static let largestInline: Int64 = 4096

  /// How much of the file is really there: holes are not, and neither is room reserved beyond its end.
  private static func extent(of status: FileStatus) -> Int64 {
    if status.allocated == 0 { return status.size <= largestInline ? status.size : 0 }
    return min(status.size, status.allocated)
  }

  /// Takes the file's state and by how much a sequential writer's position moved on.
  mutating func advance(to status: FileStatus, moved: Int64) -> Growth {
    if status.size < size { self = FileProgress() }
    let newExtent = FileProgress.extent(of: status)
    var filled = max(0, newExtent - extent)
    let grown = max(0, status.size - size)
    size = status.size
    extent = newExtent
    let late = min(ahead, max(0, filled - moved))
    filled -= late
    ahead = min(ahead - late + max(0, moved - filled), max(0, size - extent))
    let certain = min(moved, grown)
    let shown = max(certain, filled)
    return Growth(certain: certain, filled: shown - certain, moved: max(moved, shown) - shown)
  }
}
