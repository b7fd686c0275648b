import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Questions that a process may keep from being answered")
struct RosterDeskTests {
  private let gate = HangingFiles()
  private let time = FakeTime()

  private func desk() throws -> RosterDesk {
    for pid in Int32(100)..<180 { gate.files.put(FakeProcess(pid)) }
    let directory = try gate.openDirectory("/proc", in: nil)
    let host = Host(
      files: gate, time: time, processes: FakeProcesses(), environment: { _ in nil })
    return RosterDesk(RosterReader(host: host, directory: directory), isInline: false)
  }

  private func questions(_ pids: Range<Int32>) -> [RosterQuestion] {
    pids.map { RosterQuestion(identity: ProcessKey(pid: $0, startTicks: 5000), wantsFacts: true) }
  }

  /// Waits for real, because a real thread answers; the time that the desk sees stands still.
  private func collect(_ desk: inout RosterDesk, _ count: Int) -> [RosterAnswer] {
    var answers: [RosterAnswer] = []
    for _ in 0..<2000 where answers.count < count {
      answers += desk.collect(at: time.now()).answers
      if answers.count < count { poll(nil, 0, 5) }
    }
    return answers
  }

  @Test("answers come in order, from a thread of their own, batch after batch")
  func order() throws {
    var desk = try desk()
    for _ in 0..<2 {
      desk.ask(questions(100..<180), at: time.now())
      #expect(!desk.isFree)
      let answers = collect(&desk, 80)
      #expect(answers.map(\.question.identity.pid) == Array(100..<180))
      #expect(answers.allSatisfy { $0.command == "/usr/bin/robot --fast" })
      #expect(desk.isFree)
    }
  }

  @Test("C1: one whose command line never comes back is found, and everybody else is answered")
  func stuck() throws {
    gate.shut("/proc/140/cmdline")
    defer { gate.open() }
    var desk = try desk()
    desk.ask(questions(100..<180), at: time.now())
    #expect(collect(&desk, 32).count == 32)
    #expect(desk.collect(at: time.now()).hopeless == nil)
    time.advance(by: 1)
    #expect(desk.collect(at: time.now()).hopeless == nil)
    #expect(desk.isFree)
    desk.ask(questions(132..<180), at: time.now())
    #expect(collect(&desk, 8).map(\.question.identity.pid) == Array(132..<140))
    time.advance(by: 1)
    #expect(desk.collect(at: time.now()).hopeless?.identity.pid == 140)
    desk.ask(questions(141..<180), at: time.now())
    #expect(collect(&desk, 39).count == 39)
  }
}

/// Files of which one never answers, until it is let go.
private final class HangingFiles: FilesBehind {
  let files = FakeFiles()
  private let barrier = Barrier()

  func shut(_ path: String) { files.link("/shut", to: path) }

  func open() { barrier.open(for: 8) }

  func read(
    _ path: String, in directory: DirectoryHandle?, into buffer: UnsafeMutableRawBufferPointer
  ) throws(SystemError) -> Int {
    let shut = (try? files.readLink("/shut", in: nil)).map { String(decoding: $0, as: UTF8.self) }
    if let shut, "\(directory?.path ?? "")/\(path)" == shut { barrier.wait() }
    return try files.read(path, in: directory, into: buffer)
  }
}
