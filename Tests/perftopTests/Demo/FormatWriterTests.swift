import Monitors
import TestSupport
import Testing

@testable import perftop

@Suite("The demo's files")
struct FormatWriterTests {
  let directory: TemporaryDirectory

  init() throws { directory = try TemporaryDirectory() }

  private var size: Int64 {
    directory.names().reduce(0) { sum, name in
      sum
        + ((try? LiveFiles().status("\(directory.path)/\(name)", in: nil, following: false))?.size
          ?? 0)
    }
  }

  private func head(_ name: String, _ count: Int) -> [UInt8] {
    var buffer = [UInt8](repeating: 0, count: count)
    _ = buffer.withUnsafeMutableBytes {
      try? LiveFiles().read("\(directory.path)/\(name)", in: nil, into: $0)
    }
    return buffer
  }

  @Test("each format is written at the rate that is asked for", arguments: DemoFormat.allCases)
  func keepsRate(_ format: DemoFormat) {
    var writer = FormatWriter(format, in: directory.path)
    for _ in 0..<400 { writer.step(rate: 1_000_000, seconds: 0.01) }
    #expect(size > 3_740_000 && size < 4_010_000)
    #expect(directory.names() == ["\(format.rawValue)-1.\(format.rawValue)"])
  }

  @Test(
    "hours of writing leave two files of a format, so the disk never fills",
    arguments: DemoFormat.allCases)
  func isBounded(_ format: DemoFormat) {
    var writer = FormatWriter(format, in: directory.path)
    for _ in 0..<60 { writer.step(rate: 1_000_000, seconds: 1) }
    #expect(directory.names().count <= 2)
    #expect(size < 34_000_000)
  }

  @Test("files are known by their first bytes, and a finished parquet file by its last")
  func hasMagic() {
    for format in DemoFormat.allCases {
      var writer = FormatWriter(format, in: directory.path)
      writer.step(rate: format == .parquet ? 17_000_000 : 5_000_000, seconds: 1)
    }
    let parquetSize = 4 + 16_000_000 + 8
    #expect(head("parquet-1.parquet", 4) == Array("PAR1".utf8))
    #expect(head("parquet-1.parquet", parquetSize).suffix(4) == Array("PAR1".utf8)[...])
    #expect(head("mcap-1.mcap", 8) == [0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a])
    #expect(head("npy-1.npy", 6) == [0x93] + Array("NUMPY".utf8))
    #expect(head("csv-1.csv", 9) == Array("t_seconds".utf8))
    #expect(head("jsonl-1.jsonl", 8) == Array("{\"event\"".utf8))
  }

  @Test("the head of an array says how long it is and ends where its data is aligned")
  func describesArray() {
    let header = RobotContent.npyHeader(bytes: 8_192_000)
    #expect(header.count % 64 == 0)
    #expect(Int(header[8]) + Int(header[9]) << 8 == header.count - 10)
    #expect(header.last == UInt8(ascii: "\n"))
  }

  @Test("images appear whole under their names, and old ones go")
  func writesImages() {
    var writer = ImageWriter(in: directory.path)
    writer.step(rate: 200, seconds: 1)
    #expect(directory.names().count == 120)
    #expect(directory.names().allSatisfy { $0.hasSuffix(".png") })
    #expect(head("frame-200.png", 4) == [0x89, 0x50, 0x4e, 0x47])
  }

  @Test("a directory that is gone costs files and nothing else")
  func survivesMissingDirectory() {
    var writer = FormatWriter(.csv, in: "/nonexistent")
    var images = ImageWriter(in: "/nonexistent")
    writer.step(rate: 1_000_000, seconds: 1)
    images.step(rate: 3, seconds: 1)
    #expect(directory.names().isEmpty)
  }
}
