internal import CSystem
import Glibc

/// The machine's processes, by pidfd.
public struct LiveProcesses: Processes {
  private let pageSize = Int64(sysconf(Int32(_SC_PAGESIZE)))

  /// Uses the machine.
  public init() {}

  /// Holds a process.
  public func open(_ pid: Int32) throws(SystemError) -> ProcessHandle {
    let descriptor = cs_pidfd_open(pid)
    guard descriptor >= 0 else { throw .last }
    return ProcessHandle(descriptor: descriptor, pid: pid) { _ = close($0) }
  }

  /// Whether it has ended.
  public func hasEnded(_ process: ProcessHandle) -> Bool {
    var request = pollfd(fd: process.descriptor, events: Int16(POLLIN), revents: 0)
    return poll(&request, 1, 0) > 0
  }

  /// How it ended, where the kernel is new enough to tell those who are not its parent.
  public func end(of process: ProcessHandle) -> ProcessEnd {
    let status = cs_pidfd_exit_status(process.descriptor)
    guard status >= 0 else { return .unknown }
    return cs_signaled(status) != 0
      ? .signalled(cs_term_signal(status)) : .exited(cs_exit_code(status))
  }

  /// Sends a signal.
  public func signal(_ process: ProcessHandle, _ number: Int32) throws(SystemError) {
    guard cs_pidfd_send_signal(process.descriptor, number) == 0 else { throw .last }
  }

  /// Processor time by the clock of the process, resident memory by statm.
  public func ownUsage() -> OwnUsage {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return OwnUsage(
      cpuNanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec),
      resident: Bytes(residentPages() * pageSize))
  }

  private func residentPages() -> Int64 {
    let descriptor = Glibc.open("/proc/self/statm", O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return 0 }
    defer { close(descriptor) }
    return withUnsafeTemporaryAllocation(byteCount: 128, alignment: 1) { buffer in
      let count = read(descriptor, buffer.baseAddress, buffer.count)
      let words = String(decoding: buffer.prefix(max(0, count)), as: UTF8.self).split(
        separator: " ")
      return words.count > 1 ? Int64(words[1]) ?? 0 : 0
    }
  }
}

/// No processes at all: what stands beside a fixture tree, whose numbers mean nothing on this machine.
public struct FixtureProcesses: Processes {
  private let live = LiveProcesses()

  /// Needs nothing.
  public init() {}

  /// Pretends to hold the process of the tree.
  public func open(_ pid: Int32) throws(SystemError) -> ProcessHandle {
    ProcessHandle(descriptor: -1, pid: pid) { _ in }
  }
  /// A process in a tree never ends.
  public func hasEnded(_ process: ProcessHandle) -> Bool { false }
  /// A process in a tree never ends.
  public func end(of process: ProcessHandle) -> ProcessEnd { .unknown }
  /// Nothing can be signalled in a tree.
  public func signal(_ process: ProcessHandle, _ number: Int32) throws(SystemError) {
    throw .noProcess
  }
  /// perftop itself is real.
  public func ownUsage() -> OwnUsage { live.ownUsage() }
}
