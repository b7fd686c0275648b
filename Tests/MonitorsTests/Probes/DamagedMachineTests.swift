import TestSupport
import Testing

@testable import Monitors

/// Numbers that look random and are the same every time.
private struct Dice: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state ^ (state >> 29)
  }
}

@Suite("Machines whose files are damaged")
struct DamagedMachineTests {
  private func collect(_ path: String, on host: Host, into found: inout [String: [UInt8]]) {
    let scratch = Scratch()
    for name in (try? host.files.list(path, in: nil)) ?? [] {
      let inner = "\(path)/\(name)"
      switch (try? host.files.status(inner, in: nil, following: false))?.kind {
      case .directory: collect(inner, on: host, into: &found)
      case .regular: found[inner] = (try? scratch.read(host.files, inner)).map { Array($0) }
      default: break
      }
    }
  }

  private func damaged(_ bytes: [UInt8], _ dice: inout Dice) -> [UInt8] {
    switch Int.random(in: 0..<7, using: &dice) {
    case 0: return []
    case 1: return Array(bytes.prefix(Int.random(in: 0...bytes.count, using: &dice)))
    case 2: return (0..<64).map { _ in UInt8.random(in: 0...255, using: &dice) }
    case 3: return Array("-\(UInt64.max)9\n".utf8)
    case 4: return Array("\(Int64.min)\n".utf8)
    case 5:
      return bytes.map { Int.random(in: 0..<8, using: &dice) == 0 ? 0xFF : $0 }
    default: return bytes
    }
  }

  @Test(
    "C14: whatever is damaged, everything else is read and nothing impossible is said",
    arguments: HostTree.allCases)
  func damage(_ tree: HostTree) {
    var contents: [String: [UInt8]] = [:]
    collect("/proc", on: tree.host, into: &contents)
    collect("/sys", on: tree.host, into: &contents)
    let paths = contents.keys.filter { !$0.contains("/4242/") && !$0.contains("/cgroup/") }.sorted()
    #expect(paths.count > 10)
    let scratch = Scratch()
    for seed in 0..<20 {
      var dice = Dice(state: UInt64(seed))
      let files = FakeFiles()
      for path in paths { files.write(path, bytes: damaged(contents[path] ?? [], &dice)) }
      var probe = MachineProbe(host: .fake(files: files), inlineWorkers: true)
      var monitor = ThermalMonitor(ThermalConfig())
      for tick in 0..<3 {
        let moment = Moment(nanoseconds: Int64(tick + 1) * 2_000_000_000)
        var sample = Sample(moment: moment, place: tick)
        probe.read(into: &sample, at: moment, scratch: scratch)
        let reading = monitor.judge(sample)
        var document = Document(path: "thermal")
        reading.describe(into: &document)
        sample.system.describe(into: &document, cpu: .missing(.notYet))
        let warmest = reading.hottest.value?.celsius.value?.degrees ?? 0
        #expect(warmest > -101 && warmest < 251)
        #expect(!reading.headline.isEmpty)
        #expect(reading.power.allSatisfy { $0.watts.value?.isFinite ?? true })
        // Some file is damaged between the ticks.
        if let path = paths.randomElement(using: &dice) {
          files.write(path, bytes: damaged(contents[path] ?? [], &dice))
        }
      }
    }
  }
}
