import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("A linked program and viewers that mean no good", .serialized)
struct LinkFaultTests {
  @Test("D1: a request without an end is cut off at 64 KiB")
  func endless() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let caller = try test.call()
    let piece = String(repeating: "a", count: 8192)
    var sent = 0
    while sent < 4 << 20 {
      let count = caller.sendRaw(piece)
      sent += count
      if count == 0, caller.closes(within: 0.05) { break }
    }
    #expect(caller.closes())
    #expect(sent < 2 << 20)
    #expect(try test.call().answer(#"{"op":"poll"}"#) != nil)
  }

  @Test("D6: nonsense is answered as such, and the hundredth time the conversation is over")
  func nonsense() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let caller = try test.call()
    for _ in 0..<99 { caller.ask("]\u{0}") }
    for _ in 0..<99 { #expect(caller.reply()?["error"] == .text("malformed")) }
    #expect(caller.answer(#"{"op":"dance"}"#)?["error"] == .text("unknown request"))
    caller.ask("[")
    #expect(caller.closes())
  }

  @Test("D13: a viewer that does not read is closed, and recording does not notice")
  func deaf() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    for number in 0..<1500 { test.link.operation("operation number \(number)") { _ in } }
    let deaf = try test.call()
    for _ in 0..<200 { deaf.ask(#"{"op":"poll"}"#) }
    let other = try test.call()
    var longest = Duration.zero
    for _ in 0..<200 {
      let begin = ContinuousClock.now
      test.link.operation("operation number 1") { _ in }
      longest = max(longest, begin.duration(to: .now))
      #expect(other.answer(#"{"op":"poll"}"#) != nil)
    }
    #expect(longest < .milliseconds(100 * Patience.factor))
  }

  @Test("D12: a viewer that ends in the middle of an answer raises no signal")
  func brokenPipe() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    signal(SIGPIPE, SIG_DFL)
    for number in 0..<1500 { test.link.operation("operation number \(number)") { _ in } }
    for _ in 0..<20 {
      let caller = try test.call()
      for _ in 0..<4 { caller.ask(#"{"op":"poll"}"#) }
    }
    #expect(try test.call().answer(#"{"op":"poll"}"#) != nil)
  }

  @Test("D3: 500 viewers are served at once")
  func crowd() throws {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    guard limit.rlim_cur > 1200 else { return }
    let test = try LinkedTest()
    defer { test.link.stop() }
    let callers = try (0..<500).map { _ in try test.call() }
    test.link.gauge("a", 1)
    for caller in callers { caller.ask(#"{"op":"poll"}"#) }
    #expect(callers.allSatisfy { $0.reply()?["gauges"]?["a"]?.real == 1 })
  }

  @Test("D2: two hundred who say a byte now and then cost their buffers, and nobody waits for them")
  func dribble() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let slow = try (0..<200).map { _ in try test.call() }
    for byte in #"{"op""# {
      for caller in slow { #expect(caller.sendRaw(String(byte)) == 1) }
      #expect(try test.call().answer(#"{"op":"poll"}"#) != nil)
    }
    for caller in slow.prefix(3) {
      caller.sendRaw(":\"poll\"}\n")
      #expect(caller.reply()?["offers"] != nil)
    }
  }

  @Test("D2: half a line does not put off the minute in which a whole one has to come")
  func idle() throws {
    var ends: [Int32] = [-1, -1]
    socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue), 0, &ends)
    defer { close(ends[1]) }
    let time = FakeTime()
    var viewer = LinkViewer(LocalStream(ends[0]), at: time.now())
    let first = viewer.deadline
    #expect(first == time.now().later(by: 60))
    time.advance(by: 50)
    #expect(write(ends[1], "{", 1) == 1)
    #expect(viewer.takeRequests(at: time.now()).isEmpty)
    #expect(viewer.deadline == first)
    #expect(write(ends[1], "}\n", 2) == 2)
    #expect(viewer.takeRequests(at: time.now()).count == 1)
    #expect(viewer.deadline == time.now().later(by: 60))
  }

  @Test("D3: a storm of connections leaves nothing behind, and one too many is told so")
  func storm() throws {
    var limit = rlimit()
    getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    let test = try LinkedTest()
    defer { test.link.stop() }
    let descriptors = { (try? LiveFiles().list("/proc/self/fd", in: nil).count) ?? 0 }
    #expect(try test.call().answer(#"{"op":"poll"}"#) != nil)
    let before = descriptors()
    for _ in 0..<2000 { _ = try test.call() }
    #expect(try test.call().answer(#"{"op":"poll"}"#) != nil)
    let end = ContinuousClock.now.advanced(by: .seconds(5 * Patience.factor))
    // Other tests hold descriptors of this process too.
    while descriptors() > before + 1000, ContinuousClock.now < end { poll(nil, 0, 10) }
    #expect(descriptors() <= before + 1000)
    guard limit.rlim_cur > UInt64(2 * LinkService.mostViewers + 500) else { return }
    let callers = try (0..<LinkService.mostViewers).map { _ in try test.call() }
    #expect(callers.last?.answer(#"{"op":"poll"}"#)?["offers"] != nil)
    let late = try test.call()
    #expect(late.reply()?["error"] == .text("too many viewers"))
    #expect(late.closes())
  }

  @Test("D8: what a signal left is swept by the next, and nothing else")
  func swept() throws {
    let folder = try TemporaryDirectory()
    let directory = folder.path + "/perftop"
    // No process has so great a number.
    let left = try LocalListener(in: directory, named: "4194999.sock")
    let used = try LocalListener(in: directory, named: "4194998.sock")
    LocalSocket.close(left.descriptor)
    symlink("/etc/passwd", directory + "/4194997.sock")
    let place = LinkPlace(directories: [directory])
    let link = Link("sweeping", memoryLimit: nil, place: place)
    defer { link.stop() }
    #expect(
      Set(folder.names("perftop")) == ["4194997.sock", "4194998.sock", "\(getpid()).sock"])
    LocalSocket.close(used.descriptor)
  }

  @Test("D8: a socket that was left behind is replaced, one that is in use is not")
  func stale() throws {
    let folder = try TemporaryDirectory()
    let directory = folder.path + "/perftop"
    let first = try LocalListener(in: directory, named: "1.sock")
    let refusal = thrown(SystemError.self) { _ = try LocalListener(in: directory, named: "1.sock") }
    #expect(refusal?.code == EADDRINUSE)
    LocalSocket.close(first.descriptor)
    let second = try LocalListener(in: directory, named: "1.sock")
    #expect(folder.names("perftop") == ["1.sock"])
    // Another one has come in its place: that is not for it to remove.
    let third = try LocalListener(in: directory, named: "3.sock")
    rename(directory + "/3.sock", directory + "/1.sock")
    second.remove()
    #expect(folder.names("perftop") == ["1.sock"])
    rename(directory + "/1.sock", directory + "/3.sock")
    third.remove()
    LocalSocket.close(third.descriptor)
    #expect(folder.names("perftop").isEmpty)
    LocalSocket.close(second.descriptor)
  }

  @Test("D8: nothing but a socket is ever replaced")
  func occupied() throws {
    let folder = try TemporaryDirectory()
    let directory = folder.path + "/perftop"
    mkdir(directory, 0o700)
    symlink("/etc/passwd", directory + "/1.sock")
    #expect(
      thrown(SystemError.self) { _ = try LocalListener(in: directory, named: "1.sock") } != nil)
    mkfifo(directory + "/2.sock", 0o600)
    mkdir(directory + "/3.sock", 0o700)
    #expect(
      thrown(SystemError.self) { _ = try LocalListener(in: directory, named: "3.sock") } != nil)
    #expect(Set(folder.names("perftop")) == ["1.sock", "2.sock", "3.sock"])
  }

  @Test("D9, D10: a directory that others may use, or that is somebody else's, is left alone")
  func open() throws {
    let folder = try TemporaryDirectory()
    let directory = folder.path + "/perftop"
    mkdir(directory, 0o700)
    chmod(directory, 0o755)
    let refusal = thrown(SystemError.self) { _ = try LocalListener(in: directory, named: "1.sock") }
    #expect(refusal == .notAllowed)
    #expect(folder.names("perftop").isEmpty)
    symlink(directory, folder.path + "/link")
    chmod(directory, 0o700)
    #expect(
      thrown(SystemError.self) { _ = try LocalListener(in: folder.path + "/link", named: "1.sock") }
        != nil)
  }

  @Test(
    "D15: a path that no address can hold is refused with that reason, and the next place is used")
  func long() throws {
    let folder = try TemporaryDirectory()
    let far = folder.path + "/" + String(repeating: "a", count: 150)
    mkdir(far, 0o700)
    let refusal = thrown(SystemError.self) {
      _ = try LocalListener(in: far + "/perftop", named: "1.sock")
    }
    #expect(refusal?.code == ENAMETOOLONG)
    let place = LinkPlace(directories: [far + "/perftop", folder.path + "/perftop"])
    let link = Link("far", memoryLimit: nil, place: place)
    defer { link.stop() }
    #expect(link.problem == nil)
    #expect(folder.names("perftop") == ["\(getpid()).sock"])
  }

  @Test("who can not listen works on, and says why nobody can connect")
  func nowhere() {
    let link = Link("x", memoryLimit: nil, place: LinkPlace(directories: ["/proc/nowhere"]))
    link.operation("work") { _ in }
    #expect(link.problem != nil)
  }
}
