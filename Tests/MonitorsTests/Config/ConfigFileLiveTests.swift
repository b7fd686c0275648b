import Glibc
import Monitors
import Synchronization
import TestSupport
import Testing

@Suite("Settings in real files")
struct ConfigFileLiveTests {
  private func file(_ path: String, isRoot: Bool = false) -> ConfigFile {
    ConfigFile(files: LiveFiles(), environment: { _ in nil }, option: path, isRoot: isRoot)
  }

  private let machine = HostTree.x86Idle.host

  private func write(_ path: String, _ text: String) throws {
    let file = try OutputFile(path)
    try file.append(Array(text.utf8)[...])
    file.close()
  }

  @Test("a file is read, through a link too")
  func reads() throws {
    let directory = try TemporaryDirectory()
    try write("\(directory.path)/real.yaml", "interval: 3\n")
    OutputFile.link("\(directory.path)/config.yaml", to: "real.yaml")
    let found = try file("\(directory.path)/config.yaml").load(machine: machine)
    #expect(found.config.interval == 3)
    #expect(found.problems == [])
  }

  @Test("F4: a FIFO, an endless device, a directory and a hundred megabytes are refused at once")
  func odd() throws {
    let directory = try TemporaryDirectory()
    let fifo = "\(directory.path)/fifo"
    let large = "\(directory.path)/large"
    #expect(mkfifo(fifo, 0o600) == 0)
    try write(large, "")
    #expect(truncate(large, 100_000_000) == 0)
    let began = ContinuousClock.now
    for path in [fifo, "/dev/zero", directory.path, large] {
      let found = try file(path).load(machine: machine)
      #expect(found.problems.count == 1, "\(path)")
      #expect(found.file == nil)
    }
    #expect(began.duration(to: .now) < .seconds(1) * Patience.factor)
  }

  @Test("F2: as root a file of another user is not obeyed", .enabled(if: geteuid() == 0))
  func others() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/config.yaml"
    try write(path, "interval: 3\n")
    #expect(try file(path, isRoot: true).load(machine: machine).config.interval == 3)
    #expect(chown(path, 1000, 1000) == 0)
    let found = try file(path, isRoot: true).load(machine: machine)
    #expect(found.config.interval == 1)
    #expect(found.problems.first?.sentence.text.hasPrefix("belongs to uid 1000") == true)
    #expect(chown(path, 0, 1000) == 0)
    #expect(try file(path, isRoot: true).load(machine: machine).config.interval == 3)
    #expect(chmod(path, 0o664) == 0)
    let shared = try file(path, isRoot: true).load(machine: machine)
    #expect(shared.config.interval == 1)
    #expect(shared.problems.first?.sentence.text.hasPrefix("gid 1000 can write to it") == true)
    #expect(chown(path, 0, 0) == 0)
    #expect(try file(path, isRoot: true).load(machine: machine).config.interval == 3)
  }

  /// Writes a file again and again on a thread of its own, until it is let go.
  private final class Storm: Sendable {
    let isOver = Atomic<Bool>(false)
    let hasEnded = Atomic<Bool>(false)
    let rounds = Atomic<Int>(0)

    func begin(_ body: @escaping @Sendable (Int) -> Void) {
      _ = Threads.start(name: "storm") { [self] in
        while !isOver.load(ordering: .relaxed) {
          body(rounds.load(ordering: .relaxed))
          rounds.wrappingAdd(1, ordering: .relaxed)
          poll(nil, 0, 1)
        }
        hasEnded.store(true, ordering: .releasing)
      }
    }

    func end() {
      isOver.store(true, ordering: .relaxed)
      while !hasEnded.load(ordering: .acquiring) { poll(nil, 0, 1) }
    }
  }

  private static let wholes = [11, 22].map { number in
    "interval: \(number)\nmemory:\n  max_gb: \(number)\n"
  }

  /// What came of reading while others write: never a mixture, and never less than all.
  private func expectWhole(_ found: LoadedConfig?) {
    guard let found, found.file != nil, found.problems.isEmpty else { return }
    let number = found.config.interval
    #expect([11, 22].contains(number))
    #expect(found.config.memory.maximum == Bytes(Int64(number) * 1_000_000_000))
  }

  @Test(
    "F7: a file that is rewritten a thousand times a second, in halves, is never taken in halves")
  func halves() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/config.yaml"
    try write(path, Self.wholes[0])
    let storm = Storm()
    storm.begin { round in
      let text = Self.wholes[round % 2]
      try? write(path, String(text.prefix(text.count / 2)))
      try? write(path, text)
    }
    let config = file(path)
    var reads = 0
    while reads < 20 || storm.rounds.load(ordering: .relaxed) < 50 {
      expectWhole(try config.loadWhenQuiet(machine: machine))
      reads += 1
    }
    storm.end()
    poll(nil, 0, 30)
    let last = try #require(try config.loadWhenQuiet(machine: machine))
    #expect(last.problems == [] && [11, 22].contains(last.config.interval))
  }

  @Test("F7: a file that is replaced by renaming, as editors do, is taken, and whole")
  func renames() throws {
    let directory = try TemporaryDirectory()
    let path = "\(directory.path)/config.yaml"
    try write(path, Self.wholes[0])
    let storm = Storm()
    storm.begin { round in
      try? write("\(path).new", Self.wholes[round % 2])
      try? OutputFile.rename("\(path).new", to: path)
    }
    var taken = 0
    for _ in 0..<20 {
      let found = try config(path)
      if let found, found.problems.isEmpty { taken += 1 }
      expectWhole(found)
    }
    storm.end()
    #expect(taken > 10)
  }

  private func config(_ path: String) throws -> LoadedConfig? {
    try file(path).loadWhenQuiet(machine: machine)
  }
}
