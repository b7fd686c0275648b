/// The formats by which files are grouped, told by their first bytes, else by their name.
enum FileFormat: Int, CaseIterable, Sendable {
  case parquet, arrow, hdf5, zarr, mcap, rosbag, sqlite, npy, npz, csv, tsv, jsonl, json, images
  case video, zstd, gz, zip, log, text, other

  private static let names = allCases.map { Printable("\($0)") }

  /// The name people see.
  var name: Printable { FileFormat.names[rawValue] }

  /// How many bytes of a file are enough to tell.
  static let headLength = 512

  /// The format by its first bytes, where they say it, else by its name.
  ///
  /// Chunks of a zarr array are compressed files of other formats, and a rosbag2 is an sqlite file: the name decides
  /// the first, the bytes the second.
  static func detect(path: String, head: UnsafeRawBufferPointer) -> FileFormat {
    let named = byName(path)
    if named == .zarr { return .zarr }
    if let magic = byMagic(head) {
      return magic == .zip && named == .npz ? .npz : magic
    }
    return named ?? (isText(head) ? .text : .other)
  }
}

extension FileFormat {
  private static let extensions: [String: FileFormat] = [
    "parquet": .parquet, "pq": .parquet, "arrow": .arrow, "feather": .arrow, "ipc": .arrow,
    "h5": .hdf5, "hdf5": .hdf5, "hdf": .hdf5, "mcap": .mcap, "bag": .rosbag, "db": .sqlite,
    "db3": .sqlite, "sqlite": .sqlite, "sqlite3": .sqlite, "npy": .npy, "npz": .npz, "csv": .csv,
    "tsv": .tsv, "jsonl": .jsonl, "ndjson": .jsonl, "json": .json, "jpg": .images,
    "jpeg": .images, "png": .images, "gif": .images, "webp": .images, "bmp": .images,
    "tif": .images, "tiff": .images, "pgm": .images, "ppm": .images, "mp4": .video, "mkv": .video,
    "avi": .video, "mov": .video, "webm": .video, "h264": .video, "h265": .video, "mjpeg": .video,
    "zst": .zstd, "gz": .gz, "tgz": .gz, "zip": .zip, "log": .log, "txt": .text, "md": .text,
    "yaml": .text, "yml": .text, "xml": .text, "zarr": .zarr, "bin": .other, "dat": .other,
  ]
  private static let unfinished: Set<String> = [
    "tmp", "temp", "part", "partial", "inprogress", "incomplete", "active", "bak", "crdownload",
    "swp",
  ]

  /// The format by its name; `nil` where the name says nothing.
  ///
  ///     FileFormat.byName("/data/a.parquet.inprogress") == .parquet
  static func byName(_ path: String) -> FileFormat? {
    if path.utf8.count > 6, path.contains(".zarr/") { return .zarr }
    var parts = lastComponent(path).split(separator: ".")[...]
    while parts.count > 1, let last = parts.popLast() {
      let ending = String(plain(last))
      if let format = extensions[ending] { return format }
      // `x.parquet.tmp`, `x.json.tmpa8f3`, `app.log.1`: what stands before says more.
      guard unfinished.contains(ending) || ending.hasPrefix("tmp") || isNumber(ending) else {
        return nil
      }
    }
    return nil
  }

  private static func lastComponent(_ path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  /// Lower case, and without what sqlite puts behind the names of its side files.
  private static func plain(_ ending: Substring) -> Substring {
    let lower = ending.lowercased()[...]
    for side in ["-wal", "-journal", "-shm"] where lower.hasSuffix(side) {
      return lower.dropLast(side.utf8.count)
    }
    return lower
  }

  private static func isNumber(_ text: String) -> Bool {
    text.utf8.allSatisfy { $0 >= 48 && $0 <= 57 }
  }
}

extension FileFormat {
  private struct Magic {
    let format: FileFormat
    let bytes: [UInt8]
    var offset = 0
  }

  private static let magics = [
    Magic(format: .parquet, bytes: Array("PAR1".utf8)),
    Magic(format: .arrow, bytes: Array("ARROW1".utf8)),
    Magic(format: .arrow, bytes: Array("FEA1".utf8)),
    Magic(format: .hdf5, bytes: [0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a]),
    Magic(format: .mcap, bytes: [0x89, 0x4d, 0x43, 0x41, 0x50, 0x30, 0x0d, 0x0a]),
    Magic(format: .rosbag, bytes: Array("#ROSBAG V".utf8)),
    Magic(format: .sqlite, bytes: Array("SQLite format 3\0".utf8)),
    Magic(format: .sqlite, bytes: [0x37, 0x7f, 0x06, 0x82]),
    Magic(format: .sqlite, bytes: [0x37, 0x7f, 0x06, 0x83]),
    Magic(format: .npy, bytes: [0x93] + Array("NUMPY".utf8)),
    Magic(format: .zip, bytes: [0x50, 0x4b, 0x03, 0x04]),
    Magic(format: .images, bytes: [0x89, 0x50, 0x4e, 0x47]),
    Magic(format: .images, bytes: [0xff, 0xd8, 0xff]),
    Magic(format: .images, bytes: Array("GIF8".utf8)),
    Magic(format: .images, bytes: Array("WEBP".utf8), offset: 8),
    Magic(format: .images, bytes: [0x49, 0x49, 0x2a, 0x00]),
    Magic(format: .images, bytes: [0x4d, 0x4d, 0x00, 0x2a]),
    Magic(format: .video, bytes: Array("ftyp".utf8), offset: 4),
    Magic(format: .video, bytes: [0x1a, 0x45, 0xdf, 0xa3]),
    Magic(format: .video, bytes: Array("AVI ".utf8), offset: 8),
    Magic(format: .zstd, bytes: [0x28, 0xb5, 0x2f, 0xfd]),
    Magic(format: .gz, bytes: [0x1f, 0x8b]),
  ]

  /// The format by its first bytes; `nil` where they are no one's mark.
  static func byMagic(_ head: UnsafeRawBufferPointer) -> FileFormat? {
    for magic in magics where head.dropFirst(magic.offset).starts(with: magic.bytes) {
      return magic.format
    }
    return isBitmap(head) ? .images : nil
  }

  /// Two letters are a weak mark, so the four bytes that must be zero are asked too.
  private static func isBitmap(_ head: UnsafeRawBufferPointer) -> Bool {
    head.count >= 10 && head.starts(with: [0x42, 0x4d]) && head[6..<10].allSatisfy { $0 == 0 }
  }

  /// Whether the bytes are text of some kind: UTF-8 or Latin, without control bytes.
  static func isText(_ head: UnsafeRawBufferPointer) -> Bool {
    !head.isEmpty && head.allSatisfy { $0 >= 0x20 && $0 != 0x7f || $0 >= 9 && $0 <= 13 }
  }
}
