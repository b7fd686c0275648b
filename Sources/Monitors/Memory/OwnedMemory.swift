/// Adds up what several processes own, and what they came to own while they were watched.
///
/// Memory that a fork shares with its parent is not new: a process's growth counts from when it was first seen, and
/// goes again when it does.
struct OwnedMemory: Sendable {
  private struct Process: Sendable {
    var pid: Int32
    var startTicks: UInt64
    var first: Int64
  }

  private var known: [Process] = []

  /// Everything they own now.
  private(set) var total: Measured<Bytes> = .missing(.notYet)
  /// What the present processes own more than when they were first seen.
  private(set) var gained: Int64 = 0

  /// Takes one reading of all processes.
  ///
  /// Shared memory is mapped by several of them but there once: that of the one who has most of it counts.
  mutating func update(_ target: TargetSample) {
    guard target.root.owned.value != nil else {
      total = .missing(target.root.owned.absence ?? .notYet)
      return
    }
    var own = Bytes.zero
    var shared = Bytes.zero
    var gained: Int64 = 0
    var next: [Process] = []
    next.reserveCapacity(target.children.count + 1)
    OwnedMemory.forEach(target) { process in
      guard let anonymous = process.anonymous.value else { return }
      let unshared = anonymous + (process.swapped.value ?? .zero)
      own = own + unshared
      shared = max(shared, process.shared.value ?? .zero)
      let entry =
        find(process)
        ?? Process(pid: process.pid, startTicks: process.startTicks, first: unshared.count)
      gained &+= unshared.count &- entry.first
      next.append(entry)
    }
    known = next
    self.gained = gained &+ shared.count
    total = .fresh(OwnedMemory.once(own, target) + shared)
  }

  /// Pages that forked processes still share are in the sum as often as there are processes.
  private static func once(_ own: Bytes, _ target: TargetSample) -> Bytes {
    guard !target.children.isEmpty, let share = target.mappings.value?.shareOnce,
      share > 0, share < 1
    else { return own }
    return Bytes(Int64(Double(own.count) * share))
  }

  /// Forgets the past.
  mutating func forget() { known.removeAll(keepingCapacity: true) }

  private func find(_ process: ProcessSample) -> Process? {
    known.first { $0.pid == process.pid && $0.startTicks == process.startTicks }
  }

  private static func forEach(_ target: TargetSample, _ body: (ProcessSample) -> Void) {
    body(target.root)
    for child in target.children { body(child) }
  }
}
