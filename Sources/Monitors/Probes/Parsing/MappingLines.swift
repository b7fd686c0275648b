/// Adds up `/proc/PID/smaps` or `/proc/PID/maps`, line by line, under names a person would use.
///
/// Anonymous mappings that touch are one region, named by its upper end: the kernel places new ones below the last.
struct MappingLines {
  /// Where the numbers of the lines that follow belong.
  private enum Place {
    case nowhere
    case region
    case named(Int)
  }

  private struct Entry {
    var mapping: Mapping
    var isSharedMemory = false
  }

  private var place = Place.nowhere
  /// The anonymous region that is being added up; ends at 0 while there is none.
  private var region = (end: UInt64(0), mapping: Mapping(name: ""))
  private var regions: [Mapping] = []
  private var named: [Entry] = []
  private var places: [Printable: Int] = [:]
  private var last: (name: [UInt8], index: Int)?
  private var rest: [UInt8] = []
  /// Whether sizes are address space, because no pages are counted.
  let isByAddressSpace: Bool
  /// Sum of proportional memory.
  private(set) var proportional = Bytes.zero

  private static let longestLine = 8192
  private static let keptRegions = 24
  private static let keptNames = 64
  private static let mostNames = 512
  private static let sharedMemory = [
    "/dev/shm/", "/memfd:", "/SYSV", "/dev/zero", "[anon_shmem",
  ]
  private static let others: Printable = "other files and mappings"

  init(isByAddressSpace: Bool) { self.isByAddressSpace = isByAddressSpace }

  /// Takes the next piece of the file, which may end in the middle of a line.
  mutating func take(_ bytes: UnsafeRawBufferPointer) {
    guard let first = bytes.firstIndex(of: 10), let last = bytes.lastIndex(of: 10) else {
      if rest.count < MappingLines.longestLine { rest += bytes }
      return
    }
    var start = 0
    if !rest.isEmpty {
      rest += bytes[..<first]
      let line = rest
      line.withUnsafeBytes { take(line: $0) }
      start = first + 1
    }
    rest.removeAll(keepingCapacity: true)
    rest += bytes[(last + 1)...]
    guard start <= last else { return }
    var scanner = ByteScanner(UnsafeRawBufferPointer(rebasing: bytes[start...last]))
    while !scanner.isAtEnd { take(line: scanner.line()) }
  }

  private mutating func take(line: UnsafeRawBufferPointer) {
    guard let first = line.first else { return }
    let isUpper = first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
    if isUpper { take(field: line, first) } else { begin(line) }
  }

  private mutating func begin(_ line: UnsafeRawBufferPointer) {
    place = .nowhere
    guard let dash = line.firstIndex(of: UInt8(ascii: "-")),
      let start = MappingLines.hexadecimal(line[..<dash]),
      let space = line[dash...].firstIndex(of: 32),
      let end = MappingLines.hexadecimal(line[(dash + 1)..<space]), end > start
    else { return }
    var scanner = ByteScanner(UnsafeRawBufferPointer(rebasing: line[space...]))
    let isWritable = scanner.word().contains(UInt8(ascii: "w"))
    for _ in 0..<3 { _ = scanner.word() }
    scanner.skipBlanks()
    let name = scanner.line()
    if name.isEmpty {
      openRegion(start: start, end: end)
    } else {
      closeRegion()
      place = .named(index(of: name))
    }
    // Without page counts, what may be written and is no file counts as owned.
    guard isByAddressSpace, isWritable else { return }
    let size = Bytes(clamping: end - start)
    change { mapping in
      mapping.resident = mapping.resident + size
      if !mapping.isFile { mapping.owned = mapping.owned + size }
    }
  }

