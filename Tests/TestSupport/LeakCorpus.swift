import Monitors

/// A series of resident memory, and what is true of it.
public struct LeakSeries: Sendable {
  /// Its name.
  public var name: String
  /// The family it is of: `leak_stair`, `cachefill`.
  public var kind: String
  /// Whether it leaks.
  public var isLeak: Bool
  /// By how much it leaks a second.
  public var slope: Double
  /// When the leak begins, in seconds.
  public var onset: Double
  /// Seconds between two values.
  public var step: Double
  /// The values, in bytes.
  public var values: [Double]

  /// The time of a value, in seconds.
  public func time(_ index: Int) -> Double { Double(index) * step }
}

/// Labelled series: 80 that were made up in many families, and 12 of real programs.
public enum LeakCorpus {
  /// All of them.
  public static let all = read(SourceTree.text("Tests/Fixtures/corpus/memory.txt"))

  private static func read(_ text: String) -> [LeakSeries] {
    let lines = text.split(separator: "\n")
    return stride(from: 0, to: lines.count - 1, by: 2).compactMap { index in
      let words = lines[index].split(separator: " ")
      guard words.count == 6, let slope = Double(words[3]), let onset = Double(words[4]),
        let step = Double(words[5])
      else { return nil }
      return LeakSeries(
        name: String(words[0]), kind: String(words[1]), isLeak: words[2] == "1", slope: slope,
        onset: onset, step: step, values: values(lines[index + 1]))
    }
  }

  private static func values(_ line: Substring) -> [Double] {
    let (first, more, page) = (63, 32, 4096.0)
    var values: [Double] = []
    var (value, bits, shift) = (0, 0, 0)
    for byte in line.utf8 {
      let digit = Int(byte) - first
      bits |= (digit & (more - 1)) << shift
      shift += 5
      guard digit < more else { continue }
      value += bits & 1 == 0 ? bits >> 1 : -(bits >> 1) - 1
      values.append(Double(value) * page)
      (bits, shift) = (0, 0)
    }
    return values
  }
}
