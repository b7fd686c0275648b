/// Adds up `/proc/PID/smaps` or `/proc/PID/maps`, line by line, under names a person would use.
///
/// Anonymous mappings that touch are one region, named by its upper end: the kernel places new ones below the last.
struct MappingLines {
  private struct Area {
    var start: UInt64
    var end: UInt64
    var isAnonymous: Bool
    var name: Printable
    var isUsable: Bool
    var isShared: Bool
  }

  private var area: Area?
  private var region: (start: UInt64, end: UInt64, mapping: Mapping)?
  private var named: [Printable: Mapping] = [:]
  private var regions: [Mapping] = []
  private var rest: [UInt8] = []
  /// Whether sizes are address space, because no pages are counted.
  let isByAddressSpace: Bool
  /// Largest size of one area.
  private(set) var largest = Bytes.zero
  /// Sum of proportional memory.
  private(set) var proportional = Bytes.zero

  private static let longestLine = 8192
  private static let keptRegions = 24
  private static let keptNames = 64

  init(isByAddressSpace: Bool) { self.isByAddressSpace = isByAddressSpace }

  /// Takes the next piece of the file, which may end in the middle of a line.
  mutating func take(_ bytes: UnsafeRawBufferPointer) {
    guard let end = bytes.lastIndex(of: 10) else {
      if rest.count < MappingLines.longestLine { rest += bytes }
      return
    }
    let whole = rest + bytes[...end]
    rest = Array(bytes[(end + 1)...])
    whole.withUnsafeBytes { lines in
      var scanner = ByteScanner(lines)
      while !scanner.isAtEnd { take(line: scanner.line()) }
    }
  }

  private mutating func take(line: UnsafeRawBufferPointer) {
    guard let first = line.first else { return }
    let isUpper = first >= UInt8(ascii: "A") && first <= UInt8(ascii: "Z")
    if isUpper { take(field: line) } else { begin(line) }
  }

  private mutating func begin(_ line: UnsafeRawBufferPointer) {
    finishArea()
    guard let dash = line.firstIndex(of: UInt8(ascii: "-")),
      let start = MappingLines.hexadecimal(line[..<dash]),
      let space = line[dash...].firstIndex(of: 32),
      let end = MappingLines.hexadecimal(line[(dash + 1)..<space]), end > start
    else { return }
    var scanner = ByteScanner(UnsafeRawBufferPointer(rebasing: line[space...]))
    let permissions = scanner.word()
    for _ in 0..<3 { _ = scanner.word() }
    scanner.skipBlanks()
    let name = scanner.line()
    area = Area(
      start: start, end: end, isAnonymous: name.isEmpty, name: Printable(bytes: name),
      isUsable: permissions.contains(UInt8(ascii: "w")),
      isShared: permissions.last == UInt8(ascii: "s"))
    let size = Bytes(clamping: end - start)
    largest = max(largest, size)
    openMapping(start: start, end: end)
    if isByAddressSpace { add(size: size) }
  }

  private static func hexadecimal(_ bytes: Slice<UnsafeRawBufferPointer>) -> UInt64? {
    guard !bytes.isEmpty, bytes.count <= 16 else { return nil }
    var value: UInt64 = 0
    for byte in bytes {
      guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue else { return nil }
      value = value << 4 | UInt64(digit)
    }
    return value
  }

  private mutating func openMapping(start: UInt64, end: UInt64) {
    guard let area else { return }
    if area.isAnonymous, let open = region, open.end == start {
      region?.end = end
      return
    }
    closeRegion()
    if area.isAnonymous { region = (start, end, Mapping(name: "")) }
  }

  /// A mapping without page counts: what may be written counts as owned.
  private mutating func add(size: Bytes) {
    guard let area, area.isUsable else { return }
    change { mapping in
      mapping.resident = mapping.resident + size
      if area.isAnonymous || area.isShared || !mapping.isFile {
        mapping.owned = mapping.owned + size
      }
    }
  }

  private mutating func take(field line: UnsafeRawBufferPointer) {
    var scanner = ByteScanner(line)
    if scanner.take("Rss:") {
      let size = MappingLines.kilobytes(&scanner)
      change { $0.resident = $0.resident + size }
      if let area, MappingLines.isSharedMemory(area.name.text) {
        change { $0.owned = $0.owned + size }
      }
    } else if scanner.take("Pss:") {
      let size = MappingLines.kilobytes(&scanner)
      proportional = proportional + size
      change { $0.proportional = $0.proportional + size }
    } else if scanner.take("Anonymous:") || scanner.take("Swap:") {
      let size = MappingLines.kilobytes(&scanner)
      if let area, !MappingLines.isSharedMemory(area.name.text) {
        change { $0.owned = $0.owned + size }
      }
    }
  }

  private static func kilobytes(_ scanner: inout ByteScanner) -> Bytes {
    Bytes(clamping: (scanner.number() ?? 0).multipliedReportingOverflow(by: 1024).partialValue)
  }

  private mutating func change(_ body: (inout Mapping) -> Void) {
    guard let area else { return }
    if area.isAnonymous {
      if var open = region {
        body(&open.mapping)
        region = open
      }
      return
    }
    guard named[area.name] != nil || named.count < MappingLines.keptNames * 8 else { return }
    var mapping = named[area.name] ?? Mapping(name: area.name)
    mapping.isFile = area.name.text.hasPrefix("/") && !MappingLines.isSharedMemory(area.name.text)
    body(&mapping)
    named[area.name] = mapping
  }

  private static func isSharedMemory(_ name: String) -> Bool {
    ["/dev/shm/", "/memfd:", "/SYSV", "/dev/zero"].contains { name.hasPrefix($0) }
  }

  private mutating func finishArea() { area = nil }

  private mutating func closeRegion() {
    guard let open = region else { return }
    region = nil
    guard open.mapping.resident > .zero || open.mapping.owned > .zero else { return }
    var mapping = open.mapping
    mapping.name = "[anonymous] below \(Printable(String(open.end, radix: 16)))"
    regions.append(mapping)
  }

  /// Largest first; small regions and rare names are summed, so that their number is bounded.
  mutating func finish() -> [Mapping] {
    finishArea()
    closeRegion()
    let all =
      MappingLines.bounded(regions, MappingLines.keptRegions, rest: "[anonymous] others")
      + MappingLines.bounded(
        Array(named.values), MappingLines.keptNames, rest: "other files and mappings")
    return all.sorted { ($0.owned, $0.resident, $1.name) > ($1.owned, $1.resident, $0.name) }
  }

  private static func bounded(_ mappings: [Mapping], _ count: Int, rest name: Printable)
    -> [Mapping]
  {
    guard mappings.count > count else { return mappings }
    let sorted = mappings.sorted { ($0.owned, $0.resident) > ($1.owned, $1.resident) }
    var others = Mapping(name: name)
    for mapping in sorted[count...] {
      others.resident = others.resident + mapping.resident
      others.proportional = others.proportional + mapping.proportional
      others.owned = others.owned + mapping.owned
    }
    return sorted[..<count] + [others]
  }
}
