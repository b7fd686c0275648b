/// The numbers of all processes, listed only when somebody may have come or gone.
///
/// A list of 2000 costs 2 ms; `loadavg` tells how many tasks there are and which number was given out last, and where
/// neither has changed nobody was born and nobody collected.
struct ProcessNumbers: Sendable {
  private let files: any Files
  private let directory: DirectoryHandle
  private var load: KeptFile?
  private var last: Census?
  private var listedAt: UInt32?
  /// Numbers can be given out without being counted, and in some containers `loadavg` is a made-up file.
  private static let longestPause: UInt32 = 4400

  private struct Census: Sendable, Equatable {
    var tasks: UInt64
    var newest: UInt64
  }

  init(files: any Files, directory: DirectoryHandle) {
    self.files = files
    self.directory = directory
  }

  /// All numbers in order; `nil` where nothing can have changed, or they can't be listed now.
  mutating func changed(at now: UInt32, scratch: Scratch) -> [Int32]? {
    let census = census(scratch)
    if let census, census == last, let listedAt, now &- listedAt < ProcessNumbers.longestPause {
      return nil
    }
    guard var numbers = try? scratch.numbers(files, ".", in: directory) else { return nil }
    last = census
    listedAt = now
    if zip(numbers, numbers.dropFirst()).contains(where: { $0 >= $1 }) {
      numbers = Set(numbers).sorted()
    }
    return numbers
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