  private static func hexadecimal(_ bytes: Slice<UnsafeRawBufferPointer>) -> UInt64? {
    guard !bytes.isEmpty, bytes.count <= 16 else { return nil }
    var value: UInt64 = 0
    for byte in bytes {
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"): value = value << 4 | UInt64(byte - 48)
      case UInt8(ascii: "a")...UInt8(ascii: "f"): value = value << 4 | UInt64(byte - 87)
      default: return nil
      }
    }
    return value
  }

  private mutating func openRegion(start: UInt64, end: UInt64) {
    place = .region
    if region.end == start, start > 0 {
      region.end = end
    } else {
      closeRegion()
      region = (end, Mapping(name: ""))
    }
  }

  /// A library has four mappings in a row, so the last name is mostly the one that is looked for.
  private mutating func index(of bytes: UnsafeRawBufferPointer) -> Int {
    if let last, bytes.elementsEqual(last.name) { return last.index }
    let name = Printable(bytes: bytes)
    let isKnown = places[name] != nil || named.count < MappingLines.mostNames
    let found = index(of: isKnown ? name : MappingLines.others)
    last = (Array(bytes), found)
    return found
  }

  private mutating func index(of name: Printable) -> Int {
    if let known = places[name] { return known }
    var entry = Entry(mapping: Mapping(name: name))
    entry.isSharedMemory = MappingLines.sharedMemory.contains { name.text.hasPrefix($0) }
    entry.mapping.isFile = name.text.hasPrefix("/") && !entry.isSharedMemory
    places[name] = named.count
    named.append(entry)
    return named.count - 1
  }

  private mutating func take(field line: UnsafeRawBufferPointer, _ first: UInt8) {
    var scanner = ByteScanner(line)
    switch first {
    case UInt8(ascii: "R") where scanner.take("Rss:"):
      let size = MappingLines.kilobytes(&scanner)
      let isOwned = isSharedMemory
      change { mapping in
        mapping.resident = mapping.resident + size
        if isOwned { mapping.owned = mapping.owned + size }
      }
    case UInt8(ascii: "P") where scanner.take("Pss:"):
      let size = MappingLines.kilobytes(&scanner)
      proportional = proportional + size
      change { $0.proportional = $0.proportional + size }
    case UInt8(ascii: "A") where scanner.take("Anonymous:"):
      // Pages of shared memory that are also counted here would count twice.
      guard !isSharedMemory else { return }
      let size = MappingLines.kilobytes(&scanner)
      change { $0.owned = $0.owned + size }
    case UInt8(ascii: "S") where scanner.take("Swap:"):
      let size = MappingLines.kilobytes(&scanner)
      change { $0.owned = $0.owned + size }
    default: return
    }
  }

  private static func kilobytes(_ scanner: inout ByteScanner) -> Bytes {
    let (bytes, isTooLarge) = (scanner.number() ?? 0).multipliedReportingOverflow(by: 1024)
    return isTooLarge ? .zero : Bytes(clamping: bytes)
  }

  private var isSharedMemory: Bool {
    if case .named(let index) = place { named[index].isSharedMemory } else { false }
  }

  private mutating func change(_ body: (inout Mapping) -> Void) {
    switch place {
    case .nowhere: return
    case .region: body(&region.mapping)
    case .named(let index): body(&named[index].mapping)
    }
  }

  private mutating func closeRegion() {
    var open = region
    region = (0, Mapping(name: ""))
    guard open.mapping.resident > .zero || open.mapping.owned > .zero else { return }
    open.mapping.name = "[anonymous] below \(Printable(String(open.end, radix: 16)))"
    regions.append(open.mapping)
  }

  /// Largest first; small regions and rare names are summed, so that their number is bounded.
  mutating func finish() -> [Mapping] {
    if !rest.isEmpty {
      let line = rest
      rest = []
      line.withUnsafeBytes { take(line: $0) }
    }
    place = .nowhere
    closeRegion()
    let all =
      MappingLines.bounded(regions, MappingLines.keptRegions, rest: "[anonymous] others")
      + MappingLines.bounded(
        named.map(\.mapping), MappingLines.keptNames, rest: MappingLines.others)
    return all.sorted { ($0.owned, $0.resident, $1.name) > ($1.owned, $1.resident, $0.name) }
  }

  private static func bounded(_ mappings: [Mapping], _ count: Int, rest name: Printable)
    -> [Mapping]
  {
    guard mappings.count > count else { return mappings }
    let sorted = mappings.sorted { ($0.owned, $0.resident) > ($1.owned, $1.resident) }
    var kept = sorted.prefix(count).filter { $0.name != name }
    var others = Mapping(name: name)
    for mapping in sorted where !kept.contains(where: { $0.name == mapping.name }) {
      others.resident = others.resident + mapping.resident
      others.proportional = others.proportional + mapping.proportional
      others.owned = others.owned + mapping.owned
    }
    kept.append(others)
    return kept
  }
}
