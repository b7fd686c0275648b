/// Something that happened in a watched directory.
public struct DirectoryEvent: Sendable, Equatable {
  /// What happened.
  public enum Kind: Sendable {
    /// A file was made.
    case created
    /// A directory was made or moved here.
    case directoryCreated
    /// A file that was open for writing was closed.
    case closedAfterWriting
    /// A file was given this name; it came from another one.
    case movedHere
    /// The directory is gone, and so is its watch.
    case watchEnded
    /// More happened than the kernel would remember.
    case overflow
  }

  /// Which watch tells it.
  public var watch: Int32
  /// What happened.
  public var kind: Kind
  /// The name within the directory; empty for the directory itself.
  public var name: String

  /// Makes one.
  public init(watch: Int32, kind: Kind, name: String = "") {
    self.watch = watch
    self.kind = kind
    self.name = name
  }
}

/// A queue in which the kernel puts what happens in some directories.
public protocol DirectoryWatch: AnyObject, Sendable {
  /// Watches one more directory and gives its number; looks the path up, so only workers ask.
  func add(_ path: String) throws(SystemError) -> Int32
  /// Watches it no longer.
  func remove(_ watch: Int32)
  /// Everything that happened since this was asked last; never waits.
  func takeEvents() -> [DirectoryEvent]
}

/// Watching directories: how files that live shorter than a tick are seen.
public protocol DirectoryWatching: Sendable {
  /// Makes an empty queue.
  func open() throws(SystemError) -> any DirectoryWatch
}

/// A machine on which directories can't be watched.
public struct NoDirectoryWatching: DirectoryWatching {
  /// Makes one.
  public init() {}

  /// Refuses.
  public func open() throws(SystemError) -> any DirectoryWatch { throw .notOffered }
}
