extension Link {
  /// Does a piece of work and records how long it took and whether it failed.
  @inlinable
  public func operation<Result, Failure: Error>(
    _ name: String, kind: String = "", _ body: (inout LinkOperation) throws(Failure) -> Result
  ) throws(Failure) -> Result {
    var operation = begin(name, kind: kind)
    do throws(Failure) {
      let result = try body(&operation)
      operation.end()
      return result
    } catch {
      operation.fail()
      operation.end()
      throw error
    }
  }

  /// Begins a piece of work that ends elsewhere.
  public func begin(_ name: String, kind: String = "") -> LinkOperation {
    followFork()
    let now = LiveTime.monotonicNanoseconds()
    let memory = memoryNow(at: now)
    let (place, slot, generation) = book.withLock { book in
      let (place, slot) = book.begin(name, kind, at: now)
      return (place, slot, book.generation)
    }
    return LinkOperation(
      link: self, place: place, slot: slot, generation: generation, begun: now, memory: memory)
  }

  func end(_ operation: LinkOperation) {
    let now = LiveTime.monotonicNanoseconds()
    var change: Int64?
    if operation.memory >= 0, let after = OwnMemory.resident() {
      change = after &- operation.memory
    }
    book.withLock { $0.end(operation, at: now, memory: change) }
  }

  /// Records that something was written.
  public func wrote(_ format: String, bytes: Int, seconds: Double = 0) {
    followFork()
    let taken = seconds.isFinite ? UInt64(min(max(0, seconds), 1e9) * 1e9) : 0
    book.withLock { $0.wrote(format, bytes: UInt64(max(0, bytes)), nanoseconds: taken) }
  }

  /// Records a batch: how large it was asked to be, how long it took, and what came of it.
  public func batch(
    size: Int, seconds: Double, items: Int, memory: Bytes? = nil, isDone: Bool = true,
    isOutOfMemory: Bool = false
  ) {
    guard seconds.isFinite else { return }
    followFork()
    var batch = BatchSample(
      size: Double(size), seconds: max(0, seconds), items: Double(items), memory: memory,
      isDone: isDone && !isOutOfMemory)
    batch.isOutOfMemory = isOutOfMemory
    book.withLock { [batch] in $0.add(batch) }
  }

  /// Sets a number of the program's own; what is no number is left out.
  public func gauge(_ name: String, _ value: Double) {
    guard value.isFinite else { return }
    followFork()
    book.withLock { $0.gauge(name, value) }
  }

  /// Tells how a part of the program is doing; 1 is the part that matters most.
  public func component(
    _ name: String, priority: Int = 1, fps: Double? = nil, latencyMilliseconds: Double? = nil,
    queue: Int? = nil
  ) {
    followFork()
    let component = LinkBook.Component(
      priority: priority, framesPerSecond: fps, latencyMilliseconds: latencyMilliseconds,
      queue: queue.map(Double.init), at: LiveTime.monotonicNanoseconds())
    book.withLock { $0.component(name, component) }
  }

  /// Makes a cache known; the functions are called on a thread of the link's own.
  ///
  /// - Parameters:
  ///   - size: How many bytes it holds.
  ///   - evict: Empties it and says how many bytes that freed; without it the cache can only be looked at.
  public func cache(
    _ name: String, size: @escaping @Sendable () -> Int,
    entries: (@Sendable () -> Int)? = nil,
    hits: (@Sendable () -> (hits: UInt64, misses: UInt64))? = nil,
    evict: (@Sendable () -> Int)? = nil
  ) {
    followFork()
    let cache = LinkCache(
      name: LinkBook.cut(name), size: size, entries: entries, inUse: nil, hits: hits, evict: evict)
    book.withLock { $0.add(cache) }
  }

  /// Makes a pool of buffers known: how many bytes and buffers it has, and how many of those are in use.
  public func pool(
    _ name: String, size: @escaping @Sendable () -> Int, entries: (@Sendable () -> Int)? = nil,
    inUse: @escaping @Sendable () -> Int, evict: (@Sendable () -> Int)? = nil
  ) {
    followFork()
    let pool = LinkCache(
      name: LinkBook.cut(name), size: size, entries: entries, inUse: inUse, hits: nil, evict: evict)
    book.withLock { $0.add(pool) }
  }

  /// Obeys levels of quality from now on; `apply` is called on a thread of the link's own, and not for the first one.
  public func quality(
    level: String = "high", apply: @escaping @Sendable (LinkQuality) -> Void
  ) {
    followFork()
    book.withLock {
      $0.quality = LinkQuality(level: level)
      $0.applyQuality = apply
    }
  }

  /// Frees what the program keeps and needs no more, where an operator asks for garbage to be collected; `free` is
  /// called on a thread of the link's own. What the C library keeps is given back in any case.
  public func collector(_ free: @escaping @Sendable () -> Void) {
    followFork()
    book.withLock { $0.collect = free }
  }

  /// How large the next batch is to be: what an operator applied, or the program's own size.
  public func batchSize(default usual: Int) -> Int {
    followFork()
    return book.withLock {
      $0.usualBatch = usual
      return $0.appliedBatch ?? usual
    }
  }
}
