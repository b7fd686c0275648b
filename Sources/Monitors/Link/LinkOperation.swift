/// One piece of work under way.
///
///     var operation = link.begin("collect_episode")
///     …
///     operation.items(1000)
///     operation.end()
public struct LinkOperation: Sendable {
  let link: Link
  let place: Int32
  let slot: Int32
  let generation: UInt32
  let begun: Int64
  /// Resident memory when it began; negative where that was not measured.
  let memory: Int64
  var itemCount = 0.0
  var isFailed = false

  /// Tells how many items came of it; may be called again with more.
  @inlinable
  public mutating func items(_ count: Int) { add(Double(count)) }

  /// Counts it as one that went wrong.
  @inlinable
  public mutating func fail() { markFailed() }

  @usableFromInline
  mutating func add(_ count: Double) { itemCount += count }

  @usableFromInline
  mutating func markFailed() { isFailed = true }

  /// It is over; a second time says nothing.
  public func end() { link.end(self) }
}
