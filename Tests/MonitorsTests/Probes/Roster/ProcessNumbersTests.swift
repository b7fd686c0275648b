import Glibc
import TestSupport
import Testing

@testable import Monitors

@Suite("Who has come and who has gone")
struct ProcessNumbersTests {
  private let files = FakeFiles()
  private let scratch = Scratch()

  private func numbers() throws -> ProcessNumbers {
    for pid in [Int32(9), 10, 200] { files.put(FakeProcess(pid)) }
    load(tasks: 300, newest: 200)
    return ProcessNumbers(files: files, directory: try files.openDirectory("/proc", in: nil))
  }

  private func load(tasks: Int, newest: Int) {
    files.write("/proc/loadavg", "0.10 0.20 0.30 1/\(tasks) \(newest)\n")
  }

  @Test("everybody in order at first, and nothing as long as nothing has changed")
  func first() throws {
    var numbers = try numbers()
    #expect(numbers.change(at: 0, scratch: scratch) == .all([9, 10, 200]))
    for second in 1..<5 {
      #expect(numbers.change(at: UInt32(second) * 1000, scratch: scratch) == .none)
    }
    #expect(numbers.change(at: 5000, scratch: scratch) == .all([9, 10, 200]))
  }

  @Test("of a few new numbers each is looked at: threads are none, nor is who has ended since")
  func born() throws {
    var numbers = try numbers()
    _ = numbers.change(at: 0, scratch: scratch)
    files.put(FakeProcess(203))
    files.write("/proc/204/status", FakeProcess(203).statusText)
    load(tasks: 302, newest: 205)
    #expect(numbers.change(at: 1000, scratch: scratch) == .born([203]))
    #expect(numbers.change(at: 1500, scratch: scratch) == .none)
  }

  @Test("many new numbers, or such that began again from below, are a reason to list all")
  func many() throws {
    var numbers = try numbers()
    _ = numbers.change(at: 0, scratch: scratch)
    load(tasks: 300, newest: 500)
    #expect(numbers.change(at: 1000, scratch: scratch) == .all([9, 10, 200]))
    load(tasks: 300, newest: 12)
    #expect(numbers.change(at: 2000, scratch: scratch) == .all([9, 10, 200]))
  }

  @Test("who ends in his sleep is missed after two seconds")
  func ended() throws {
    var numbers = try numbers()
    _ = numbers.change(at: 0, scratch: scratch)
    files.remove("/proc/10")
    load(tasks: 299, newest: 200)
    #expect(numbers.change(at: 1000, scratch: scratch) == .none)
    #expect(numbers.change(at: 2000, scratch: scratch) == .all([9, 200]))
    #expect(numbers.change(at: 4000, scratch: scratch) == .none)
  }

  @Test("where loadavg can't be had, or says nothing, all are listed each time")
  func unknown() throws {
    var numbers = try numbers()
    for text in ["", "garbage", "0.1 0.2 0.3 1 300 5", "0.1 0.2 0.3 1/x 5"] {
      files.write("/proc/loadavg", text)
      #expect(numbers.change(at: 0, scratch: scratch) == .all([9, 10, 200]))
    }
    files.fail("/proc", with: EMFILE)
    #expect(numbers.change(at: 0, scratch: scratch) == .none)
  }
}
