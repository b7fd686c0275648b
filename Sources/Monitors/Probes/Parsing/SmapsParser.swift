/// Takes the lines of `smaps` one after another and sums up what each mapping holds.
struct SmapsParser {
  private(set) var regions: [MappedRegion] = []

  /// Takes one line; what is no mapping and no figure we know is passed over.
  mutating func take(_ line: UnsafeRawBufferPointer) {
    guard let first = line.first else { return }
    if first >= UInt8(ascii: "A"), first <= UInt8(ascii: "Z") {
      if !regions.isEmpty { takeFigure(first, line) }
    } else if let region = MappedRegion.parse(line) {
      regions.append(region)
    }
  }

  private mutating func takeFigure(_ first: UInt8, _ line: UnsafeRawBufferPointer) {
    let last = regions.count - 1
    var scanner = ByteScanner(line)
    switch first {
    case UInt8(ascii: "R") where scanner.take("Rss:"):
      regions[last].resident = scanner.kilobytes()?.count ?? 0
    case UInt8(ascii: "P") where scanner.take("Pss:"):
      regions[last].proportional = scanner.kilobytes()?.count ?? 0
    case UInt8(ascii: "P") where scanner.take("Pss_Dirty:"):
      regions[last].proportionalDirty = scanner.kilobytes()?.count ?? 0
    case UInt8(ascii: "A") where scanner.take("Anonymous:"):
      regions[last].anonymous = scanner.kilobytes()?.count ?? 0
    case UInt8(ascii: "S") where scanner.take("Swap:"):
      regions[last].swapped = scanner.kilobytes()?.count ?? 0
    default: break
    }
  }
}
