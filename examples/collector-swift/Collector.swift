import Glibc
import Monitors
import Synchronization

/// Collects episodes that are made up, and lets itself be watched and asked while it does.
@main
enum Collector {
  static func main() {
    let link = Link.start("collector", memoryLimit: Bytes(8_000_000_000))
    print("collector \(getpid()) is linked: perftop -p \(getpid())")
    if let problem = link.problem { print(problem) }
    fflush(nil)

    let frames = FrameCache()
    link.cache(
      "frames", size: { frames.bytes }, entries: { frames.count }, evict: { frames.empty() })
    link.quality(level: "high") { quality in
      frames.keep(quality.level == "low" || quality.level == "ultra_low" ? 16 : 128)
      print("quality: \(quality.level)")
    }

    let episodes = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 600
    var written = 0
    for episode in 1...max(1, episodes) {
      let size = link.batchSize(default: 10)
      let begin = ContinuousClock.now
      link.operation("collect_episode", kind: "download_operation") { operation in
        frames.fill(by: size)
        usleep(UInt32.random(in: 60_000...140_000))
        operation.items(size * 100)
      }
      let seconds = begin.duration(to: .now) / .seconds(1)
      link.batch(
        size: size, seconds: seconds, items: size * 100, memory: Bytes(Int64(frames.bytes)))
      link.wrote("parquet", bytes: size * 12_000, seconds: 0.002)
      link.component("lane_detector", fps: 28, latencyMilliseconds: 35, queue: episode % 4)
      link.gauge("episodes", Double(episode))
      written += size * 12_000
      if episode % 10 == 0 {
        print("\(episode) episodes, \(written) bytes of parquet")
        fflush(nil)
      }
    }
  }
}

/// Frames that could be made again.
final class FrameCache: Sendable {
  private struct State {
    var frames: [[UInt8]] = []
    var most = 128
  }

  private let state = Mutex(State())
  private static let frameSize = 100_000

  var count: Int { state.withLock { $0.frames.count } }
  var bytes: Int { count * FrameCache.frameSize }

  func keep(_ most: Int) {
    state.withLock {
      $0.most = most
      $0.frames = $0.frames.suffix(most)
    }
  }

  func fill(by number: Int) {
    state.withLock { state in
      for _ in 0..<min(number, state.most) {
        state.frames.append([UInt8](repeating: 1, count: FrameCache.frameSize))
      }
      state.frames = state.frames.suffix(state.most)
    }
  }

  func empty() -> Int {
    state.withLock { state in
      let freed = state.frames.count * FrameCache.frameSize
      state.frames = []
      return freed
    }
  }
}
