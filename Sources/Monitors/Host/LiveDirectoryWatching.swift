internal import CSystem
import Glibc

/// Watches directories of this machine by inotify.
public struct LiveDirectoryWatching: DirectoryWatching {
  /// Makes one.
  public init() {}

  /// Makes an empty queue.
  public func open() throws(SystemError) -> any DirectoryWatch {
    let descriptor = cs_inotify_open()
    guard descriptor >= 0 else { throw .last }
    return LiveDirectoryWatch(descriptor: descriptor)
  }
}

/// One inotify queue.
final class LiveDirectoryWatch: DirectoryWatch {
  private let descriptor: Int32

  init(descriptor: Int32) { self.descriptor = descriptor }

  deinit { close(descriptor) }

  func add(_ path: String) throws(SystemError) -> Int32 {
    let watch = cs_inotify_add(descriptor, path, InotifyEvents.wanted)
    guard watch >= 0 else { throw .last }
    return watch
  }

  func remove(_ watch: Int32) { _ = cs_inotify_remove(descriptor, watch) }

  func takeEvents() -> [DirectoryEvent] {
    var events: [DirectoryEvent] = []
    let size = 8192
    // More than the kernel's own queue holds: a storm can not keep us here for ever.
    let mostRounds = 128
    withUnsafeTemporaryAllocation(byteCount: size, alignment: 8) { buffer in
      for _ in 0..<mostRounds {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        InotifyEvents.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: &events)
      }
    }
    return events
  }
}

/// What the kernel writes into an inotify queue.
enum InotifyEvents {
  private static let closeWrite: UInt32 = 0x8
  private static let movedTo: UInt32 = 0x80
  private static let create: UInt32 = 0x100
  private static let queueOverflow: UInt32 = 0x4000
  private static let ignored: UInt32 = 0x8000
  private static let onlyDirectory: UInt32 = 0x0100_0000
  private static let isDirectory: UInt32 = 0x4000_0000

  /// The events asked for.
  static let wanted = closeWrite | movedTo | create | onlyDirectory

  /// Takes records apart: watch, mask, cookie and length of the name, 4 bytes each, then the name.
  static func append(_ bytes: UnsafeRawBufferPointer, to events: inout [DirectoryEvent]) {
    let header = 16
    var offset = 0
    while offset + header <= bytes.count {
      let watch = bytes.loadUnaligned(fromByteOffset: offset, as: Int32.self)
      let mask = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
      let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
      let start = offset + header
      guard length <= bytes.count - start else { return }
      offset = start + length
      guard let kind = kind(of: mask) else { continue }
      let name = bytes[start..<offset].prefix { $0 != 0 }
      events.append(
        DirectoryEvent(watch: watch, kind: kind, name: String(decoding: name, as: UTF8.self)))
    }
  }

  private static func kind(of mask: UInt32) -> DirectoryEvent.Kind? {
    if mask & queueOverflow != 0 { return .overflow }
    if mask & ignored != 0 { return .watchEnded }
    if mask & isDirectory != 0 {
      return mask & (create | movedTo) != 0 ? .directoryCreated : nil
    }
    if mask & closeWrite != 0 { return .closedAfterWriting }
    if mask & movedTo != 0 { return .movedHere }
    return mask & create != 0 ? .created : nil
  }
}
