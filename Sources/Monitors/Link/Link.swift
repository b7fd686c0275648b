import Synchronization

/// Links a program in: perftop sees what it does, and the program does what an operator asks of it.
///
///     let link = Link.start("collector", memoryLimit: Bytes(8_000_000_000))
///     try link.operation("collect_episode") { operation in
///       try collect()
///       operation.items(1000)
///     }
///
/// Recording never waits for a viewer and throws nothing. While nobody watches, one thread sleeps and nothing is sent.
public final class Link: Sendable {
  let name: String
  let memoryLimit: Bytes?
  let place: LinkPlace
  let book: ForkSafe<LinkBook>
  /// Whether anybody is connected.
  let isWatched = Atomic(false)
  /// When resident memory was measured last.
  private let measuredAt = Atomic<Int64>(0)
  private let generation: Atomic<UInt32>
  private let trouble = ForkSafe<String?>(nil)

  /// Listens from now on, under a name for people; nothing that goes wrong is the program's trouble.
  public static func start(_ name: String, memoryLimit: Bytes? = nil) -> Link {
    Link(name, memoryLimit: memoryLimit, place: .usual)
  }

  init(_ name: String, memoryLimit: Bytes?, place: LinkPlace) {
    self.name = LinkBook.cut(name)
    self.memoryLimit = memoryLimit
    self.place = place
    Forks.watch()
    generation = Atomic(Forks.generation)
    book = ForkSafe(LinkBook(generation: Forks.generation))
    listen()
  }

  /// Why nobody can connect; `nil` while all is well.
  public var problem: String? { trouble.withLock { $0 } }

  /// What has been recorded can not be asked for any more, and the socket is gone.
  public func stop() { place.stop() }

  private func listen() {
    guard !LocalListener.isTurnedOff else {
      return trouble.withLock { $0 = "turned off by PERFTOP_LINK" }
    }
    var problem: String?
    do throws(SystemError) {
      let listening = try place.listen()
      if !LinkService.start(self, listening) { problem = "no thread could be started" }
    } catch { problem = "perftop can not connect: \(error.sentence)" }
    trouble.withLock { [problem] in $0 = problem }
  }

  /// A child of the program that was linked in is another program: it counts from nothing, and listens by itself.
  @inline(__always)
  func followFork() {
    let now = Forks.generation
    if generation.load(ordering: .relaxed) != now { beginAnew(now) }
  }

  @inline(never)
  private func beginAnew(_ now: UInt32) {
    guard generation.exchange(now, ordering: .relaxed) != now else { return }
    book.withLock { $0 = $0.begun(generation: now) }
    isWatched.store(false, ordering: .relaxed)
    listen()
  }

  private static let measuringPause: Int64 = 50_000_000

  /// Resident memory, at most 20 times a second and only while somebody watches; else a negative number.
  @inline(__always)
  func memoryNow(at nanoseconds: Int64) -> Int64 {
    guard isWatched.load(ordering: .relaxed) else { return -1 }
    let last = measuredAt.load(ordering: .relaxed)
    guard nanoseconds - last >= Link.measuringPause else { return -1 }
    let isOurs = measuredAt.compareExchange(
      expected: last, desired: nanoseconds, ordering: .relaxed
    ).exchanged
    return isOurs ? OwnMemory.resident() ?? -1 : -1
  }
}
