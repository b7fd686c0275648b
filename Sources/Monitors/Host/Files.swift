/// A directory held open: names looked up in it can never mean another process that got the same number.
public final class DirectoryHandle: Sendable {
  /// The descriptor, or -1 where the directory is only pretended.
  public let descriptor: Int32
  /// Where it was found.
  public let path: String
  private let close: @Sendable (Int32) -> Void

  /// Takes ownership of a descriptor.
  public init(descriptor: Int32, path: String, close: @escaping @Sendable (Int32) -> Void) {
    self.descriptor = descriptor
    self.path = path
    self.close = close
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// A file held open because it is read again every tick; costs a descriptor and some kernel memory.
public final class KeptFile: Sendable {
  /// The descriptor, or -1 where the file is only pretended.
  public let descriptor: Int32
  /// Where it was found.
  public let path: String
  private let close: @Sendable (Int32) -> Void

  /// Takes ownership of a descriptor.
  public init(descriptor: Int32, path: String, close: @escaping @Sendable (Int32) -> Void) {
    self.descriptor = descriptor
    self.path = path
    self.close = close
  }

  deinit { if descriptor >= 0 { close(descriptor) } }
}

/// What the kernel knows of a file without asking any server.
public struct FileStatus: Sendable, Equatable {
  /// What kind of file it is.
  public enum Kind: Sendable { case regular, directory, link, other }
  /// Its kind.
  public var kind: Kind
  /// Size in bytes.
  public var size: Int64
  /// Allocated bytes.
  public var allocated: Int64
  /// Device number.
  public var device: UInt64
  /// Inode number.
  public var inode: UInt64
  /// Permission bits.
  public var mode: UInt32
  /// Owner.
  public var owner: UInt32
  /// Group.
  public var group: UInt32
  /// How many names it has; 0 once it is deleted and only held open.
  public var links: UInt32
  /// When its contents changed last, in nanoseconds since 1970.
  public var modified: Int64
  /// When it was created, in nanoseconds since 1970; `nil` where the filesystem does not say.
  public var born: Int64?

  /// Makes one.
  public init(
    kind: Kind, size: Int64, allocated: Int64 = 0, device: UInt64 = 0, inode: UInt64 = 0,
    mode: UInt32 = 0o644, owner: UInt32 = 0, group: UInt32 = 0, links: UInt32 = 1,
    modified: Int64 = 0, born: Int64? = nil
  ) {
    self.kind = kind
    self.size = size
    self.allocated = allocated
    self.device = device
    self.inode = inode
    self.mode = mode
    self.owner = owner
    self.group = group
    self.links = links
    self.modified = modified
    self.born = born
  }
}

/// The file system as perftop sees it: a handful of verbs, live, on a fixture tree, or pretended in a test.
///
/// A path that does not begin with `/` is looked up in the directory given.
public protocol Files: Sendable {
  /// Reads a file from its start into the buffer and says how much came; never waits for a writer.
  func read(
    _ path: String, in directory: DirectoryHandle?, into buffer: UnsafeMutableRawBufferPointer
  )
    throws(SystemError) -> Int
  /// Opens a file that is read again and again.
  func keep(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> KeptFile
  /// Reads a kept file from an offset.
  func read(_ file: KeptFile, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer)
    throws(SystemError) -> Int
  /// The names in a directory, without `.` and `..`, in the kernel's order.
  func list(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> [String]
  /// Those names in a directory that are process numbers; the buffer is what the kernel's list is read into.
  func numbers(
    _ path: String, in directory: DirectoryHandle?, using buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> [Int32]
  /// Where a symbolic link points, as raw bytes: names need not be UTF-8.
  func readLink(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> [UInt8]
  /// What the kernel holds about a file; never asks a server.
  func status(_ path: String, in directory: DirectoryHandle?, following: Bool) throws(SystemError)
    -> FileStatus
  /// What the kernel holds about a kept file, whatever lies at its path by now.
  func status(_ file: KeptFile) throws(SystemError) -> FileStatus
  /// Room on the filesystem a path lies on; may wait for ever on a dead server, so only workers ask.
  func statistics(_ path: String) throws(SystemError) -> SpaceSample
  /// Holds a directory open.
  func openDirectory(_ path: String, in directory: DirectoryHandle?) throws(SystemError)
    -> DirectoryHandle
}

extension Files {
  /// A pretended file is what lies at its path.
  public func status(_ file: KeptFile) throws(SystemError) -> FileStatus {
    try status(file.path, in: nil, following: true)
  }

  /// By way of all names.
  public func numbers(
    _ path: String, in directory: DirectoryHandle?, using buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> [Int32] {
    try list(path, in: directory).compactMap { Int32($0) }
  }
}
