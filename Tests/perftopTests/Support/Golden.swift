import Glibc
import Monitors
import Testing

@testable import perftop

/// Compares a canvas with the text that was recorded of it; `RECORD_GOLDENS=1` records it anew, and fails.
func expectGolden(
  _ canvas: Canvas, _ name: String, sourceLocation: SourceLocation = #_sourceLocation
) {
  let path = GoldenText.directory + "/\(name)-\(canvas.size.width)x\(canvas.size.height).txt"
  let drawn = GoldenText.of(canvas)
  if getenv("RECORD_GOLDENS") != nil {
    GoldenText.write(drawn, to: path)
    Issue.record("recorded \(name)", sourceLocation: sourceLocation)
    return
  }
  guard let expected = GoldenText.read(path) else {
    Issue.record("no golden \(path): RECORD_GOLDENS=1 makes it", sourceLocation: sourceLocation)
    return
  }
  #expect(drawn == expected, "\(name) looks different", sourceLocation: sourceLocation)
}

/// A canvas as text: glyphs in a frame, then a letter for the look of each cell, then what the letters mean.
enum GoldenText {
  static let directory: String = {
    let here = #filePath.split(separator: "/").dropLast(2).joined(separator: "/")
    return "/\(here)/Panes/Goldens"
  }()

  static func of(_ canvas: Canvas) -> String {
    var legend: [String] = []
    var looks: [String] = []
    for y in 0..<canvas.size.height {
      looks.append(
        String((0..<canvas.size.width).map { letter(canvas[$0, y], among: &legend) }))
    }
    let header = "size \(canvas.size.width)x\(canvas.size.height), glyphs \(canvas.glyphs)"
    let meanings = legend.enumerated().map { "\(letters[$0 % letters.count]) = \($1)" }
    return ([header] + rows(canvas).map { "|\($0)|" } + looks.map { "|\($0)|" } + meanings)
      .joined(separator: "\n") + "\n"
  }

  /// The glyphs alone, row by row.
  static func rows(_ canvas: Canvas) -> [String] {
    (0..<canvas.size.height).map { y in
      var text = String.UnicodeScalarView()
      for x in 0..<canvas.size.width {
        let glyph = canvas[x, y].glyph
        guard glyph != .continuation else { continue }
        for number in [glyph.scalar, glyph.combining, glyph.combining2] where number != 0 {
          if let scalar = Unicode.Scalar(number) { text.append(scalar) }
        }
      }
      return String(text)
    }
  }

  private static let letters = Array(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")

  private static func letter(_ cell: Cell, among legend: inout [String]) -> Character {
    if cell == .blank { return " " }
    var look = "\(cell.role)".split(separator: "perftop.Role.").joined()
    for (emphasis, word) in [
      (Emphasis.bold, "bold"), (.reversed, "reversed"), (.underlined, "underlined"),
    ] where cell.emphasis.contains(emphasis) { look += " " + word }
    let index = legend.firstIndex(of: look) ?? legend.count
    if index == legend.count { legend.append(look) }
    return letters[index % letters.count]
  }

  static func read(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65536)
    while case let count = fread(&chunk, 1, chunk.count, file), count > 0 {
      bytes += chunk[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  static func write(_ text: String, to path: String) {
    let parts = path.split(separator: "/").dropLast()
    for count in 1...parts.count { mkdir("/" + parts.prefix(count).joined(separator: "/"), 0o755) }
    guard let file = fopen(path, "w") else { return }
    fputs(text, file)
    fclose(file)
  }
}
