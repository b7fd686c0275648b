/// Notices when storage holds the target up; an idle writer is no stall.
struct StallWatch: Sendable {
  /// What one tick shows.
  struct Signs: Sendable {
    /// Whether a process waits in a way no signal ends, as for a disk.
    var isWaiting = false
    /// Whether any byte was read or written, by counters or in files.
    var isMoving = false
    /// Whether a file is open for writing.
    var hasWriter = false
    /// Share of the time since the last tick in which some task of the machine waited for storage.
    var busy: Double?
  }

  private var since: Moment?
  private var waitingTicks = 0
  private var stillTicks = 0
  private var wasFlowing = Ring<Bool>(capacity: 10)
  private var isBlocked = false

  private static let fewestTicks = 3
  private static let flowing = 0.7
  private static let busyShare = 0.25

  /// Takes one tick and says whether storage is holding the target up.
  mutating func update(_ signs: Signs, at moment: Moment) -> StorageStall? {
    guard !signs.isMoving else {
      let fresh = wasFlowing
      self = StallWatch()
      wasFlowing = fresh
      wasFlowing.append(true)
      return nil
    }
    if stillTicks == 0 {
      since = moment
      let flowed = wasFlowing.filter { $0 }.count
      isBlocked =
        wasFlowing.count >= StallWatch.fewestTicks
        && Double(flowed) >= Double(wasFlowing.count) * StallWatch.flowing
    }
    stillTicks += 1
    waitingTicks = signs.isWaiting ? waitingTicks + 1 : 0
    // A writer that simply has nothing to write stands still too, but then the device is at rest or nobody waits for it.
    isBlocked =
      isBlocked && signs.hasWriter
      && (signs.isWaiting || signs.busy ?? 0 > StallWatch.busyShare)
    return verdict(at: moment)
  }

  private func verdict(at moment: Moment) -> StorageStall? {
    guard let since else { return nil }
    let seconds = moment.seconds(since: since)
    if waitingTicks >= StallWatch.fewestTicks {
      return StorageStall(seconds: seconds, evidence: "waiting for storage (state D)")
    }
    if isBlocked, stillTicks >= StallWatch.fewestTicks {
      return StorageStall(seconds: seconds, evidence: "no file moves while the device is busy")
    }
    return nil
  }
}
