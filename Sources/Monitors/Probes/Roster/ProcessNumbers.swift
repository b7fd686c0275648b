/// Which processes there are, listed only when somebody may have come or gone.
///
/// A list of 2000 costs 2 ms; `loadavg` tells how many tasks there are and which number was given out last. Of a few
/// new numbers each is looked at by itself, and where nothing has changed nobody was born and nobody collected.
struct ProcessNumbers: Sendable {
  /// What has become of those that were there.
  enum Change: Sendable, Equatable {
    /// Nothing that is known of.
    case none
    /// These have come; who has gone will be found out.
    case born([Int32])
    /// This is everybody, in order.
    case all([Int32])
  }

  private let files: any Files
  private let directory: DirectoryHandle
  private var load: KeptFile?
  private var last: Census?
  private var lastListed: Census?
  private var listedAt: UInt32?
  /// Numbers can be given out without being counted, and in some containers `loadavg` is a made-up file.
  private static let longestPause: UInt32 = 4400
  /// Who ends while asleep is on show for so long at most.
  private static let pauseAfterEnds: UInt32 = 1900
  private static let mostBorn: UInt64 = 32

  private struct Census: Sendable, Equatable {
    var tasks: UInt64
    var newest: UInt64
  }

  init(files: any Files, directory: DirectoryHandle) {
    self.files = files
    self.directory = directory
  }

  /// Looks who has come and gone since the last time.
  mutating func change(at now: UInt32, scratch: Scratch) -> Change {
    let census = census(scratch)
    guard let census, let last, let listedAt, census.newest >= last.newest,
      census.newest - last.newest <= ProcessNumbers.mostBorn
    else { return list(census, at: now, scratch) }
    let age = now &- listedAt
    let isOld = age >= ProcessNumbers.longestPause
    if isOld || census.tasks != lastListed?.tasks && age >= ProcessNumbers.pauseAfterEnds {
      return list(census, at: now, scratch)
    }
    self.last = census
    let born = (last.newest..<census.newest).compactMap { Int32(exactly: $0 + 1) }
      .filter { isProcess($0, scratch) }
    return born.isEmpty ? .none : .born(born)
  }

  private mutating func list(_ census: Census?, at now: UInt32, _ scratch: Scratch) -> Change {
    guard var numbers = try? scratch.numbers(files, ".", in: directory) else { return .none }
    last = census
    lastListed = census
    listedAt = now
    if zip(numbers, numbers.dropFirst()).contains(where: { $0 >= $1 }) {
      numbers = Set(numbers).sorted()
    }
    return .all(numbers)
  }

  /// Threads have numbers of the same kind, and directories that no list shows.
  private func isProcess(_ pid: Int32, _ scratch: Scratch) -> Bool {
    guard let bytes = try? scratch.read(files, String(pid) + "/status", in: directory) else {
      return false
    }
    return ProcessStatus.parse(bytes)?.group == pid
  }

  private mutating func census(_ scratch: Scratch) -> Census? {
    if load == nil { load = try? files.keep("loadavg", in: directory) }
    guard let load, let bytes = try? scratch.read(files, kept: load) else { return nil }
    var scanner = ByteScanner(bytes)
    for _ in 0..<3 { _ = scanner.word() }
    guard scanner.number() != nil, scanner.take("/"), let tasks = scanner.number(),
      let newest = scanner.number()
    else { return nil }
    return Census(tasks: tasks, newest: newest)
  }
}
