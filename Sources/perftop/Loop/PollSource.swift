internal import CSystem
import Glibc
import Monitors

/// Sleeps in one poll(2) on the terminal, the readings and the signals.
@MainActor
struct PollSource: EventSource {
  private let snapshots: Mailbox<[Snapshot]>
  private let endings: SignalThread
  private let signals: Int32
  private var program: Int32
  private let time: any TimeSource

  /// `program` becomes readable when a launched program ends; -1 where there is none.
  init(
    snapshots: Mailbox<[Snapshot]>, endings: SignalThread, program: Int32 = -1,
    time: any TimeSource
  ) {
    self.snapshots = snapshots
    self.program = program
    self.endings = endings
    self.time = time
    let wanted = [SIGWINCH, SIGCONT, SIGTSTP, SIGUSR2]
    signals = cs_signalfd(wanted, wanted.count)
  }

  mutating func next(for backend: any CanvasBackend, until deadline: Moment?) -> [LoopEvent] {
    let wanted = Int16(POLLIN) | (backend.isStalled ? Int16(POLLOUT) : 0)
    var entries = [
      pollfd(fd: backend.descriptor, events: wanted, revents: 0),
      pollfd(fd: snapshots.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: signals, events: Int16(POLLIN), revents: 0),
      pollfd(fd: endings.descriptor, events: Int16(POLLIN), revents: 0),
      pollfd(fd: program, events: Int16(POLLIN), revents: 0),
    ]
    let count = poll(&entries, nfds_t(entries.count), timeout(until: deadline))
    if count == 0 { return [.deadline] }
    guard count > 0 else { return [] }
    var events: [LoopEvent] = []
    if entries[3].revents != 0, let number = endings.received { events.append(.signal(number)) }
    events += terminal(entries[0].revents)
    if entries[2].revents != 0 { events += signalled() }
    if entries[4].revents != 0 {
      events.append(.programEnded)
      // It stays readable, and says nothing new.
      program = -1
    }
    if entries[1].revents != 0, let value = snapshots.take() { events.append(.snapshots(value)) }
    return events
  }

  private func timeout(until deadline: Moment?) -> Int32 {
    guard let deadline else { return -1 }
    let left = deadline.nanoseconds - time.now().nanoseconds
    let perMillisecond: Int64 = 1_000_000
    return Int32(clamping: max(0, (left + perMillisecond - 1) / perMillisecond))
  }

  private func terminal(_ happened: Int16) -> [LoopEvent] {
    if happened & Int16(POLLHUP | POLLERR | POLLNVAL) != 0 { return [.terminalGone] }
    var events: [LoopEvent] = []
    if happened & Int16(POLLIN) != 0 { events.append(.input) }
    if happened & Int16(POLLOUT) != 0 { events.append(.drained) }
    return events
  }

  /// However many signals of a kind have come, they are one event.
  private func signalled() -> [LoopEvent] {
    var seen: Set<Int32> = []
    while case let number = cs_signalfd_take(signals), number != 0 { seen.insert(number) }
    var events: [LoopEvent] = []
    if seen.contains(SIGCONT) { events.append(.continued) }
    if seen.contains(SIGTSTP) { events.append(.stopAsked) }
    if seen.contains(SIGWINCH) { events.append(.resized) }
    if seen.contains(SIGUSR2) { events.append(.reload) }
    return events
  }
}
