/// What was written into files of each format since watching began.
struct FormatTotals: Sendable {
  private var files = [Int](repeating: 0, count: FileFormat.allCases.count)
  private var written = [UInt64](repeating: 0, count: FileFormat.allCases.count)

  /// Counts one more file.
  mutating func addFile(_ format: FileFormat) { files[format.rawValue] += 1 }

  /// Counts one file to another format than was thought at first.
  mutating func moveFile(from old: FileFormat, to new: FileFormat) {
    files[old.rawValue] = max(0, files[old.rawValue] - 1)
    files[new.rawValue] += 1
  }

  /// Counts written bytes.
  mutating func add(_ bytes: UInt64, to format: FileFormat) { written[format.rawValue] &+= bytes }

  /// Those formats of which a file was seen.
  var samples: [FormatSample] {
    FileFormat.allCases.compactMap { format in
      let files = files[format.rawValue]
      let written = written[format.rawValue]
      // Standard output into a file is open for writing too, and says nothing until something is written.
      guard written > 0 || files > 0 && format != .other else { return nil }
      return FormatSample(format: format.name, files: files, written: written)
    }
  }
}
