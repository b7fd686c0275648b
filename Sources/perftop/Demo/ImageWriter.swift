import Monitors

/// Writes images one by one, each under a passing name first, as loaders of training data expect.
struct ImageWriter {
  private static let size = 24_000
  private static let kept = 120

  private let directory: String
  private var number = 0
  private var owed = 0.0
  /// How many were written, and how many bytes they have.
  private(set) var written = (count: 0, bytes: 0)

  init(in directory: String) { self.directory = directory }

  /// Writes what this much time calls for, each at a share of the full size.
  mutating func step(rate: Double, seconds: Double, size share: Double = 1) {
    owed += rate * seconds
    while owed >= 1 {
      owed -= 1
      writeImage(Int(Double(ImageWriter.size) * min(1, max(0.01, share))))
    }
  }

  private func name(_ number: Int) -> String { "\(directory)/frame-\(number).png" }

  private mutating func writeImage(_ size: Int) {
    number += 1
    let passing = name(number) + ".tmp"
    guard let file = try? OutputFile(passing) else { return }
    let bytes = RobotContent.pngHeader + RobotContent.noise.prefix(size)
    do throws(SystemError) {
      defer { file.close() }
      try file.append(bytes[...])
      try OutputFile.rename(passing, to: name(number))
      written = (written.count + 1, written.bytes + bytes.count)
    } catch {
      OutputFile.remove(passing)
    }
    if number > ImageWriter.kept { OutputFile.remove(name(number - ImageWriter.kept)) }
  }
}
