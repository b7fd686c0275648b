internal import CSystem

/// A thread that answers questions about processes, batch after batch, as long as somebody holds on to it.
///
/// One that is stuck in the kernel is let go: should it ever come back, it finds that it is over.
final class RosterClerk: Sendable {
  private struct Batch: Sendable {
    var questions: [RosterQuestion]
    var piece: Int
  }

  private let batches = BoundedQueue<Batch>(capacity: 4)
  private let answers = BoundedQueue<[RosterAnswer]>(capacity: 4096)
  private let reader: RosterReader
  private let hasThread: Bool
  private static let room = 8192

  /// Starts the thread; an inline one answers on the caller's, which is what tests want.
  init(_ reader: RosterReader, isInline: Bool) {
    self.reader = reader
    let (batches, answers) = (batches, answers)
    hasThread =
      !isInline
      && Threads.start(name: "roster") {
        let longest: Int64 = 1 << 60
        let scratch = Scratch(size: RosterClerk.room)
        while true {
          guard cs_wait_readable(batches.descriptor, longest) > 0 else { continue }
          for batch in batches.takeAll() {
            if batch.questions.isEmpty { return }
            RosterClerk.work(batch, reader, scratch, answers)
          }
        }
      }
  }

  deinit { if hasThread { batches.offer(Batch(questions: [], piece: 1)) } }

  /// Takes questions on; the answers come in the same order, so many at a time.
  func ask(_ questions: [RosterQuestion], piece: Int) {
    let batch = Batch(questions: questions, piece: max(1, piece))
    if hasThread {
      batches.offer(batch)
    } else if !questions.isEmpty {
      RosterClerk.work(batch, reader, Scratch(size: RosterClerk.room), answers)
    }
  }

  /// What has been answered since.
  func take() -> [RosterAnswer] { answers.takeAll().flatMap(\.self) }

  private static func work(
    _ batch: Batch, _ reader: RosterReader, _ scratch: Scratch,
    _ answers: BoundedQueue<[RosterAnswer]>
  ) {
    for start in stride(from: 0, to: batch.questions.count, by: batch.piece) {
      let end = min(start + batch.piece, batch.questions.count)
      answers.offer(batch.questions[start..<end].map { reader.answer($0, scratch) })
    }
  }
}
