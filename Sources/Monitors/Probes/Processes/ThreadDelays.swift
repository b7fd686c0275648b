/// The time a process's threads were ready and had to wait for a processor, and how busy the busiest of them is.
///
/// The kernel counts both thread by thread, and a thread that ends takes its counts along: only growth is added up.
struct ThreadDelays: Sendable {
  private struct Thread: Sendable {
    var name: String
    var file: KeptFile
    var last: UInt64?
    var ran: UInt64 = 0
  }

  private var threads: [Thread] = []
  private var listed: (count: Int, at: Moment)?
  private var total: UInt64 = 0
  private var readAt: Moment?
  private let limit: Int
  /// Share of one processor that the busiest of them took between the last two readings; `nil` where that is not known.
  private(set) var busiest: Double?
  private static let listPeriod = 5.0

  /// Looks at so many threads at most.
  init(limit: Int) { self.limit = limit }

  /// Nanoseconds so far, all threads together.
  mutating func read(
    _ files: any Files, _ handle: TargetHandle, threads count: Int, at moment: Moment,
    scratch: Scratch
  ) -> Measured<UInt64> {
    guard count <= limit else {
      threads = []
      listed = nil
      busiest = nil
      return .missing(.because("more than \(String(limit)) threads"))
    }
    if isListDue(count, at: moment) { list(files, handle, count, at: moment) }
    var isSeen = false
    var most: UInt64?
    for index in threads.indices {
      guard let bytes = try? scratch.read(files, kept: threads[index].file),
        let (ran, delay) = ThreadDelays.parse(bytes)
      else { continue }
      isSeen = true
      if let last = threads[index].last {
        total &+= delay >= last ? delay - last : 0
        if ran >= threads[index].ran { most = max(most ?? 0, ran - threads[index].ran) }
      }
      threads[index].last = delay
      threads[index].ran = ran
    }
    takeBusiest(most, at: moment)
    return isSeen ? .fresh(total) : .missing(.notSupported)
  }

  private mutating func takeBusiest(_ nanoseconds: UInt64?, at moment: Moment) {
    let elapsed = readAt.map { moment.seconds(since: $0) } ?? 0
    readAt = moment
    busiest = elapsed > 0 ? nanoseconds.map { Double($0) / 1e9 / elapsed } : nil
  }

  private func isListDue(_ count: Int, at moment: Moment) -> Bool {
    guard let listed else { return true }
    return listed.count != count
      || count > 1 && moment.seconds(since: listed.at) >= ThreadDelays.listPeriod
  }

  private mutating func list(
    _ files: any Files, _ handle: TargetHandle, _ count: Int, at moment: Moment
  ) {
    listed = (count, moment)
    guard let names = try? files.list("task", in: handle.directory) else { return }
    threads = names.prefix(limit).compactMap { name in
      if let known = threads.first(where: { $0.name == name }) { return known }
      guard let file = try? files.keep("task/\(name)/schedstat", in: handle.directory) else {
        return nil
      }
      return Thread(name: name, file: file)
    }
  }

  /// The first two of three numbers: time spent running, and waiting on a run queue.
  private static func parse(_ bytes: UnsafeRawBufferPointer) -> (ran: UInt64, delay: UInt64)? {
    var scanner = ByteScanner(bytes)
    guard let ran = scanner.number(), let delay = scanner.number() else { return nil }
    return (ran, delay)
  }
}
