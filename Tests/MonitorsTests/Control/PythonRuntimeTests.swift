import Glibc
import Synchronization
import TestSupport
import Testing

@testable import Monitors

/// Memory that a test lays out; what is not laid out can not be read.
private final class FakeMemory: TargetMemory {
  private let bytes = Mutex<[UInt64: UInt8]>([:])

  func put(_ word: UInt64, at address: UInt64) {
    bytes.withLock { bytes in
      for place in 0..<8 {
        bytes[address + UInt64(place)] = UInt8(truncatingIfNeeded: word >> (8 * UInt64(place)))
      }
    }
  }

  func fill(_ range: Range<UInt64>) {
    bytes.withLock { bytes in for place in range { bytes[place] = 0 } }
  }

  func read(at address: UInt64, count: Int) throws(SystemError) -> [UInt8] {
    let found = bytes.withLock { bytes in (0..<count).compactMap { bytes[address &+ UInt64($0)] } }
    guard found.count == count else { throw SystemError(EIO) }
    return found
  }

  func write(_ new: [UInt8], at address: UInt64) throws(SystemError) {
    bytes.withLock { bytes in
      for (place, byte) in new.enumerated() { bytes[address + UInt64(place)] = byte }
    }
  }

  func word(_ address: UInt64) -> UInt64 {
    bytes.withLock { bytes in
      (0..<8).reduce(0) { $0 | UInt64(bytes[address + UInt64($1)] ?? 0) << (8 * UInt64($1)) }
    }
  }
}

@Suite("CPython's runtime in its memory")
struct PythonRuntimeTests {
  private static let base: UInt64 = 0x10000
  private static let interpreter: UInt64 = 0x20000
  private static let thread: UInt64 = 0x30000
  private static let offsets: [Int: UInt64] = [
    5: 632, 9: 7344, 10: 7360, 24: 8, 28: 160, 89: 24, 90: 304, 91: 8076, 92: 0, 93: 4, 94: 512,
  ]

  private func memory(version: UInt64 = 0x030e_08f0, enabled: UInt64 = 1) -> FakeMemory {
    let memory = FakeMemory()
    memory.fill(Self.base..<(Self.base + 2048))
    memory.fill(Self.interpreter..<(Self.interpreter + 9000))
    memory.fill(Self.thread..<(Self.thread + 1024))
    let start = Self.base + 64
    memory.put(cookie, at: start)
    memory.put(version, at: start + 8)
    for (word, offset) in Self.offsets { memory.put(offset, at: start + UInt64(word) * 8) }
    memory.put(Self.interpreter, at: start + 632)
    memory.put(Self.thread, at: Self.interpreter + 7360)
    memory.put(Self.thread, at: Self.interpreter + 7344)
    memory.put(enabled, at: Self.interpreter + 8076)
    memory.put(42, at: Self.thread + 160)
    memory.put(0x1234_0001, at: Self.thread + 24)
    return memory
  }

  private var cookie: UInt64 {
    Array("xdebugpy".utf8).withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
  }

  private var regions: [MappedRegion] {
    [
      MappedRegion(
        start: Self.base, end: Self.base + 2048, kind: .file, isAccessible: true, isPrivate: true,
        isWritable: true, path: "/usr/bin/python3.14")
    ]
  }

  private func failure(_ memory: FakeMemory) -> Printable? {
    thrown(RoadFailure.self) {
      _ = try PythonRuntime(memory: memory, regions: regions).mainThread()
    }?.sentence
  }

  @Test("the main thread is told of a script, by its path, a flag and one bit")
  func arms() throws {
    let memory = memory()
    let runtime = try PythonRuntime(memory: memory, regions: regions)
    let thread = try runtime.mainThread()
    #expect(thread.number == 42)
    try runtime.arm(thread, path: "/tmp/a.py")
    #expect(try memory.read(at: Self.thread + 308, count: 10) == Array("/tmp/a.py".utf8) + [0])
    #expect(memory.word(Self.thread + 304) & 0xffff_ffff == 1)
    #expect(memory.word(Self.thread + 24) == 0x1234_0021)
    #expect(runtime.otherThreads(than: thread) == [])
    runtime.disarm(thread)
    #expect(memory.word(Self.thread + 304) & 0xffff_ffff == 0)
  }

  @Test(
    "another version, another build and a program that forbids it are refused, each with the reason"
  )
  func refuses() {
    #expect(failure(memory(version: 0x030d_00f0))?.text.contains("Python 3.13") == true)
    #expect(failure(memory(version: 0x030f_00a1))?.text.contains("Python 3.15") == true)
    #expect(failure(memory(enabled: 0))?.text.contains("switched off") == true)
    let free = memory()
    free.put(1, at: Self.base + 64 + 16)
    #expect(failure(free)?.text.contains("without the GIL") == true)
    let empty = FakeMemory()
    empty.fill(Self.base..<(Self.base + 2048))
    #expect(failure(empty)?.text.contains("older than 3.14") == true)
  }

  @Test(
    "D16: a layout that makes no sense is written nothing into",
    arguments: [10, 28, 89, 90, 91, 94])
  func nonsense(_ word: Int) {
    let memory = memory()
    memory.put(0xffff_ffff_ffff, at: Self.base + 64 + UInt64(word) * 8)
    #expect(failure(memory) == "what Python says of its own layout makes no sense")
  }

  @Test("a list of threads that never ends is left after a while")
  func circle() throws {
    let memory = memory()
    memory.put(Self.thread, at: Self.thread + 8)
    let runtime = try PythonRuntime(memory: memory, regions: regions)
    #expect(runtime.otherThreads(than: PythonThread(address: 1, number: 1)).count <= 256)
  }
}
