import Monitors

/// Writes images one by one, each under a passing name first, as loaders of training data expect.
struct ImageWriter {
  private static let size = 24_000
  private static let kept = 120

  private let directory: String
  private var number = 0
  private var owed = 0.0

  init(in directory: String) { self.directory = directory }

  /// Writes what this much time calls for.
  mutating func step(rate: Double, seconds: Double) {
    owed += rate * seconds
    while owed >= 1 {
      owed -= 1
      writeImage()
    }
  }

  private func name(_ number: Int) -> String { "\(directory)/frame-\(number).png" }

  private mutating func writeImage() {
    number += 1
    let passing = name(number) + ".tmp"
    guard let file = try? OutputFile(passing) else { return }
    let bytes = RobotContent.pngHeader + RobotContent.noise.prefix(ImageWriter.size)
    do throws(SystemError) {
      defer { file.close() }
      try file.append(bytes[...])
      try OutputFile.rename(passing, to: name(number))
    } catch {
      OutputFile.remove(passing)
    }
    if number > ImageWriter.kept { OutputFile.remove(name(number - ImageWriter.kept)) }
  }
}
