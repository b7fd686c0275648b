import Monitors

/// One small thing that is done very often: to measure another, add it to the list.
struct MicroBenchmark {
  var name: String
  var body: () -> Void

  static func all() -> [MicroBenchmark] {
    [
      MicroBenchmark(name: "read /proc/self/stat") { reading("/proc/self/stat") },
      MicroBenchmark(name: "read /proc/self/smaps_rollup") { reading("/proc/self/smaps_rollup") },
      MicroBenchmark(name: "clean a plain name") { keep(Printable("camera_node").text) },
      MicroBenchmark(name: "clean a hostile name") {
        keep(Printable("\u{1b}]0;caméra\u{7}").text)
      },
      MicroBenchmark(name: "tell the time") { keep(host.time.now()) },
    ]
  }

  private static let host = Host.live()

  private static func reading(_ path: String) {
    withUnsafeTemporaryAllocation(byteCount: 16384, alignment: 16) { buffer in
      keep(try? host.files.read(path, in: nil, into: UnsafeMutableRawBufferPointer(buffer)))
    }
  }

  /// Keeps the optimiser from doing nothing at all.
  @inline(never)
  static func keep<Value>(_ value: Value) {}

  /// The least of several rounds: noise only ever adds.
  private func nanoseconds() -> Double {
    let rounds = 15
    let clock = ContinuousClock()
    var repetitions = 1
    while clock.measure({ for _ in 0..<repetitions { body() } }) < .milliseconds(2) {
      repetitions *= 2
    }
    let best = (0..<rounds).map { _ in
      clock.measure { for _ in 0..<repetitions { body() } }
    }.min()
    return (best?.seconds ?? .nan) * 1e9 / Double(repetitions)
  }

  static func runAll() {
    var table = Table(["once", "ns"])
    for benchmark in all() { table.add([benchmark.name, benchmark.nanoseconds().short]) }
    table.show("Small things, the best of 15 rounds")
  }
}

extension Duration {
  var seconds: Double { Double(components.seconds) + Double(components.attoseconds) / 1e18 }
}
