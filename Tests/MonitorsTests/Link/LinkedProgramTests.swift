import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("A linked program by itself", .serialized)
struct LinkedProgramTests {
  private let folder: TemporaryDirectory
  private var directory: String { folder.path + "/perftop" }

  init() throws { folder = try TemporaryDirectory() }

  private func start(_ command: [String] = []) throws -> Specimen {
    let program = try #require(
      Specimen(command + [BuiltProgram.collector], environment: ["XDG_RUNTIME_DIR": folder.path]))
    #expect(wait { folder.names("perftop") == ["\(program.pid).sock"] })
    return program
  }

  private func wait(until isDone: () -> Bool) -> Bool {
    let end = ContinuousClock.now.advanced(by: .seconds(5 * Patience.factor))
    while ContinuousClock.now < end {
      if isDone() { return true }
      poll(nil, 0, 5)
    }
    return false
  }

  private func text(_ path: String) -> String {
    var buffer = [UInt8](repeating: 0, count: 4096)
    let count = buffer.withUnsafeMutableBytes {
      (try? LiveFiles().read(path, in: nil, into: $0)) ?? 0
    }
    return String(decoding: buffer[..<count], as: UTF8.self)
  }

  /// The threads of a process by name.
  private func thread(_ name: String, of pid: Int32) -> String? {
    let tasks = (try? LiveFiles().list("/proc/\(pid)/task", in: nil)) ?? []
    return tasks.map { "/proc/\(pid)/task/\($0)" }.first { text("\($0)/comm") == "\(name)\n" }
  }

  private func number(_ key: String, _ text: String) -> Int? {
    text.split(separator: "\n").first { $0.hasPrefix(key + ":") }
      .flatMap { Int($0.dropFirst(key.count + 1).drop { $0 == " " || $0 == "\t" }) }
  }

  @Test("while nobody watches, the link's thread is not woken once")
  func asleep() throws {
    let program = try start()
    #expect(wait { thread("perftop link", of: program.pid) != nil })
    let place = try #require(thread("perftop link", of: program.pid))
    let switches = { number("voluntary_ctxt_switches", text(place + "/status")) }
    // Until its thread has begun to wait.
    poll(nil, 0, 300)
    let before = try #require(switches())
    poll(nil, 0, 1500)
    #expect(switches() == before)
    let caller = try Caller(directory, program.pid)
    #expect(caller.answer(#"{"op":"poll"}"#) != nil)
    #expect(wait { switches() != before })
  }

  @Test("D4: without a descriptor left it pauses, works on, and serves again afterwards")
  func shortage() throws {
    let program = try start(["prlimit", "--nofile=48"])
    var callers = try (0..<100).map { _ in try Caller(directory, program.pid) }
    poll(nil, 0, 200)
    let ticks = { () -> UInt64 in
      let line = Array(text("/proc/\(program.pid)/stat").utf8)
      return line.withUnsafeBytes { ProcessStat.parse($0)?.cpuTicks ?? 0 }
    }
    let before = ticks()
    poll(nil, 0, 1000)
    #expect(ticks() - before < 20)
    #expect(callers[0].answer(#"{"op":"poll"}"#)?["gauges"]?["episodes"] != nil)
    callers.removeFirst(97)
    #expect(callers.allSatisfy { $0.answer(#"{"op":"poll"}"#) != nil })
  }

  @Test(
    "D14: a child that is forked counts and listens by itself, and holds nothing of its parent's")
  func forked() throws {
    let test = try LinkedTest("forking")
    defer { test.link.stop() }
    typealias Fork = @convention(c) () -> pid_t
    // Swift hides the call, because what comes after it must be careful; programs of other languages make it.
    let symbol = try #require(dlsym(nil, "fork"))
    let fork = unsafeBitCast(symbol, to: Fork.self)
    for _ in 0..<3 { test.link.operation("work") { _ in } }
    let early = try test.call()
    #expect(early.answer(#"{"op":"poll"}"#) != nil)
    let child = fork()
    if child == 0 {
      test.link.operation("work") { _ in }
      while true { poll(nil, 0, 1000) }
    }
    defer {
      kill(child, SIGKILL)
      waitpid(child, nil, 0)
    }
    #expect(wait { test.folder.names("perftop").contains("\(child).sock") })
    let caller = try Caller(test.directory, child)
    var count: UInt64 = 0
    #expect(
      wait {
        let reply = caller.answer(#"{"op":"poll"}"#).map(LinkReply.init)
        count += reply?.operations.first?.count ?? 0
        return count > 0
      })
    #expect(count == 1)
    let late = try #require(try test.call().answer(#"{"op":"poll"}"#))
    #expect(LinkReply(late).operations.map(\.count) == [3])
    test.link.stop()
    // If the child held the parent's end, this would stay open.
    #expect(early.closes())
  }
}
