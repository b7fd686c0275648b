import Testing

@testable import Monitors

@Suite("File formats")
struct FileFormatTests {
  private func byMagic(_ bytes: [UInt8]) -> FileFormat? {
    bytes.withUnsafeBytes(FileFormat.byMagic)
  }

  private func detect(_ path: String, _ bytes: [UInt8]) -> FileFormat {
    bytes.withUnsafeBytes { FileFormat.detect(path: path, head: $0) }
  }

  @Test(
    "names say the format, also while a file is unfinished or rotated",
    arguments: [
      ("/d/a.parquet", FileFormat.parquet), ("/d/a.parquet.tmp", .parquet),
      ("/d/.a.json.tmpX3f", .json), ("/d/a.mcap.active", .mcap), ("/d/a.CSV", .csv),
      ("/d/a.ndjson.inprogress", .jsonl), ("/d/app.log.1", .log), ("/d/a.csv.gz", .gz),
      ("/d/a.db3-wal", .sqlite), ("/d/a.zarr/0.0.1", .zarr), ("/d/frame.jpeg", .images),
      ("/d/a.h5", .hdf5), ("/d/a.tar.zst", .zstd), ("/d/a.webm", .video), ("/d/a.npz.part", .npz),
    ])
  func names(_ path: String, _ format: FileFormat) { #expect(FileFormat.byName(path) == format) }

  @Test(
    "names that say nothing are not guessed at",
    arguments: ["/d/a", "/d/csv", "/d.csv/a", "/d/a.xyz", "", "/", ".", "/d/1.2.3", "/d/tmp"])
  func silent(_ path: String) { #expect(FileFormat.byName(path) == nil) }

  @Test("first bytes say the format")
  func magics() {
    #expect(byMagic(Array("PAR1....".utf8)) == .parquet)
    #expect(byMagic(Array("ARROW1..".utf8)) == .arrow)
    #expect(byMagic([0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]) == .hdf5)
    #expect(byMagic([0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a]) == .mcap)
    #expect(byMagic(Array("#ROSBAG V2.0\n".utf8)) == .rosbag)
    #expect(byMagic(Array("SQLite format 3\0".utf8)) == .sqlite)
    #expect(byMagic([0x93] + Array("NUMPY".utf8)) == .npy)
    #expect(byMagic([0x89, 0x50, 0x4e, 0x47]) == .images)
    #expect(byMagic(Array("RIFF\0\0\0\0WEBP".utf8)) == .images)
    #expect(byMagic(Array("RIFF\0\0\0\0AVI ".utf8)) == .video)
    #expect(byMagic([0, 0, 0, 32] + Array("ftypisom".utf8)) == .video)
    #expect(byMagic([0x28, 0xb5, 0x2f, 0xfd]) == .zstd)
    #expect(byMagic([0x1f, 0x8b, 8]) == .gz)
  }

  @Test("a few letters at the start of a text are no mark")
  func noMagic() {
    #expect(byMagic(Array("BMW,price,year\n".utf8)) == nil)
    #expect(byMagic(Array("PA".utf8)) == nil)
    #expect(byMagic([]) == nil)
  }

  @Test("bytes win over the name, except where only the name can know")
  func both() {
    #expect(detect("/d/a.csv", [0x1f, 0x8b, 8, 0]) == .gz)
    #expect(detect("/d/a.npz", [0x50, 0x4b, 3, 4]) == .npz)
    #expect(detect("/d/a.docx", [0x50, 0x4b, 3, 4]) == .zip)
    #expect(detect("/d/a.zarr/0.0", [0x28, 0xb5, 0x2f, 0xfd]) == .zarr)
    #expect(detect("/d/bag_0.db3", Array("SQLite format 3\0".utf8)) == .sqlite)
    #expect(detect("/d/notes", Array("hello\n".utf8)) == .text)
    #expect(detect("/d/blob", [0, 1, 2]) == .other)
  }
}
