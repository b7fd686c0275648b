internal import CSystem
import Glibc

/// The machine's own files, or a tree that stands in for them.
public struct LiveFiles: Files {
  /// Paths below a prefix that are read elsewhere: how a fixture tree or a simulated sensor takes the machine's place.
  public struct Redirection: Sendable {
    let prefix: String
    let target: String

    /// Sends every path below `prefix` to the same path below `target`.
    public init(prefix: String, target: String) {
      self.prefix = prefix
      self.target = target
    }
  }

  private let redirections: [Redirection]
  private static let certainlyLast = 2048
  /// AT_EMPTY_PATH of fcntl.h, which only GNU's own programs see.
  private static let itself: Int32 = 0x1000

  /// Reads the machine, except where a redirection says otherwise.
  public init(redirections: [Redirection] = []) { self.redirections = redirections }

  /// Reads a fixture tree with `proc` and `sys` in it.
  public init(sysroot: String) {
    let root = sysroot.hasSuffix("/") ? String(sysroot.dropLast()) : sysroot
    redirections = [Redirection(prefix: "", target: root)]
  }

  /// Whether a tree of files takes the whole machine's place.
  private var isTree: Bool { redirections.contains { $0.prefix.isEmpty } }

  private func resolved(_ path: String) -> String {
    guard path.utf8.first == UInt8(ascii: "/") else { return path }
    for redirection in redirections where path.hasPrefix(redirection.prefix) {
      return redirection.target + path.dropFirst(redirection.prefix.count)
    }
    return path
  }

