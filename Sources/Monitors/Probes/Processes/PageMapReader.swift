import Glibc

/// Counts the pages of mappings in `pagemap`.
///
/// The kernel takes the target's memory lock for 2 MB at a time here, so that no mapping is too large to be counted.
struct PageMapReader {
  let files: any Files
  let time: any TimeSource
  let deadline: Moment

  private static let pageSize = max(1, Int64(sysconf(Int32(_SC_PAGESIZE))))
  private static let entrySize: Int64 = 8
  private static let room = 65536
  private static let large: UInt64 = 64_000_000

  /// Fills in what each mapping owns, small ones first; gives the places of those there was no time for.
  ///
  /// The largest can be left to subtraction: that is exact, and spares most of the work where one mapping is nearly all.
  func count(
    _ regions: inout [MappedRegion], in directory: DirectoryHandle, sparesLargest: Bool
  ) throws(SystemError) -> [Int] {
    let file = try files.keep("pagemap", in: directory)
    var waiting = regions.indices.filter { PageMapReader.isWorthCounting(regions[$0]) }
    waiting.sort { regions[$0].size > regions[$1].size }
    let isSpared =
      sparesLargest && waiting.first.map { regions[$0].size >= PageMapReader.large } ?? false
    let spared = isSpared ? 1 : 0
    var failure: SystemError?
    withUnsafeTemporaryAllocation(byteCount: PageMapReader.room, alignment: 16) { buffer in
      do throws(SystemError) {
        while waiting.count > spared, let index = waiting.last, time.now() < deadline {
          guard try count(&regions[index], file, buffer) else { break }
          waiting.removeLast()
        }
      } catch { failure = error }
    }
    if let failure { throw failure }
    return waiting
  }

  /// Pages of files can be read again and are no one's own, except where they were written to.
  private static func isWorthCounting(_ region: MappedRegion) -> Bool {
    switch region.kind {
    case .kernel: false
    case .file: region.isPrivate && region.isWritable
    default: region.isAccessible
    }
  }

  private func count(
    _ region: inout MappedRegion, _ file: KeptFile, _ buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Bool {
    let first = Int64(clamping: region.start) / PageMapReader.pageSize * PageMapReader.entrySize
    let end = Int64(clamping: region.end) / PageMapReader.pageSize * PageMapReader.entrySize
    var offset = first
    var pages = Pages()
    while offset < end {
      let wanted = Int(min(Int64(buffer.count), end - offset))
      let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<wanted])
      let got = try files.read(file, at: offset, into: piece)
      guard got >= Int(PageMapReader.entrySize) else { break }
      PageMapReader.add(UnsafeRawBufferPointer(rebasing: buffer[..<got]), to: &pages)
      offset += Int64(got)
      if deadline < time.now() { return false }
    }
    region.resident = pages.present * PageMapReader.pageSize
    region.anonymous = pages.anonymous * PageMapReader.pageSize
    region.swapped = pages.swapped * PageMapReader.pageSize
    region.sharedByFork = pages.shared * PageMapReader.pageSize
    return true
  }

  private struct Pages {
    var present: Int64 = 0
    var anonymous: Int64 = 0
    var shared: Int64 = 0
    var swapped: Int64 = 0
  }

  private static func add(_ entries: UnsafeRawBufferPointer, to pages: inout Pages) {
    let presentBit: UInt64 = 1 << 63
    let swappedBit: UInt64 = 1 << 62
    let fileBit: UInt64 = 1 << 61
    let exclusiveBit: UInt64 = 1 << 56
    for offset in stride(from: 0, through: entries.count - 8, by: 8) {
      let entry = entries.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
      if entry & presentBit != 0 {
        pages.present += 1
        if entry & fileBit == 0 { pages.anonymous += 1 }
        if entry & (fileBit | exclusiveBit) == 0 { pages.shared += 1 }
      } else if entry & swappedBit != 0 {
        pages.swapped += 1
      }
    }
  }
}
