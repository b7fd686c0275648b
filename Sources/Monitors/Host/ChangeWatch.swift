internal import CSystem
import Glibc

/// Tells which files of one directory were written to, removed or renamed, by whoever.
final class ChangeWatch: Sendable {
  private static let modified: UInt32 = 0x2
  private static let moved: UInt32 = 0xC0
  private static let removed: UInt32 = 0x600
  private static let directoryMoved: UInt32 = 0x800

  /// Becomes readable when something was.
  let descriptor: Int32

  /// Watches a directory; `nil` where the kernel has no watch left.
  init?(_ path: String) {
    descriptor = cs_inotify_open()
    guard descriptor >= 0 else { return nil }
    let wanted =
      ChangeWatch.modified | ChangeWatch.moved | ChangeWatch.removed | ChangeWatch.directoryMoved
    if cs_inotify_add(descriptor, path, wanted) < 0 {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// The names of files to which something happened since this was asked last, the directory itself being `.`; never waits.
  func take() -> Set<String> {
    var names: Set<String> = []
    let mostRounds = 64
    withUnsafeTemporaryAllocation(byteCount: 4096, alignment: 8) { buffer in
      for _ in 0..<mostRounds {
        let count = read(descriptor, buffer.baseAddress, buffer.count)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return }
        ChangeWatch.append(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: &names)
      }
    }
    return names
  }

  private static func append(_ bytes: UnsafeRawBufferPointer, to names: inout Set<String>) {
    let header = 16
    var offset = 0
    while offset + header <= bytes.count {
      let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
      let start = offset + header
      guard length <= bytes.count - start else { return }
      offset = start + length
      let name = bytes[start..<offset].prefix { $0 != 0 }
      names.insert(name.isEmpty ? "." : String(decoding: name, as: UTF8.self))
    }
  }
}
