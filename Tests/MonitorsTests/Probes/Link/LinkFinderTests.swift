import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Finding sockets of linked processes")
struct LinkFinderTests {
  /// The process of the test itself, as if it had another environment.
  private func finder(_ runtime: String) throws -> (
    LinkFinder, LinkFinder.Subject, TemporaryDirectory
  ) {
    let folder = try TemporaryDirectory()
    OutputFile.makeDirectory(folder.path + "/proc")
    let file = try OutputFile(folder.path + "/proc/environ")
    try file.append(Array("A=1\u{0}XDG_RUNTIME_DIR=\(runtime)\u{0}B=2".utf8)[...])
    file.close()
    let directory = try LiveFiles().openDirectory(folder.path + "/proc", in: nil)
    let handle = TargetHandle(pid: getpid(), directory: directory, process: nil, startTicks: 1)
    return (LinkFinder(host: .live()), LinkFinder.Subject(handle: handle, user: geteuid()), folder)
  }

  private func refusal(_ runtime: String, _ change: (inout LinkFinder.Subject) -> Void = { _ in })
    throws -> Printable?
  {
    var (finder, subject, folder) = try finder(runtime)
    defer { withExtendedLifetime(folder) {} }
    change(&subject)
    do {
      LocalSocket.close(try finder.connect(subject))
      return nil
    } catch { return error.sentence }
  }

  @Test("the target's own runtime directory is where it is found")
  func found() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    #expect(try refusal(test.folder.path) == nil)
    #expect(try refusal("relative") == "the target is not linked")
  }

  @Test("D9: a directory that is another user's, or open to others, is not trusted")
  func squatted() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    #expect(
      try refusal(test.folder.path) { $0.user = 4242 }
        == "a socket is there, but its directory belongs to user \(geteuid())")
    chmod(test.directory, 0o755)
    #expect(
      try refusal(test.folder.path)
        == "a socket is there, but others may write or look into its directory")
  }

  @Test("D11: the kernel says who listens, not the name of the socket")
  func forged() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let name = "\(test.directory)/\(getppid()).sock"
    rename("\(test.directory)/\(getpid()).sock", name)
    let said = try refusal(test.folder.path) {
      $0.handle = TargetHandle(
        pid: getppid(), directory: $0.handle.directory, process: nil, startTicks: 1)
    }
    #expect(said == "a socket is there, but process \(getpid()) listens at it")
    let subject = LinkFinder.Subject(handle: FakeTarget(pid: 42).handle, user: 1000)
    let other = thrown(LinkFailure.self) {
      try LinkFinder.check(LocalSocket.Peer(process: 42, user: 1001), subject)
    }
    #expect(other == .notLinked("a socket is there, but user 1001 listens at it"))
    #expect(
      thrown(LinkFailure.self) {
        try LinkFinder.check(LocalSocket.Peer(process: 42, user: 0), subject)
      } == nil)
  }

  @Test("D8: a socket at which nobody listens any more refuses, and says so")
  func stale() throws {
    let folder = try TemporaryDirectory()
    let listener = try LocalListener(in: folder.path + "/perftop", named: "\(getpid()).sock")
    LocalSocket.close(listener.descriptor)
    #expect(
      try refusal(folder.path)?.text.hasPrefix("a socket is there, but refuses: ") == true)
  }

  @Test("numbers of processes and users are the target's own")
  func namespaces() {
    let status = Array("Name:\tx\nNSpid:\t4711\t37\t12\nThreads:\t1\n".utf8)
    #expect(status.withUnsafeBytes { LinkFinder.ownNumber(in: $0) } == 12)
    let old = Array("Name:\tx\n".utf8)
    #expect(old.withUnsafeBytes { LinkFinder.ownNumber(in: $0) } == nil)
    let map = Array("         0     100000      65536\n     65536       1000          1\n".utf8)
    #expect(map.withUnsafeBytes { LinkFinder.ownUser(100_033, in: $0) } == 33)
    #expect(map.withUnsafeBytes { LinkFinder.ownUser(1000, in: $0) } == 65536)
    #expect(map.withUnsafeBytes { LinkFinder.ownUser(7, in: $0) } == nil)
  }

  @Test("D16: looking at it two hundred times leaves a target as it was, and serving")
  func harmless() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    for _ in 0..<200 { #expect(try refusal(test.folder.path) == nil) }
    let caller = try test.call()
    #expect(caller.answer(#"{"op":"poll"}"#) != nil)
    let isWatched = test.link.isWatched.load(ordering: .relaxed)
    #expect(isWatched)
    withExtendedLifetime(caller) {}
  }

  @Test("an order is carried out, and a refusal has the target's own words")
  func courier() throws {
    let test = try LinkedTest()
    defer { test.link.stop() }
    let stream = LocalStream(try LocalSocket.connect("\(test.directory)/\(getpid()).sock"))
    let time = LiveTime()
    let reply = try LinkCourier.exchange(
      #"{"op":"do","id":1,"action":"gc"}"#, on: stream, until: time.now().later(by: 5), time)
    #expect(reply["outcome"]?.string?.hasPrefix("gave back") == true)
    let refused = thrown(LinkFailure.self) {
      _ = try LinkCourier.judged(
        LinkCourier.exchange(
          #"{"op":"do","id":1,"action":"batch","size":3}"#, on: stream,
          until: time.now().later(by: 5), time))
    }
    #expect(refused == .refused("the program asks for no size"))
  }

  @Test("D2: an order that is not answered is given up in time")
  func unanswered() {
    let wire = Wire()
    let near = wire.near()
    let time = LiveTime()
    let failure = thrown(LinkFailure.self) {
      _ = try LinkCourier.exchange(
        #"{"op":"do","id":1}"#, on: near, until: time.now().later(by: 0.2), time)
    }
    #expect(failure == .noAnswer)
    wire.say("{\"id\":1,\"started\":true}\n{\"id\":9,\"ok\":true}\n")
    wire.hangUp()
    let broken = thrown(LinkFailure.self) {
      _ = try LinkCourier.exchange(
        #"{"op":"do","id":1}"#, on: near, until: time.now().later(by: 2), time)
    }
    #expect(broken == .lost("it closed the connection"))
  }
}
