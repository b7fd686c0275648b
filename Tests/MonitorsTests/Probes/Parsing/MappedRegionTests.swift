import TestSupport
import Testing

@testable import Monitors

@Suite("A line of maps")
struct MappedRegionTests {
  @Test(
    "what lies behind a mapping is known by its name",
    arguments: [
      ("", MappedRegion.Kind.anonymous), ("[heap]", .heap), ("[stack]", .stack),
      ("[stack:123]", .stack), ("[vdso]", .kernel), ("[anon:scudo:primary]", .named),
      ("/dev/shm/camera", .sharedMemory), ("/memfd:x (deleted)", .sharedMemory),
      ("/SYSV00000000 (deleted)", .sharedMemory), ("/dev/zero (deleted)", .sharedMemory),
      ("/usr/lib/libc.so.6", .file), ("/data/my file (deleted)", .file),
    ])
  func kinds(_ path: String, _ kind: MappedRegion.Kind) throws {
    let line = "7f1c00000000-7f1c00021000 rw-p 00000000 08:01 77    \(path)"
    let region = try #require(withBytes(line, MappedRegion.parse))
    #expect(region.kind == kind)
    #expect(region.path == Printable(path))
    #expect(region.start == 0x7f1c_0000_0000)
    #expect(region.size == 0x21000)
  }

  @Test("what may not be touched is told from what may")
  func access() throws {
    let guarded = try #require(
      withBytes("1000-2000 ---p 00000000 00:00 0", MappedRegion.parse))
    #expect(!guarded.isAccessible)
    let shared = try #require(withBytes("1000-2000 r--s 00000000 00:00 0", MappedRegion.parse))
    #expect(shared.isAccessible && !shared.isPrivate && !shared.isWritable)
  }

  @Test("C14: lines that are no mapping are refused")
  func malformed() {
    for line in [
      "", "Rss: 4 kB", "2000-1000 rw-p 0 00:00 0", "1000 rw-p", "zz-yy rw-p 0 00:00 0",
      "11111111111111111-2 rw-p 0 00:00 0", "1000-2000 rw 0 00:00 0", "1000-2000 rw-p 0 00:00 x",
    ] { #expect(withBytes(line, MappedRegion.parse) == nil) }
    garbage(from: "7f1c00000000-7f1c00021000 rw-p 00000000 00:00 0  [heap]", rounds: 3000) {
      if let region = MappedRegion.parse($0) { #expect(region.start <= region.end) }
    }
  }
}
