internal import CSystem
import Glibc

/// The only place that reads a clock.
public protocol TimeSource: Sendable {
  /// Now: monotonic for arithmetic, wall clock as a label.
  func now() -> Moment
  /// Lets time pass.
  func wait(nanoseconds: Int64)
  /// Processor time the calling thread has used, in nanoseconds: what work cost, however busy the machine is.
  func threadNanoseconds() -> Int64
}

extension TimeSource {
  /// A pretended clock works as long as it runs.
  public func threadNanoseconds() -> Int64 { now().nanoseconds }
}

/// The machine's clocks.
public struct LiveTime: TimeSource {
  /// Reads the machine's clocks.
  public init() {}

  /// Now.
  public func now() -> Moment {
    Moment(nanoseconds: LiveTime.read(CLOCK_MONOTONIC), wall: LiveTime.read(CLOCK_REALTIME))
  }

  /// The monotonic clock alone, for who measures very short times.
  static func monotonicNanoseconds() -> Int64 { read(CLOCK_MONOTONIC) }

  /// Sleeps.
  public func wait(nanoseconds: Int64) {
    if nanoseconds > 0 { _ = cs_wait_readable(-1, nanoseconds) }
  }

  /// Processor time of the calling thread.
  public func threadNanoseconds() -> Int64 { LiveTime.read(CLOCK_THREAD_CPUTIME_ID) }

  private static func read(_ clock: clockid_t) -> Int64 {
    var time = timespec()
    clock_gettime(clock, &time)
    return Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec)
  }
}
