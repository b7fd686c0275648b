import Monitors
import TestSupport

/// A probe on a pretended process, ticked once a second.
struct FilesWatching {
  let target: FakeTarget
  let time = FakeTime()
  let directories = FakeDirectoryWatching()
  let scratch = Scratch()
  var probe: OpenFilesProbe

  init(_ target: FakeTarget = FakeTarget()) {
    self.target = target
    let host = Host.fake(files: target.files, time: time, watching: directories)
    probe = OpenFilesProbe(host: host, inlineWorkers: true)
  }

  mutating func tick(_ others: [FakeTarget] = []) -> FilesSample {
    time.advance(by: 1)
    return probe.read(
      [target.handle] + others.map(\.handle), at: time.now(), scratch: scratch)
  }

  var now: Int64 { time.now().wall }

  func file(_ path: String, inode: UInt64, size: Int64, modified: Int64 = 1, born: Int64? = nil) {
    target.files.setStatus(
      path,
      FileStatus(
        kind: .regular, size: size, allocated: size, device: 8, inode: inode, modified: modified,
        born: born))
  }
}

extension FilesSample {
  func written(_ format: Printable) -> UInt64 {
    formats.first { $0.format == format }?.written ?? 0
  }
}

let writeOnly: UInt32 = 0o1
let readWrite: UInt32 = 0o2
let appending: UInt32 = 0o2001
