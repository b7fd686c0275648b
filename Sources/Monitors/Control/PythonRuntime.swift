/// CPython's runtime as its memory shows it, found by the cookie it carries for debuggers.
struct PythonRuntime {
  private let memory: any TargetMemory
  private let start: UInt64
  private let words: [UInt64]

  /// Where in the table of offsets each one stands, in version 3.14.
  private enum Word {
    static let count = 95
    static let interpretersHead = 5
    static let threadsHead = 9
    static let threadsMain = 10
    static let threadNext = 24
    static let threadNumber = 28
    static let breaker = 89
    static let support = 90
    static let enabled = 91
    static let pending = 92
    static let path = 93
    static let pathSize = 94
  }

  private static let cookie = Array("xdebugpy".utf8)
  private static let mostScanned = 32 << 20
  private static let supported: UInt64 = 0x030e
  private static let pleaseStop: UInt64 = 1 << 5
  private static let mostThreads = 256

  /// Looks for it in the writable parts of Python's own files.
  init(memory: any TargetMemory, regions: [MappedRegion]) throws(RoadFailure) {
    self.memory = memory
    guard let start = PythonRuntime.find(memory, regions) else {
      throw .cannot("this Python is older than 3.14 and has no way in: import perftop_link in it")
    }
    self.start = start
    words = try PythonRuntime.table(memory, start)
  }

  private static func find(_ memory: any TargetMemory, _ regions: [MappedRegion]) -> UInt64? {
    var scanned = 0
    for region in regions where region.size > 0 && region.size < UInt64(mostScanned) {
      let size = Int(region.size)
      guard scanned + size <= mostScanned else { return nil }
      scanned += size
      guard let bytes = try? memory.read(at: region.start, count: size) else { continue }
      if let place = place(of: cookie, in: bytes) { return region.start + UInt64(place) }
    }
    return nil
  }

  private static func place(of cookie: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { bytes in
      let wanted = cookie.withUnsafeBytes { $0.loadUnaligned(as: UInt64.self) }
      return stride(from: 0, through: bytes.count - 16, by: 8).first {
        bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self) == wanted
          && isVersion(bytes.loadUnaligned(fromByteOffset: $0 + 8, as: UInt64.self))
      }
    }
  }

  /// The cookie stands elsewhere too, as a constant in code that looks for it.
  private static func isVersion(_ word: UInt64) -> Bool { word >> 24 == 3 && word >> 16 >= 0x030d }

  private static func table(_ memory: any TargetMemory, _ start: UInt64) throws(RoadFailure)
    -> [UInt64]
  {
    let head = try read(memory, start, 24)
    let version = head[1]
    let number = "3.\(version >> 16 & 0xff)"
    guard version >> 16 == supported else {
      throw .cannot("this is Python \(Printable(number)), and only 3.14 can be asked from outside")
    }
    guard head[2] == 0 else {
      throw .cannot("this Python is built without the GIL, where this is not tried")
    }
    let words = try read(memory, start, Word.count * 8)
    let isSound =
      words[Word.pathSize] >= 64 && words[Word.pathSize] <= 4096
      && [Word.threadsMain, Word.breaker, Word.support, Word.enabled, Word.threadNumber].allSatisfy
      { words[$0] < 1 << 20 }
    guard isSound else { throw .cannot("what Python says of its own layout makes no sense") }
    return words
  }

  private static func read(_ memory: any TargetMemory, _ address: UInt64, _ count: Int)
    throws(RoadFailure) -> [UInt64]
  {
    do throws(SystemError) {
      return try memory.read(at: address, count: count).withUnsafeBytes { bytes in
        stride(from: 0, to: bytes.count - 7, by: 8).map {
          bytes.loadUnaligned(fromByteOffset: $0, as: UInt64.self)
        }
      }
    } catch { throw RoadFailure(error, needs: Target.rights, doing: "reading its memory") }
  }

  private func word(at address: UInt64) throws(RoadFailure) -> UInt64 {
    let found = try PythonRuntime.read(memory, address, 8)
    guard let first = found.first else { throw .cannot("its memory can not be read") }
    return first
  }

  /// The thread that started Python; refuses where the program forbids to be debugged.
  func mainThread() throws(RoadFailure) -> PythonThread {
    let interpreter = try word(at: start &+ words[Word.interpretersHead])
    guard interpreter != 0 else { throw .cannot("Python has not started yet") }
    let enabled = try word(at: interpreter &+ words[Word.enabled]) & 0xffff_ffff
    guard enabled == 1 else {
      throw .cannot("remote debugging is switched off in it (PYTHON_DISABLE_REMOTE_DEBUG)")
    }
    let main = try word(at: interpreter &+ words[Word.threadsMain])
    guard main != 0 else { throw .cannot("Python has no main thread") }
    return try thread(at: main)
  }

  private func thread(at address: UInt64) throws(RoadFailure) -> PythonThread {
    let number = try word(at: address &+ words[Word.threadNumber])
    return PythonThread(address: address, number: Int32(truncatingIfNeeded: number))
  }

  /// All threads but one.
  func otherThreads(than first: PythonThread) -> [PythonThread] {
    guard let interpreter = try? word(at: start &+ words[Word.interpretersHead]),
      var next = try? word(at: interpreter &+ words[Word.threadsHead])
    else { return [] }
    var threads: [PythonThread] = []
    while next != 0, threads.count < PythonRuntime.mostThreads, let found = try? thread(at: next) {
      if found.address != first.address { threads.append(found) }
      guard let following = try? word(at: next &+ words[Word.threadNext]) else { break }
      next = following
    }
    return threads
  }

  /// Tells a thread of a script, and to look for it.
  func arm(_ thread: PythonThread, path: String) throws(RoadFailure) {
    let support = thread.address &+ words[Word.support]
    let bytes = Array(path.utf8) + [0]
    guard UInt64(bytes.count) <= words[Word.pathSize] else {
      throw .cannot("the path of the script is too long")
    }
    do throws(SystemError) {
      try memory.write(bytes, at: support &+ words[Word.path])
      try memory.write([1, 0, 0, 0], at: support &+ words[Word.pending])
      let place = thread.address &+ words[Word.breaker]
      let low = try memory.read(at: place, count: 1)
      // Only the byte with the bit is written, so that what else is set meanwhile is not lost.
      try memory.write(low.map { $0 | UInt8(PythonRuntime.pleaseStop) }, at: place)
    } catch { throw RoadFailure(error, needs: Target.rights, doing: "writing to its memory") }
  }

  /// Takes a request back that was not heard.
  func disarm(_ thread: PythonThread) {
    let pending = thread.address &+ words[Word.support] &+ words[Word.pending]
    guard let now = try? memory.read(at: pending, count: 4), now == [1, 0, 0, 0] else { return }
    try? memory.write([0, 0, 0, 0], at: pending)
  }
}

/// One of Python's threads: where it lies in memory, and its number in its own namespace.
struct PythonThread: Equatable {
  var address: UInt64
  var number: Int32
}
