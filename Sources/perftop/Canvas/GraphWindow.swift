/// Which places of a history a graph shows: they stand still and jump now and then, so that a tick adds one column instead of moving them all.
struct GraphWindow: Sendable, Equatable {
  /// The first place shown.
  let start: Int
  /// The place behind the last one that has room.
  let end: Int
  /// How far the window jumps.
  let step: Int

  /// The window that holds the newest of `total` places, with room for `samples`.
  init(total: Int, samples: Int) {
    let samples = max(2, samples)
    // Even, so that two samples which share a cell keep sharing it.
    step = max(2, samples * 3 / 16 * 2)
    end = samples + (max(0, total - samples) + step - 1) / step * step
    start = end - samples
  }
}
