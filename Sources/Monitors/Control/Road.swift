/// One way to reach into a target; roads are tried in order until one leads there.
protocol Road: Sendable {
  /// What stands in parentheses at the end of an outcome.
  var name: Printable { get }
  /// Goes there, or says in a sentence why not.
  func take(_ errand: Errand) throws(RoadFailure) -> Achievement
  /// How large the heap is now, as far as this road leads to it without disturbing anybody.
  func heap(_ errand: Errand) -> Bytes?
  /// Whether its failures say themselves where they came from.
  var signsFailures: Bool { get }
}

extension Road {
  var signsFailures: Bool { false }
  func heap(_ errand: Errand) -> Bytes? { nil }
}

/// What is to be done, to whom, and until when.
struct Errand: Sendable {
  var order: Order
  var context: ActionContext
  var target: Target
  var standing: ProcessStanding
  var host: Host
  var deadline: Moment

  /// Whether there is no time left.
  var isLate: Bool { host.time.now() >= deadline }
  /// Seconds that are left.
  var left: Double { deadline.seconds(since: host.time.now()) }
}

/// What came of taking a road.
struct Achievement: Sendable, Equatable {
  /// What was done besides freeing memory: `quality high → low`, `page cache of 3 files 314 MB → 0 B`.
  var lead: Printable = ""
  /// The heap before and after, where the road tells.
  var heapBefore: Bytes?
  var heapAfter: Bytes?
  /// How long the work itself took, where the road tells that better than a clock around it.
  var seconds: Double?
  /// Whether memory goes back to the system only a while after it was freed.
  var settles = false
  /// Roads that were taken, where it was not the one alone.
  var road: Printable?
}
