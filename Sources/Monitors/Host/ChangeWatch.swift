internal import CSystem
import Glibc

/// Tells which files of one directory were written to, removed or renamed, by whoever.
final class ChangeWatch: Sendable {
  // Being touched counts: who writes by mapped memory has no other bell.
  private static let modified: UInt32 = 0x2 | 0x4
  private static let movedAway: UInt32 = 0x40
  private static let movedHere: UInt32 = 0x80
  private static let removed: UInt32 = 0x600
  private static let directoryMoved: UInt32 = 0x800

  /// Becomes readable when something was.
  let descriptor: Int32

  /// Watches a directory; `nil` where the kernel has no watch left.
  init?(_ path: String) {
    descriptor = cs_inotify_open()
    guard descriptor >= 0 else { return nil }
    let wanted =
      ChangeWatch.modified | ChangeWatch.movedAway | ChangeWatch.movedHere | ChangeWatch.removed
      | ChangeWatch.directoryMoved
    if cs_inotify_add(descriptor, path, wanted) < 0 {
      close(descriptor)
      return nil
    }
  }

  deinit { close(descriptor) }

  /// What happened since this was asked last, by the names of files; the directory itself is `.`.
  struct Changes: Sendable, Equatable {
    /// Written to, or put here under that name.
    var written: Set<String> = []
    /// Removed, or given another name.
    var gone: Set<String> = []
  }

  /// What happened since this was asked last; never waits.
  func take() -> Changes {
    var names = Changes()
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

  private static func append(_ bytes: UnsafeRawBufferPointer, to names: inout Changes) {
    let header = 16
    var offset = 0
    while offset + header <= bytes.count {
      let length = Int(bytes.loadUnaligned(fromByteOffset: offset + 12, as: UInt32.self))
      let start = offset + header
      guard length <= bytes.count - start else { return }
      let name = bytes[start..<(start + length)].prefix { $0 != 0 }
      let mask = bytes.loadUnaligned(fromByteOffset: offset + 4, as: UInt32.self)
      let text = name.isEmpty ? "." : String(decoding: name, as: UTF8.self)
      if mask & (modified | movedHere) != 0 { names.written.insert(text) }
      if mask & (movedAway | removed | directoryMoved) != 0 { names.gone.insert(text) }
      offset = start + length
    }
  }
}