  private func open(_ path: String, in directory: DirectoryHandle?, _ flags: Int32)
    throws(SystemError) -> Int32
  {
    let base = directory.map(\.descriptor) ?? AT_FDCWD
    while true {
      let descriptor = openat(base, resolved(path), flags | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
      if descriptor >= 0 { return descriptor }
      if errno != EINTR { throw .last }
    }
  }

  /// Reads a file from its start.
  public func read(
    _ path: String, in directory: DirectoryHandle?, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    let descriptor = try open(path, in: directory, O_RDONLY)
    defer { close(descriptor) }
    var filled = 0
    while filled < buffer.count {
      let count = Glibc.read(
        descriptor, buffer.baseAddress?.advanced(by: filled), buffer.count - filled)
      if count < 0 {
        if errno == EINTR { continue }
        throw .last
      }
      filled += count
      // A kernel file of many records answers a page at a time, so only a piece well below a page is surely the last;
      // asking again costs as much as the first time.
      if count < LiveFiles.certainlyLast { break }
    }
    return filled
  }

  /// Opens a file that is read again and again.
  public func keep(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> KeptFile {
    KeptFile(descriptor: try open(path, in: directory, O_RDONLY), path: path) { _ = close($0) }
  }

  /// Reads a kept file from an offset.
  public func read(_ file: KeptFile, at offset: Int64, into buffer: UnsafeMutableRawBufferPointer)
    throws(SystemError) -> Int
  {
    while true {
      let count = pread(file.descriptor, buffer.baseAddress, buffer.count, Int(offset))
      if count >= 0 { return count }
      if errno != EINTR { throw .last }
    }
  }

  /// The names in a directory.
  public func list(_ path: String, in directory: DirectoryHandle?) throws(SystemError) -> [String] {
    var names: [String] = []
    var failure: SystemError?
    withUnsafeTemporaryAllocation(byteCount: 8192, alignment: 8) { buffer in
      do throws(SystemError) {
        try entries(path, in: directory, using: buffer) { name in
          if !name.elementsEqual([46]), !name.elementsEqual([46, 46]) {
            names.append(String(decoding: name, as: UTF8.self))
          }
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
    return names
  }

  /// Those names in a directory that are process numbers, without making text of any.
  public func numbers(
    _ path: String, in directory: DirectoryHandle?, using buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> [Int32] {
    var numbers: [Int32] = []
    try entries(path, in: directory, using: buffer) { name in
      if let number = LiveFiles.number(name) { numbers.append(number) }
    }
    return numbers
  }

  private func entries(
    _ path: String, in directory: DirectoryHandle?, using buffer: UnsafeMutableRawBufferPointer,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(SystemError) {
    let descriptor = try open(path, in: directory, O_RDONLY | O_DIRECTORY)
    defer { close(descriptor) }
    guard let base = buffer.baseAddress else { return }
    while true {
      let count = Int(cs_getdents64(descriptor, base, buffer.count))
      if count < 0 { throw .last }
      if count == 0 { return }
      LiveFiles.handOut(UnsafeRawBufferPointer(start: base, count: count), body)
    }
  }

  private static func number(_ name: UnsafeRawBufferPointer) -> Int32? {
    let mostDigits = 9
    guard !name.isEmpty, name.count <= mostDigits else { return nil }
    var value: Int32 = 0
    for byte in name {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int32(byte - 48)
    }
    return value
  }

  private static func handOut(
    _ entries: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
  ) {
    let lengthOffset = 16
    let nameOffset = 19
    var offset = 0
    while offset + nameOffset < entries.count {
      let length = Int(
        entries.loadUnaligned(fromByteOffset: offset + lengthOffset, as: UInt16.self))
      guard length > nameOffset, offset + length <= entries.count else { return }
      let room = UnsafeRawBufferPointer(
        rebasing: entries[(offset + nameOffset)..<(offset + length)])
      body(UnsafeRawBufferPointer(rebasing: room[..<(room.firstIndex(of: 0) ?? room.count)]))
      offset += length
    }
  }

  /// Where a symbolic link points.
  public func readLink(_ path: String, in directory: DirectoryHandle?) throws(SystemError)
    -> [UInt8]
  {
    let base = directory.map(\.descriptor) ?? AT_FDCWD
    let place = resolved(path)
    var failure: SystemError?
    let bytes = [UInt8](unsafeUninitializedCapacity: Int(PATH_MAX)) { buffer, count in
      let length = buffer.withMemoryRebound(to: CChar.self) { target in
        target.baseAddress.map { readlinkat(base, place, $0, target.count) } ?? 0
      }
      if length < 0 { failure = .last }
      count = max(0, length)
    }
    if let failure { throw failure }
    return isTree && !path.hasPrefix("/sys") ? LiveFiles.absolute(bytes) : bytes
  }

  /// A tree's links are relative, so that they stay in it; they are told as the absolute paths that they stand for.
  private static func absolute(_ target: [UInt8]) -> [UInt8] {
    let up = Array("../".utf8)
    guard target.starts(with: up) else { return target }
    var rest = target[...]
    while rest.starts(with: up) { rest.removeFirst(up.count) }
    return [UInt8(ascii: "/")] + rest
  }

  /// What the kernel holds about a file.
  public func status(_ path: String, in directory: DirectoryHandle?, following: Bool)
    throws(SystemError) -> FileStatus
  {
    let base = directory.map(\.descriptor) ?? AT_FDCWD
    var found = cs_status()
    guard cs_status_cached(base, resolved(path), following ? 0 : AT_SYMLINK_NOFOLLOW, &found) == 0
    else { throw .last }
    return LiveFiles.described(found)
  }

  /// What the kernel holds about a kept file.
  public func status(_ file: KeptFile) throws(SystemError) -> FileStatus {
    var found = cs_status()
    guard cs_status_cached(file.descriptor, "", LiveFiles.itself, &found) == 0 else { throw .last }
    return LiveFiles.described(found)
  }

  private static func described(_ found: cs_status) -> FileStatus {
    let kind: FileStatus.Kind =
      switch found.mode & 0o170000 {
      case 0o100000: .regular
      case 0o040000: .directory
      case 0o120000: .link
      default: .other
      }
    return FileStatus(
      kind: kind, size: Int64(clamping: found.size),
      allocated: Int64(clamping: found.blocks) &* 512, device: found.device, inode: found.inode,
      mode: found.mode & 0o7777, owner: found.owner, group: found.group, links: found.links,
      modified: found.modified, born: found.born >= 0 ? found.born : nil)
  }

  /// Room on a filesystem.
  public func statistics(_ path: String) throws(SystemError) -> SpaceSample {
    if isTree { return try recordedStatistics(path) }
    var found = statvfs()
    guard statvfs(path, &found) == 0 else { throw .last }
    let unit = Int64(clamping: found.f_frsize)
    return SpaceSample(
      total: Bytes(
        Int64(clamping: found.f_blocks).multipliedReportingOverflow(by: unit).partialValue),
      available: Bytes(
        Int64(clamping: found.f_bavail).multipliedReportingOverflow(by: unit).partialValue),
      inodes: UInt64(found.f_files), inodesFree: UInt64(found.f_favail))
  }

  /// A fixture tree says in its file `statvfs` what no file of a real machine says: `mount total available inodes free`.
  private func recordedStatistics(_ path: String) throws(SystemError) -> SpaceSample {
    let size = 4096
    var found: SpaceSample?
    var failure: SystemError?
    withUnsafeTemporaryAllocation(byteCount: size, alignment: 1) { buffer in
      do throws(SystemError) {
        let count = try read("/statvfs", in: nil, into: buffer)
        let text = String(decoding: buffer.prefix(count), as: UTF8.self)
        for line in text.split(separator: "\n") {
          let words = line.split(separator: " ")
          guard words.count == 5, words[0] == path else { continue }
          found = SpaceSample(
            total: Bytes(Int64(words[1]) ?? 0), available: Bytes(Int64(words[2]) ?? 0),
            inodes: UInt64(words[3]) ?? 0, inodesFree: UInt64(words[4]) ?? 0)
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
    guard let found else { throw .notFound }
    return found
  }

  /// Holds a directory open.
  public func openDirectory(_ path: String, in directory: DirectoryHandle?) throws(SystemError)
    -> DirectoryHandle
  {
    let descriptor = try open(path, in: directory, O_RDONLY | O_DIRECTORY)
    return DirectoryHandle(descriptor: descriptor, path: path) { _ = close($0) }
  }
}
