/// The sizes that are told apart: about four to each doubling, from 1 to 2²⁰.
enum BatchGrid {
  /// Arms to each doubling.
  static let octave = 4
  private static let octaves = 20

  /// The sizes in order, each once.
  static let sizes: [Int] = {
    var sizes: [Int] = []
    for step in 0...octave * octaves {
      let size = Int((Double(step) / Double(octave)).binaryPower.rounded())
      if sizes.last != size { sizes.append(size) }
    }
    return sizes
  }()

  /// Their logarithms to the base of 2.
  static let places: [Double] = sizes.map { Double($0).binaryLogarithm }

  /// The size that is nearest in proportion.
  static func nearest(_ size: Double) -> Int {
    let wanted = size >= 1 ? size.binaryLogarithm : 0
    var low = 0
    var high = places.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if places[middle] <= wanted { low = middle } else { high = middle }
    }
    return wanted - places[low] <= places[high] - wanted ? low : high
  }
}
