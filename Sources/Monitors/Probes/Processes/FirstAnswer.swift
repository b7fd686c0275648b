/// Whether a file that can hang has answered once.
///
/// The storage counters lie behind a lock that an exec holds, for ever if its filesystem is dead; so a worker reads
/// them first, and only what has answered is read where everybody waits.
struct FirstAnswer: Sendable {
  private let worker: Worker<Bool>
  private let time: any TimeSource
  private var isAsked = false
  private var hasAnswered = false
  private static let room = 1024
  private static let looks = 10
  private static let pause: Int64 = 200_000

  init(time: any TimeSource, inlineWorker: Bool) {
    self.time = time
    worker = Worker(name: "first answer", isInline: inlineWorker)
  }

  /// Asks if nobody has; an answer that comes at all comes at once, so it is waited for a little, once.
  mutating func isThere(
    _ path: String, in directory: DirectoryHandle, _ files: any Files, at moment: Moment
  ) -> Bool {
    if hasAnswered { return true }
    let looks = isAsked ? 1 : FirstAnswer.looks
    if !isAsked {
      isAsked = worker.start(at: moment) {
        withUnsafeTemporaryAllocation(byteCount: FirstAnswer.room, alignment: 8) { buffer in
          (try? files.read(path, in: directory, into: buffer)) != nil
        }
      }
    }
    for look in 1...looks where !hasAnswered {
      if case .done = worker.poll() {
        hasAnswered = true
      } else if look < looks {
        time.wait(nanoseconds: FirstAnswer.pause)
      }
    }
    return hasAnswered
  }
}
