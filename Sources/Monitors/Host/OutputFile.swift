import Glibc

/// A file that this program writes, for its owner only and never through a link.
public struct OutputFile: Sendable {
  private let descriptor: Int32

  /// Opens a file for writing and makes it where it is missing; an old one is emptied unless it is kept.
  public init(_ path: String, keepsContent: Bool = false) throws(SystemError) {
    let flags = O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC | (keepsContent ? 0 : O_TRUNC)
    descriptor = open(path, flags, 0o600)
    if descriptor < 0 { throw .last }
  }

  /// Writes where the last writing ended.
  public func append(_ bytes: ArraySlice<UInt8>) throws(SystemError) {
    var failure: SystemError?
    bytes.withUnsafeBytes { failure = Descriptors.writeAll($0, to: descriptor) }
    if let failure { throw failure }
  }

  /// Writes at a place, as databases and array files do; the position of the file does not move.
  public func write(_ bytes: ArraySlice<UInt8>, at offset: Int) throws(SystemError) {
    let count = bytes.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, offset) }
    if count != bytes.count { throw count < 0 ? .last : SystemError(ENOSPC) }
  }

  /// Gives the file new content while others read it: it is never empty in between.
  public func replaceContent(with text: String) {
    let bytes = Array(text.utf8)
    if pwrite(descriptor, bytes, bytes.count, 0) >= 0 { ftruncate(descriptor, bytes.count) }
  }

  /// Waits until everything is on the disk.
  public func synchronize() { fdatasync(descriptor) }

  /// Lets go of it.
  public func close() { _ = Glibc.close(descriptor) }

  /// Gives a file another name; what had that name is gone at once.
  public static func rename(_ path: String, to other: String) throws(SystemError) {
    if Glibc.rename(path, other) != 0 { throw .last }
  }

  /// Removes a file, if it is there.
  public static func remove(_ path: String) { unlink(path) }

  /// Makes a directory for its owner, if it is not there.
  public static func makeDirectory(_ path: String) { mkdir(path, 0o700) }

  /// Makes a link.
  public static func link(_ path: String, to target: String) { symlink(target, path) }
}
