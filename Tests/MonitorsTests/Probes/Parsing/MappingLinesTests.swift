import TestSupport
import Testing

@testable import Monitors

@Suite("Memory by mapping")
struct MappingLinesTests {
  private func lines(_ text: String, piece: Int = 65536, isByAddressSpace: Bool = false)
    -> MappingLines
  {
    var lines = MappingLines(isByAddressSpace: isByAddressSpace)
    let bytes = Array(text.utf8)
    for start in stride(from: 0, to: bytes.count, by: piece) {
      bytes[start..<min(start + piece, bytes.count)].withUnsafeBytes { lines.take($0) }
    }
    return lines
  }

  private func area(
    _ range: String, _ name: String, rss: Int, anonymous: Int = 0, swap: Int = 0,
    permissions: String = "rw-p"
  ) -> String {
    """
    \(range) \(permissions) 00000000 08:01 77                    \(name)
    Size:            9999999 kB
    Rss:             \(rss) kB
    Pss:             \(rss / 2) kB
    Pss_Dirty:       7777777 kB
    Anonymous:       \(anonymous) kB
    AnonHugePages:   7777777 kB
    Swap:            \(swap) kB
    SwapPss:         7777777 kB
    VmFlags: rd wr mr mw me

    """
  }

  private var process: String {
    area("00400000-00500000", "/usr/bin/robot", rss: 800, permissions: "r-xp")
      + area("00500000-00600000", "/usr/bin/robot", rss: 100, anonymous: 60)
      + area("01000000-02000000", "[heap]", rss: 4000, anonymous: 4000, swap: 10)
      + area("7f0000000000-7f0000100000", "", rss: 300, anonymous: 300)
      + area("7f0000100000-7f0000200000", "", rss: 200, anonymous: 200)
      + area("7f0000300000-7f0000400000", "", rss: 50, anonymous: 50)
      + area("7f0001000000-7f0002000000", "/dev/shm/ring buffer (deleted)", rss: 500, swap: 20)
  }

  private func find(_ mappings: [Mapping], _ name: Printable) -> Mapping? {
    mappings.first { $0.name == name }
  }

  @Test("mappings of one name are one, and only what can not be read again is owned")
  func sums() {
    var lines = lines(process)
    let found = lines.finish()
    let program = find(found, "/usr/bin/robot")
    #expect(program?.resident == Bytes(900 * 1024))
    #expect(program?.owned == Bytes(60 * 1024))
    #expect(program?.isFile == true)
    #expect(find(found, "[heap]")?.owned == Bytes(4010 * 1024))
    #expect(find(found, "/dev/shm/ring buffer (deleted)")?.owned == Bytes(520 * 1024))
    #expect(find(found, "/dev/shm/ring buffer (deleted)")?.isFile == false)
    #expect(lines.proportional == Bytes((400 + 50 + 2000 + 150 + 100 + 25 + 250) * 1024))
    #expect(found.first?.name == "[heap]")
  }

  @Test("anonymous mappings that touch are one region, named by where it ends")
  func regions() {
    var lines = lines(process)
    let found = lines.finish()
    #expect(find(found, "[anonymous] below 7f0000200000")?.owned == Bytes(500 * 1024))
    #expect(find(found, "[anonymous] below 7f0000400000")?.owned == Bytes(50 * 1024))
  }

  @Test("the same comes out however the file is cut into pieces", arguments: [1, 2, 7, 64, 333])
  func pieces(_ size: Int) {
    var whole = lines(process)
    var cut = lines(process, piece: size)
    #expect(whole.finish() == cut.finish())
    #expect(whole.proportional == cut.proportional)
  }

  @Test(
    "by address space, a file that is mapped to be written is not owned, and what can't be written is nothing"
  )
  func addressSpace() {
    let maps = """
      00400000-00500000 r-xp 00000000 08:01 77 /usr/bin/robot
      01000000-02000000 rw-p 00000000 00:00 0 [heap]
      7f0000000000-7f0000100000 rw-s 00000000 08:01 78 /data/table.bin
      7f0000200000-7f0000300000 rw-s 00000000 00:01 79 /memfd:frames (deleted)
      7f0000300000-7f0004000000 ---p 00000000 00:00 0
      7f0004000000-7f0005000000 rw-p 00000000 00:00 0

      """
    var lines = lines(maps, isByAddressSpace: true)
    let found = lines.finish()
    #expect(find(found, "[heap]")?.owned == Bytes(0x1000000))
    #expect(find(found, "/data/table.bin")?.owned == .zero)
    #expect(find(found, "/memfd:frames (deleted)")?.owned == Bytes(0x100000))
    #expect(find(found, "[anonymous] below 7f0005000000")?.owned == Bytes(0x1000000))
  }

  @Test("a process of ten thousand mappings becomes a short list, and nothing of it is lost")
  func bounded() {
    var text = ""
    for index in 0..<5000 {
      let start = String(0x7000_0000_0000 + index * 0x4000, radix: 16)
      let end = String(0x7000_0000_0000 + index * 0x4000 + 0x2000, radix: 16)
      text += area("\(start)-\(end)", index % 2 == 0 ? "" : "/data/\(index)", rss: 8, anonymous: 8)
    }
    var lines = lines(text)
    let found = lines.finish()
    #expect(found.count < 100)
    #expect(found.reduce(Bytes.zero) { $0 + $1.resident } == Bytes(5000 * 8 * 1024))
    #expect(Set(found.map(\.name)).count == found.count)
  }

  @Test("B11: a name with control bytes is shown without them")
  func hostile() {
    var lines = lines(area("00400000-00500000", "/tmp/\u{1b}[31mred", rss: 4, anonymous: 4))
    #expect(lines.finish().first?.name == "/tmp/·[31mred")
  }
}
