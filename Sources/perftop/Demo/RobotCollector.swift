import Monitors

/// The collecting half of the demo's robot: episodes in batches, of the size an operator applied.
struct RobotCollector {
  static let usualSize = 10
  /// What an episode takes while its batch lasts.
  static let episodeBytes = 150_000
  private static let mostBytes = 64_000_000
  /// One batch of so many fails, as links to a robot do.
  private static let failingBatch = 29

  private struct Batch {
    var size: Int
    var begun: Double
    var ends: Double
    var operation: LinkOperation
  }

  private let link: Link
  private let memory = AnonymousMemory(size: mostBytes, name: "batch")
  private var batch: Batch?
  private var number = 0
  private var episodes = 0

  init(_ link: Link) { self.link = link }

  /// How long a batch takes: what each costs in any case weighs less in large ones, until they get unwieldy.
  static func seconds(size: Int, number: Int) -> Double {
    let size = Double(size)
    let unevenness = 0.97 + 0.06 * Double(number * 37 % 100) / 100
    return (0.12 + 0.012 * size + 0.00012 * size * size) * unevenness
  }

  /// Ends the batch that is due, and begins the next; nothing ends while nothing can be written.
  mutating func step(_ scene: DemoScene) {
    if let batch {
      guard scene.elapsed >= batch.ends, !scene.isStalled else { return }
      finish(batch, at: scene.elapsed)
    }
    begin(at: scene.elapsed)
  }

  private mutating func begin(at elapsed: Double) {
    let size = max(1, link.batchSize(default: RobotCollector.usualSize))
    number += 1
    memory?.touch(min(size, 1_000_000) * RobotCollector.episodeBytes)
    batch = Batch(
      size: size, begun: elapsed,
      ends: elapsed + RobotCollector.seconds(size: size, number: number),
      operation: link.begin("collect_batch", kind: "download_operation"))
  }

  private mutating func finish(_ batch: Batch, at elapsed: Double) {
    var operation = batch.operation
    let isDone = number % RobotCollector.failingBatch != 0
    if isDone {
      operation.items(batch.size)
      episodes += batch.size
    } else {
      operation.fail()
    }
    operation.end()
    link.batch(
      size: batch.size, seconds: elapsed - batch.begun, items: isDone ? batch.size : 0,
      memory: Bytes(clamping: UInt64(memory?.touched ?? 0)), isDone: isDone)
    link.gauge("episodes", Double(episodes))
    memory?.release()
    self.batch = nil
  }
}
