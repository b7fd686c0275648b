import Testing

@testable import Monitors

@Suite("What status says of a process")
struct ProcessStatusTests {
  private func parse(_ text: String) -> ProcessStatus? {
    Array(text.utf8).withUnsafeBytes { ProcessStatus.parse($0) }
  }

  @Test("sizes are in kilobytes of 1024, and every part has its own line")
  func sizes() {
    let status = parse(
      """
      Name:\trobot
      Umask:\t0022
      State:\tS (sleeping)
      Tgid:\t42
      Uid:\t1000\t1001\t1002\t1003
      VmPeak:\t  999999 kB
      VmSize:\t   40000 kB
      VmRSS:\t   20000 kB
      RssAnon:\t   10000 kB
      RssFile:\t    8000 kB
      RssShmem:\t    2000 kB
      VmSwap:\t     500 kB
      Threads:\t7

      """)
    #expect(status?.group == 42)
    #expect(status?.uid == 1000)
    #expect(status?.threads == 7)
    #expect(status?.virtual == Bytes(40_960_000))
    #expect(status?.resident == Bytes(20_480_000))
    #expect(status?.anonymous == Bytes(10_240_000))
    #expect(status?.file == Bytes(8_192_000))
    #expect(status?.shared == Bytes(2_048_000))
    #expect(status?.swapped == Bytes(512_000))
  }

  @Test("C6: a zombie has no lines about memory, and they are missing, not zero")
  func zombie() {
    let status = parse(
      "Name:\trobot\nState:\tZ (zombie)\nTgid:\t42\nUid:\t0\t0\t0\t0\nThreads:\t4\n")
    #expect(status?.threads == 4)
    #expect(status?.resident == nil)
    #expect(status?.swapped == nil)
  }

  @Test(
    "B5: a name that looks like a line of status is not one, because the kernel escapes its line end"
  )
  func escaped() {
    let status = parse("Name:\tx\\nVmRSS: 1 kB\nTgid:\t42\nVmRSS:\t7 kB\nThreads:\t1\n")
    #expect(status?.resident == Bytes(7168))
  }

  @Test("C14: what is no status is nil, and a size too large to be one is missing")
  func damaged() {
    #expect(parse("") == nil)
    #expect(parse("VmRSS: 5 kB\n") == nil)
    #expect(parse("VmRSS:\t99999999999999999999 kB\nThreads:\t1\n")?.resident == nil)
    #expect(parse("Threads:\t99999999999999999999\n")?.threads == Int(Int32.max))
  }
}
