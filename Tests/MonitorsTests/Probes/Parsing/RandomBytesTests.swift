import TestSupport
import Testing

@testable import Monitors

@Suite("Parsers and bytes that no kernel wrote")
struct RandomBytesTests {
  struct Parser: Sendable, CustomStringConvertible {
    var description: String
    var genuine: String
    var feed: @Sendable (UnsafeRawBufferPointer) -> Bool
  }

  static let parsers = [
    Parser(
      description: "stat",
      genuine: "42 (a b) S 1 1 1 0 -1 4194304 100 0 7 0 30 12 0 0 20 0 4 0 500 1000 50 0\n"
    ) { bytes in
      guard let stat = ProcessStat.parse(bytes) else { return true }
      return stat.threads >= 0 && stat.state.isASCII && stat.state.isLetter
    },
    Parser(
      description: "status", genuine: "Tgid:\t42\nUid:\t1\t1\nVmRSS:\t 7 kB\nThreads:\t1\n"
    ) { bytes in
      guard let status = ProcessStatus.parse(bytes) else { return true }
      return status.threads >= 0 && (status.resident ?? .zero) >= .zero
    },
    Parser(description: "io", genuine: FakeProcess.io(writing: 77)) { bytes in
      _ = ProcessCounters.io(bytes)
      return ProcessCounters.children(bytes).allSatisfy { $0 > 0 }
    },
    Parser(description: "limits", genuine: "Max open files  1024  4096  files\n") { bytes in
      _ = ProcessCounters.runDelay(bytes)
      return ProcessCounters.limit("Max locked memory", bytes) == .none
    },
    Parser(
      description: "smaps",
      genuine:
        "7f00-7fff rw-p 0 00:00 0 [heap]\nRss: 4 kB\nPss: 4 kB\nAnonymous: 4 kB\nSwap: 0 kB\n"
    ) { bytes in
      var counted = MappingLines(isByAddressSpace: false)
      counted.take(bytes)
      counted.take(bytes)
      var space = MappingLines(isByAddressSpace: true)
      space.take(bytes)
      return counted.finish().count < 100 && space.finish().count < 100
    },
    Parser(description: "mountinfo", genuine: "25 24 0:23 / /sys rw - cgroup2 cgroup2 rw\n") {
      MountTable.parse($0).mounts.count < 200
    },
  ]

  @Test("C14: random and damaged bytes crash no parser and give nothing absurd", arguments: parsers)
  func random(_ parser: Parser) {
    var numbers = SeededNumbers(seed: 14)
    let genuine = Array(parser.genuine.utf8)
    for input in 0..<2000 {
      let bytes =
        input % 2 == 0
        ? numbers.bytes(most: 200, alphabet: "0123456789abcdef-() :\nRSPkBVm\t")
        : numbers.damaged(numbers.damaged(genuine))
      let isFine = bytes.withUnsafeBytes { parser.feed($0) }
      #expect(isFine, "\(parser) on input \(input): \(bytes)")
    }
  }
}
