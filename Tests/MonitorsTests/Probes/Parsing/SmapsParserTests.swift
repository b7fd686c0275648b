import TestSupport
import Testing

@testable import Monitors

@Suite("The lines of smaps")
struct SmapsParserTests {
  private func parsed(_ text: String) -> [MappedRegion] {
    var parser = SmapsParser()
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      withBytes(String(line)) { parser.take($0) }
    }
    return parser.regions
  }

  @Test("figures belong to the mapping they stand below")
  func figures() {
    let regions = parsed(
      "1000-9000 rw-p 00000000 00:00 0    [heap]\nSize: 32 kB\nRss: 20 kB\nPss: 18 kB\n"
        + "Pss_Dirty: 7 kB\nAnonymous: 16 kB\nAnonHugePages: 9 kB\nSwap: 4 kB\nSwapPss: 3 kB\n"
        + "VmFlags: rd wr\na000-b000 r--p 00000000 08:01 5  /lib/x\nRss: 4 kB\nAnonymous: 0 kB\n")
    #expect(regions.count == 2)
    #expect(regions.first?.resident == 20_480)
    #expect(regions.first?.proportional == 18_432)
    #expect(regions.first?.anonymous == 16_384)
    #expect(regions.first?.owned == 20_480)
    #expect(regions.last?.resident == 4096)
    #expect(regions.last?.owned == 0)
  }

  @Test("shared memory is owned even though its pages are not anonymous")
  func sharedMemory() {
    let regions = parsed(
      "1000-9000 rw-s 00000000 00:19 4   /dev/shm/camera\nRss: 20 kB\nAnonymous: 0 kB\n")
    #expect(regions.first?.owned == 20_480)
  }

  @Test("C14: figures without a mapping and unknown lines change nothing")
  func garbageLines() {
    #expect(parsed("Rss: 20 kB\n\n???\nPss: x\n").isEmpty)
  }
}
