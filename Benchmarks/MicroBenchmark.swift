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
      judging(),
    ]
  }

  private static let host = Host.live()

  /// One tick of judging the whole, of a program that fills a disk and warms its machine.
  private static func judging() -> MicroBenchmark {
    var monitor = JudgementMonitor(JudgementConfig())
    var inputs = (0..<1000).map(judged)
    var next = 0
    return MicroBenchmark(name: "judge the whole of a tick") {
      next = (next + 1) % inputs.count
      // The clock goes on where the inputs begin again.
      let moment = inputs[next].sample.moment
      inputs[next].sample.moment = moment.later(by: Double(inputs.count))
      keep(monitor.judge(inputs[next]))
    }
  }

  private static func judged(_ second: Int) -> Readings {
    let noise = Double(second &* 7919 % 101) / 101
    var sample = Sample(moment: Moment(nanoseconds: Int64(second) * 1_000_000_000))
    sample.target = .fresh(TargetSample(pid: 42, root: ProcessSample(pid: 42)))
    var input = Readings(sample: sample, interval: 1)
    input.vitals.cpu = .fresh(Ratio(0.2 + noise / 10))
    input.vitals.memory = .fresh(Ratio(0.4))
    input.vitals.targetCPU = .fresh(Ratio(0.5 + noise / 10))
    input.memory.resident = .fresh(Bytes(2_400_000_000 + Int64(second) * 10_000))
    input.memory.owned = .fresh(Bytes(2_000_000_000 + Int64(noise * 1e6)))
    input.storage.writeRate = .fresh(BytesPerSecond(1e6 * noise))
    let space = SpaceSample(
      total: Bytes(1_000_000_000_000), available: Bytes(40_000_000_000 - Int64(second) * 100_000),
      inodes: 1_000_000, inodesFree: 500_000)
    input.storage.filesystems = [
      FilesystemSample(mount: "/data", kind: "ext4", space: .fresh(space))
    ]
    input.thermal.hottest = .fresh(
      SensorSample(name: "cpu", source: "zone0", celsius: .fresh(Celsius(50 + noise))))
    return input
  }

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
