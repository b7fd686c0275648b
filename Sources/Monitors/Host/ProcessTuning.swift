internal import CSystem
import Glibc

/// What the kernel lets one process change about another that it holds.
public enum ProcessTuning {
  private static let words = 64
  private static let whole = __priority_which_t(PRIO_PROCESS.rawValue)

  /// Niceness of a thread.
  public static func nice(of thread: Int32) throws(SystemError) -> Int {
    errno = 0
    let found = getpriority(whole, id_t(bitPattern: thread))
    if found == -1, errno != 0 { throw .last }
    return Int(found)
  }

  /// Gives a thread another niceness.
  public static func setNice(_ value: Int, of thread: Int32) throws(SystemError) {
    if setpriority(whole, id_t(bitPattern: thread), Int32(clamping: value)) != 0 {
      throw .last
    }
  }

  /// The processors a thread may run on.
  public static func affinity(of thread: Int32) throws(SystemError) -> [Int] {
    var mask = [UInt64](repeating: 0, count: words)
    let bytes = cs_get_affinity(thread, &mask, mask.count)
    if bytes < 0 { throw .last }
    return (0..<(words * 64)).filter { mask[$0 / 64] >> UInt64($0 % 64) & 1 == 1 }
  }

  /// Lets a thread run on some processors only.
  public static func setAffinity(_ processors: [Int], of thread: Int32) throws(SystemError) {
    var mask = [UInt64](repeating: 0, count: words)
    for number in processors where number >= 0 && number < words * 64 {
      mask[number / 64] |= 1 << UInt64(number % 64)
    }
    if cs_set_affinity(thread, mask, mask.count) != 0 { throw .last }
  }

  /// Asks the kernel to move memory out of the way: what was not used lately goes to swap.
  ///
  /// - Returns: How many bytes the kernel took note of.
  public static func pageOut(_ spans: [(start: UInt64, length: UInt64)], of process: ProcessHandle)
    throws(SystemError) -> Bytes
  {
    let pageOut: Int32 = 21
    let most = 256
    var done: Int64 = 0
    for start in stride(from: 0, to: spans.count, by: most) {
      let chunk = spans[start..<min(start + most, spans.count)].map {
        cs_span(start: $0.start, length: $0.length)
      }
      let count = cs_process_madvise(process.descriptor, chunk, chunk.count, pageOut)
      if count < 0 {
        // One that is gone by now, or is of a kind that can not be moved, ends a call but not the work.
        if errno == ENOMEM || errno == EINVAL { continue }
        throw .last
      }
      done &+= count
    }
    return Bytes(done)
  }
}
