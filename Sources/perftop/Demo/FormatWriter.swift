import Monitors

/// Writes one growing file of a format at a wished rate, and begins another when it is large enough.
struct FormatWriter {
  /// How bytes reach the file: the ways differ in what a watcher can see of them.
  enum Way { case appended, placed }

  let format: DemoFormat
  private let directory: String
  private let way: Way
  private let header: [UInt8]
  private let footer: [UInt8]
  private let body: [UInt8]
  /// So much is written at once.
  private let chunk: Int
  /// A file of this size is closed.
  private let limit: Int
  private var file: OutputFile?
  private var size = 0
  private var number = 0
  private var place = 0
  private var owed = 0.0
  /// Bytes that went into its files.
  private(set) var written = 0

  init(_ format: DemoFormat, in directory: String) {
    self.format = format
    self.directory = directory
    let content = FormatWriter.content(format)
    (way, header, footer, body, chunk, limit) = content
  }

  private static func content(_ format: DemoFormat) -> (
    way: Way, header: [UInt8], footer: [UInt8], body: [UInt8], chunk: Int, limit: Int
  ) {
    switch format {
    case .csv: (.appended, RobotContent.csvHeader, [], RobotContent.rows, 8192, 6_000_000)
    case .jsonl: (.appended, [], [], RobotContent.events, 4096, 8_000_000)
    case .parquet:
      (
        .appended, RobotContent.parquetMagic,
        RobotContent.littleEndian(0, bytes: 4) + RobotContent.parquetMagic, RobotContent.noise,
        250_000, 16_000_000
      )
    case .npy:
      (.placed, RobotContent.npyHeader(bytes: 8_192_000), [], RobotContent.noise, 4096, 8_192_000)
    case .mcap:
      (
        .appended, RobotContent.mcapMagic, RobotContent.mcapMagic, RobotContent.noise, 65536,
        12_000_000
      )
    }
  }

  /// Writes what this much time calls for, and tells what was written and how long that took.
  mutating func step(rate: Double, seconds: Double, telling link: Link, _ host: Host) {
    guard owed + rate * seconds >= Double(chunk) else {
      return step(rate: rate, seconds: seconds)
    }
    let (before, begun) = (written, host.time.now())
    link.operation("write_\(format.rawValue)", kind: "analytics_collection") { _ in
      step(rate: rate, seconds: seconds)
    }
    link.wrote(
      format.rawValue, bytes: written - before, seconds: host.time.now().seconds(since: begun))
  }

  /// Writes what this much time calls for.
  mutating func step(rate: Double, seconds: Double) {
    owed += rate * seconds
    while owed >= Double(chunk) {
      owed -= Double(chunk)
      guard isOpen() else { return }
      writeChunk()
      if size >= limit { finish() }
    }
  }

  /// Waits until the file is on the disk, as careful collectors do.
  func synchronize() {
    file?.synchronize()
  }

  private func name(_ number: Int) -> String {
    "\(directory)/\(format.rawValue)-\(number).\(format.rawValue)"
  }

  private mutating func isOpen() -> Bool {
    if file != nil { return true }
    number += 1
    let oldest = number - 2
    if oldest > 0 { OutputFile.remove(name(oldest)) }
    file = try? OutputFile(name(number))
    size = 0
    guard file != nil else { return false }
    put(header[...])
    return true
  }

  private mutating func writeChunk() {
    if format == .mcap {
      let chunkRecord: UInt8 = 6
      put([chunkRecord] + RobotContent.littleEndian(UInt64(chunk), bytes: 8))
    }
    var left = chunk
    while left > 0 {
      let piece = body[place..<min(body.count, place + left)]
      put(piece)
      left -= piece.count
      place = (place + piece.count) % body.count
    }
  }

  private mutating func finish() {
    put(footer[...])
    file?.close()
    file = nil
  }

  /// A full disk costs the demo its files, nothing else.
  private mutating func put(_ bytes: ArraySlice<UInt8>) {
    switch way {
    case .appended: try? file?.append(bytes)
    case .placed: try? file?.write(bytes, at: size)
    }
    size += bytes.count
    written += bytes.count
  }
}
