/// The time a process's threads were ready and had to wait for a processor.
///
/// The kernel counts it thread by thread, and a thread that ends takes its count along: only growth is added up.
struct ThreadDelays: Sendable {
  private struct Thread: Sendable {
    var name: String
    var file: KeptFile
    var last: UInt64?
  }

  private var threads: [Thread] = []
  private var listed: (count: Int, at: Moment)?
  private var total: UInt64 = 0
  private let limit: Int
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
      return .missing(.because("more than \(String(limit)) threads"))
    }
    if isListDue(count, at: moment) { list(files, handle, count, at: moment) }
    var isSeen = false
    for index in threads.indices {
      guard let bytes = try? scratch.read(files, kept: threads[index].file),
        let delay = ThreadDelays.parse(bytes)
      else { continue }
      isSeen = true
      let last = threads[index].last ?? delay
      total &+= delay >= last ? delay - last : 0
      threads[index].last = delay
    }
    return isSeen ? .fresh(total) : .missing(.notSupported)
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

  /// The second of three numbers: time spent waiting on a run queue.
  private static func parse(_ bytes: UnsafeRawBufferPointer) -> UInt64? {
    var scanner = ByteScanner(bytes)
    guard scanner.number() != nil else { return nil }
    return scanner.number()
  }
}
