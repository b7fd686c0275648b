/// Reads a long kernel file in pieces and hands out its lines.
///
/// The kernel holds the target's memory lock while it fills a piece: small pieces let go of it between two mappings.
struct PieceReader {
  /// What the kernel took for it, in seconds of processor time.
  struct Cost {
    var longest = 0.0
    var total = 0.0

    fileprivate mutating func add(_ nanoseconds: Int64) {
      let seconds = Double(nanoseconds) / 1e9
      longest = max(longest, seconds)
      total += seconds
    }
  }

  let files: any Files
  let time: any TimeSource
  /// When it has taken too long and stops.
  let deadline: Moment

  private static let room = 16384
  private static let mostBytes: Int64 = 1 << 26

  /// Reads to the end, or throws; lines longer than any path are passed over.
  @discardableResult
  func lines(
    _ path: String, in directory: DirectoryHandle, piece: Int,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(SystemError) -> Cost {
    let file = try files.keep(path, in: directory)
    var cost = Cost()
    var failure: SystemError?
    withUnsafeTemporaryAllocation(byteCount: PieceReader.room, alignment: 16) { buffer in
      do throws(SystemError) {
        try read(file, piece: piece, buffer, &cost, body)
      } catch { failure = error }
    }
    if let failure { throw failure }
    return cost
  }

  private func read(
    _ file: KeptFile, piece: Int, _ buffer: UnsafeMutableRawBufferPointer, _ cost: inout Cost,
    _ body: (UnsafeRawBufferPointer) -> Void
  ) throws(SystemError) {
    var offset: Int64 = 0
    var filled = 0
    while offset < PieceReader.mostBytes {
      let end = min(buffer.count, filled + piece)
      let begin = time.threadNanoseconds()
      let count = try files.read(
        file, at: offset, into: UnsafeMutableRawBufferPointer(rebasing: buffer[filled..<end]))
      cost.add(time.threadNanoseconds() - begin)
      if count == 0 { break }
      if deadline < time.now() { throw .timedOut }
      offset += Int64(count)
      filled += count
      let rest = PieceReader.handOut(UnsafeRawBufferPointer(rebasing: buffer[..<filled]), body)
      let isTooLong = rest == 0 && filled == buffer.count
      filled = isTooLong ? 0 : PieceReader.moveToFront(buffer, rest..<filled)
    }
    if filled > 0 { body(UnsafeRawBufferPointer(rebasing: buffer[..<filled])) }
  }

  /// Gives whole lines away and says where the unfinished one begins.
  private static func handOut(
    _ bytes: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
  ) -> Int {
    var start = 0
    while let end = bytes[start...].firstIndex(of: 10) {
      body(UnsafeRawBufferPointer(rebasing: bytes[start..<end]))
      start = end + 1
    }
    return start
  }

  private static func moveToFront(_ buffer: UnsafeMutableRawBufferPointer, _ range: Range<Int>)
    -> Int
  {
    if range.lowerBound > 0, !range.isEmpty {
      UnsafeMutableRawBufferPointer(rebasing: buffer[..<range.count]).copyMemory(
        from: UnsafeRawBufferPointer(rebasing: buffer[range]))
    }
    return range.count
  }
}
