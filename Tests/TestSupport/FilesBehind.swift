public import Monitors

/// Files that are those of a pretended system, but for what a test answers itself.
///
///     struct Locked: FilesBehind {
///       let files: FakeFiles
///       func statistics(_ path: String) throws(SystemError) -> SpaceSample { throw SystemError(EACCES) }
///     }
public protocol FilesBehind: Files {
  /// What answers all the rest.
  var files: FakeFiles { get }
}

extension FilesBehind {
  /// Reads a file from its start.
  public func read(
    _ path: String, in directory: DirectoryHandle?, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int { try files.read(path, in: directory, into: buffer) }

  /// Opens a file that is read again and again.
  public func keep(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> KeptFile {
    try files.keep(path, in: directory)
  }

  /// Reads a kept file from an offset.
  public func read(_ file: KeptFile, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer)
    throws(SystemError) -> Int
  { try files.read(file, at: offset, into: buffer) }

  /// The names in a directory.
  public func list(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> [String] {
    try files.list(path, in: directory)
  }

  /// Where a symbolic link points.
  public func readLink(_ path: String, in directory: DirectoryHandle?) throws(SystemError)
    -> [UInt8]
  { try files.readLink(path, in: directory) }

  /// What the kernel holds about a file.
  public func status(_ path: String, in directory: DirectoryHandle?, following: Bool)
    throws(SystemError) -> FileStatus
  { try files.status(path, in: directory, following: following) }

  /// Room on a filesystem.
  public func statistics(_ path: String) throws(SystemError) -> SpaceSample {
    try files.statistics(path)
  }

  /// Holds a directory open.
  public func openDirectory(_ path: String, in directory: DirectoryHandle?) throws(SystemError)
    -> DirectoryHandle
  { try files.openDirectory(path, in: directory) }
}
