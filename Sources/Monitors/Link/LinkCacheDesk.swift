import Glibc

/// Asks the program's caches how large they are, on a thread of its own: a function of the program may hang, and must
/// keep no viewer from being answered.
struct LinkCacheDesk {
  /// What caches are called, and what they told.
  typealias Told = [String: JSONValue]

  private static let patience: Int32 = 100

  private let asked = Mailbox<[LinkCache]>()
  private let answers = Mailbox<Told>()
  private var known: Told = [:]
  private var isRunning = false
  private var isLate = false

  init() {
    for own in [asked.descriptor, answers.descriptor] { Forks.closeInChildren(own) }
  }

  /// What they told now; where that takes long, what they told last.
  mutating func values(of caches: [LinkCache]) -> Told {
    take()
    guard !caches.isEmpty, !isLate, start() else { return known }
    isLate = true
    asked.offer(caches)
    var wanted = [pollfd(fd: answers.descriptor, events: Int16(POLLIN), revents: 0)]
    LocalSocket.wait(&wanted, milliseconds: LinkCacheDesk.patience)
    take()
    return known
  }

  private mutating func take() {
    guard let told = answers.take() else { return }
    known = told
    isLate = false
  }

  private mutating func start() -> Bool {
    guard !isRunning else { return true }
    let (asked, answers) = (asked, answers)
    isRunning = Threads.start(name: "perftop caches") {
      while true {
        var wanted = [pollfd(fd: asked.descriptor, events: Int16(POLLIN), revents: 0)]
        LocalSocket.wait(&wanted, milliseconds: -1)
        guard let caches = asked.take() else { continue }
        guard !caches.isEmpty else { return }
        answers.offer(Dictionary(caches.map { ($0.name, $0.json) }) { _, last in last })
      }
    }
    return isRunning
  }

  /// Ends the thread, as soon as it comes back.
  func stop() {
    for own in [asked.descriptor, answers.descriptor] { Forks.forget(own) }
    if isRunning { asked.offer([]) }
  }
}
